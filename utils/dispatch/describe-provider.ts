import type { ProviderView } from '../messaging/messaging.ts';
import type { ProviderDeclaration } from '../providers/providers.ts';
import { RUNGS } from '../vocabulary/vocabulary.ts';

/** What pages that set a provider up see of its declaration. */
export function describeProvider(declaration: ProviderDeclaration): ProviderView {
  const { authorization, limits } = declaration;
  return {
    id: declaration.id,
    name: declaration.name,
    hosts: declaration.hosts,
    consentPage: authorization.consentPage,
    setupPage: authorization.setupPage,
    setupSteps: authorization.setupSteps,
    clientFields: authorization.clientFields,
    rungs: RUNGS.flatMap((rung) => {
      const scopes = declaration.rungs[rung];
      return scopes === null ? [] : [{ rung, scopes }];
    }),
    limits: { messageBytes: limits.messageBytes, recipients: limits.recipients },
  };
}

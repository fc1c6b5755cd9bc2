import type { ProviderView } from '../messaging/messaging.ts';
import type { ProviderDeclaration } from '../providers/providers.ts';
import { RUNGS, type Rung } from '../vocabulary/vocabulary.ts';

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
      if (scopes === null) return [];
      const workOnly = declaration.workRungs.includes(rung);
      return [{ rung, scopes, offered: isUseful(declaration, rung), workOnly }];
    }),
    rungForHeadersFromOthers: declaration.rungForHeadersFromOthers,
    revokes: authorization.revocationEndpoint !== null,
    limits: { messageBytes: limits.messageBytes, recipients: limits.recipients },
  };
}

/** A right is offered when this build does more with it: it sends, or it changes what can be sent, or as whom. */
function isUseful({ limitsWith }: ProviderDeclaration, rung: Rung): boolean {
  return rung === 'send' || rung === 'shared-mailbox' || limitsWith[rung] !== undefined;
}

import type {
  AccountHealth,
  AccountView,
  AnswerOf,
  ClientView,
  ProviderView,
} from '../messaging/messaging.ts';
import type { OpeningName } from './opening-handlers.ts';

/**
 * The answers to what a page asks first, each object copied name by name: they hold what their views
 * name and nothing else, as after a schema. A worker that has just started would have to build that
 * first, and it took longer than everything else about the answer (docs/decisions/0012). The compiler
 * says when a name is missing; a test compares with the schemas.
 */
export const openingViews: {
  readonly [Name in OpeningName]: (answer: AnswerOf<Name>) => AnswerOf<Name>;
} = {
  'accounts.list': ({ accounts, unreadable, clients, providers, defaultAccountId }) => ({
    accounts: accounts.map(accountOf),
    unreadable: unreadable.map(({ id, code }) => ({ id, code })),
    clients: clients.map(clientOf),
    providers: providers.map(providerOf),
    defaultAccountId,
  }),
};

function accountOf(view: AccountView): AccountView {
  const { id, providerId, providerName, address, name, accountType, label, colour } = view;
  const { grantedRungs, carriesMore, grant, limits, larger } = view;
  const { consentPage, linkedAt, lastUsedAt } = view;
  return {
    ...{ id, providerId, providerName, address, name, accountType, label, colour },
    otherSenders: view.otherSenders.map((one) => {
      return { kind: one.kind, name: one.name, address: one.address };
    }),
    ...{ grantedRungs, carriesMore, grant, consentPage, linkedAt, lastUsedAt },
    grants: view.grants.map(({ rung, lasting, obtainedAt, endsAt }) => {
      return { rung, lasting, obtainedAt, endsAt };
    }),
    health: healthOf(view.health),
    limits: limits && limitsOf(limits),
    larger: larger && { rung: larger.rung, messageBytes: larger.messageBytes },
  };
}

function healthOf(health: AccountHealth): AccountHealth {
  switch (health.kind) {
    case 'works':
      return { kind: health.kind };
    case 'will-ask':
      return { kind: health.kind, why: health.why };
    case 'needs-sign-in':
      return { kind: health.kind, why: health.why };
    case 'needs-admin': {
      const { kind, code, clientId, tenant, scopes, link } = health;
      return { kind, code, clientId, tenant, scopes, link };
    }
    case 'refused':
      return { kind: health.kind, code: health.code, detail: health.detail };
  }
}

function clientOf(view: ClientView): ClientView {
  const { providerId, clientId, hasSecret, tenant, redirectUri, origin } = view;
  return { providerId, clientId, hasSecret, tenant, redirectUri, origin };
}

function providerOf(view: ProviderView): ProviderView {
  const { id, name, hosts, consentPage, setupPage, setupSteps, revokes } = view;
  return {
    ...{ id, name, hosts, consentPage, setupPage, setupSteps, revokes },
    clientFields: view.clientFields.map((field) => {
      const { id: fieldId, label, required, secret, help, pattern, initial, choices } = field;
      return { id: fieldId, label, required, secret, help, pattern, initial, choices };
    }),
    rungs: view.rungs.map(({ rung, scopes, offered, workOnly }) => {
      return { rung, scopes, offered, workOnly };
    }),
    limits: limitsOf(view.limits),
    rungForHeadersFromOthers: view.rungForHeadersFromOthers,
  };
}

function limitsOf({ messageBytes, recipients }: ProviderView['limits']): ProviderView['limits'] {
  return { messageBytes, recipients };
}

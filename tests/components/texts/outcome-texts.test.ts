import { describe, expect, it } from 'vitest';
import type * as z from 'zod/mini';
import type { OutcomeText } from '../../../components/texts/outcome-text.ts';
import {
  adminRequestText,
  otherSendersText,
  clientTestText,
  grantOutcomeText,
  healthText,
  linkText,
  MAY_NOT_SEND,
  revokeText,
  saveClientText,
  stepDownText,
} from '../../../components/texts/account-texts.ts';
import {
  mailStateText,
  queueText,
  saveText,
  unreadableText,
} from '../../../components/texts/outcome-texts.ts';
import { unlockText } from '../../../components/texts/lock-texts.ts';
import {
  mergeStartText,
  rowOutcomeText,
  suppressionText,
} from '../../../components/texts/merge-texts.ts';
import { codeText } from '../../../components/texts/provider-words.ts';
import { settingsFileText } from '../../../components/texts/setting-texts.ts';
import type { MailState, RowOutcome, UnlockOutcome } from '../../../utils/messaging/messaging.ts';
import {
  attachBegin,
  attachEnd,
  pieceOutcome,
} from '../../../utils/messaging/attachment-outcomes.ts';
import { unlockOutcome } from '../../../utils/messaging/lock-views.ts';
import {
  mergeStart,
  rowOutcome,
  suppressionOutcome,
} from '../../../utils/messaging/merge-views.ts';
import { messages } from '../../../utils/messaging/messages.ts';
import {
  grantOutcome,
  linkOutcome,
  otherSendersOutcome,
  revokeResult,
  stepDownOutcome,
} from '../../../utils/messaging/account-outcomes.ts';
import { accountView } from '../../../utils/messaging/account-views.ts';
import { clientTestOutcome, saveClientOutcome } from '../../../utils/messaging/client-views.ts';
import { mailView, queueOutcome, saveOutcome } from '../../../utils/messaging/mail-views.ts';
import { settingsFileOutcome } from '../../../utils/messaging/settings-views.ts';
import { account, NOW } from '../../harness/gallery/sample-records.ts';
import { declaration as outlook } from '../../../utils/providers/outlook/declaration.ts';
import type { CheckCode } from '../../../utils/oauth/oauth.ts';
import { everyOutcome, unionsIn } from './every-outcome.ts';

const SAMPLES = {
  account: account(1),
  address: 'ann@example.org',
  host: 'gmail.googleapis.com',
  code: 'some_code',
  detail: 'The provider’s own words',
  consentPage: 'https://example.com/consent',
  clientId: 'c0ffee00-1111-4222-8333-444455556666',
  tenant: 'example.com',
  scopes: ['Mail.Send'],
  link: 'https://login.microsoftonline.com/example.com/adminconsent?client_id=c0ffee00',
  lostRungs: ['drafts'],
  missing: ['Mail.ReadWrite'],
  redirectUri: 'https://x.chromiumapp.org/microsoft',
  otherSenders: [],
  problems: ['to: bad-address'],
  changes: [{ name: 'callLogOn', from: 'true', to: 'false' }],
  leftOut: [],
  zone: 'America/New_York',
  rows: [{ row: 4, problem: 'to: control-character' }],
  addresses: ['Ann@example.org'],
};

/** Texts that end a matter: nothing is at stake and nothing has to be done. */
const WITHOUT_NEXT = new Set([
  'saved',
  'queued',
  'already-queued',
  'held',
  'scheduled',
  'at-provider',
  'taking-back',
  'works',
  'sending',
  'retry',
  'sent',
  'revoked',
  'granted',
]);

function expectText(text: OutcomeText, outcome: { kind: string }): void {
  const told = JSON.stringify(outcome);
  expect(text.happened, told).toMatch(/\S/);
  for (const part of [text.happened, text.kept, text.next]) {
    expect(part, told).not.toMatch(/undefined|null|NaN|\[object| \| /);
  }
}

describe('what Outlook refuses', () => {
  it.for([
    'ErrorSendAsDenied',
    'ErrorInvalidUser',
    'ErrorInvalidRecipients',
    'ErrorMessageSizeExceeded',
    'ErrorMessageSubmissionBlocked',
    'ErrorAccountSuspend',
    'ErrorAccountSuspendShowTierUpgrade',
    'MailboxNotEnabledForRESTAPI',
    'RequestEntityTooLarge',
    '413',
    'from_needs_drafts',
    'header_not_supported',
    'draft_changed',
    'upload_stuck',
  ])('is said in words of ours: %s', (code) => {
    expect(codeText({ code, detail: 'their words' })).not.toContain('their words');
  });
});

describe('every outcome that the worker can answer', () => {
  interface Case {
    readonly name: string;
    readonly schema: z.ZodMiniType;
    readonly tell: (outcome: never) => OutcomeText;
    /** Kinds that end the matter in this union and in no other. */
    readonly ends?: readonly string[];
  }
  const cases: readonly Case[] = [
    { name: 'linking', schema: linkOutcome(), tell: linkText },
    { name: 'revoking', schema: revokeResult(), tell: revokeText },
    { name: 'testing a client', schema: clientTestOutcome(), tell: clientTestText },
    { name: 'asking for a right', schema: grantOutcome(), tell: grantOutcomeText },
    { name: 'giving rights back', schema: stepDownOutcome(), tell: stepDownText },
    { name: 'noting other addresses', schema: otherSendersOutcome(), tell: otherSendersText },
    { name: 'saving a client', schema: saveClientOutcome(), tell: saveClientText },
    { name: 'queueing', schema: queueOutcome(), tell: queueText },
    { name: 'saving', schema: saveOutcome(), tell: saveText },
    { name: 'a settings file', schema: settingsFileOutcome(), tell: settingsFileText },
    { name: 'an account’s health', schema: accountView().shape.health, tell: healthText },
    {
      name: 'a mail’s state',
      schema: mailView().shape.state,
      tell: (state: MailState) => mailStateText(state, NOW),
    },
    {
      name: 'unlocking',
      schema: unlockOutcome(),
      tell: (outcome: UnlockOutcome) => unlockText(outcome, NOW),
      ends: ['done'],
    },
    {
      name: 'starting a merge',
      schema: mergeStart(),
      tell: mergeStartText,
      ends: ['started', 'already-started'],
    },
    {
      name: 'a mail of a merge',
      schema: rowOutcome(),
      tell: (outcome: RowOutcome) => rowOutcomeText(outcome, NOW),
      ends: ['waiting', 'paused', 'taken-out', 'not-sent'],
    },
    {
      name: 'the do-not-mail list',
      schema: suppressionOutcome(),
      tell: suppressionText,
      ends: ['added'],
    },
  ];
  const outcomesOf = ({ schema }: Case): readonly { readonly kind: string }[] =>
    everyOutcome(schema, SAMPLES);

  it('is one of these', () => {
    // How a file comes into a draft is told by what became of the whole of it (attach-texts.ts).
    const known: unknown[] = [attachBegin(), pieceOutcome(), attachEnd()];
    for (const { schema } of cases) known.push(schema);
    const found = Object.entries(messages).flatMap(([name, { answer }]) =>
      unionsIn(answer(), name, known),
    );
    expect(found, 'these unions have no text, or none that is looked at here').toEqual([]);
    const path = 'outbox.list.mails.state';
    expect(unionsIn(messages['outbox.list'].answer(), 'outbox.list', [])).toContain(path);
  });

  it.each(cases)('has a text: $name', (one) => {
    const outcomes = outcomesOf(one);
    expect(outcomes.length).toBeGreaterThan(1);
    for (const outcome of outcomes) expectText(one.tell(outcome as never), outcome);
  });

  it.each(cases)('says what to do where something went wrong: $name', (one) => {
    const ends = one.ends ?? [];
    for (const outcome of outcomesOf(one)) {
      if (WITHOUT_NEXT.has(outcome.kind) || ends.includes(outcome.kind)) continue;
      if (outcome.kind === 'draft' && 'reason' in outcome && outcome.reason === null) continue;
      if (outcome.kind === 'linked' && 'canSend' in outcome && outcome.canSend) continue;
      const text = one.tell(outcome as never);
      expect(text.kept, JSON.stringify(outcome)).toMatch(/\S/);
      expect(text.next, JSON.stringify(outcome)).toMatch(/\S/);
    }
  });

  it('names the state of an account that may not send', () => {
    expectText(MAY_NOT_SEND, { kind: 'may-not-send' });
    expect(MAY_NOT_SEND.next).toContain('tick');
  });

  it('names a mail that can’t be opened, with its code', () => {
    expect(unreadableText('wrong-key').next).toContain('wrong-key');
  });
});

describe('what a person can send to their administrator', () => {
  const asked = {
    kind: 'needs-admin',
    code: 'AADSTS90094',
    clientId: SAMPLES.clientId,
    tenant: 'bletchley.example',
    scopes: ['User.Read', 'Mail.Send'],
    link: SAMPLES.link,
  } as const;
  it('names the client, the organisation, the rights and the place to approve', () => {
    const text = adminRequestText(asked);
    for (const part of [SAMPLES.clientId, 'bletchley.example', 'User.Read, Mail.Send']) {
      expect(text).toContain(part);
    }
    expect(text.split('\n')).toContain(SAMPLES.link);
  });
  it('asks for the policy to be changed where no approval would help', () => {
    const text = adminRequestText({ ...asked, tenant: null, link: null });
    expect(text).toContain('policy');
    expect(text).not.toMatch(/null|https/);
  });
});

/** Our own checks of a sign-in; the compiler names the one that is forgotten. */
const CHECKS = {
  wrong_redirect: true,
  wrong_state: true,
  wrong_issuer: true,
  duplicate_parameter: true,
  wrong_response_mode: true,
  wrong_token_type: true,
  wrong_tenant: true,
  wrong_id_token: true,
  wrong_clock: true,
  wrong_client_type: true,
  not_recognised: true,
} satisfies Record<CheckCode, true>;

describe('codes of providers', () => {
  const declared = Object.entries(outlook.authorization.errorCodes?.meanings ?? {})
    .filter(([, meaning]) => /approval|policy|client/.test(meaning))
    .map(([code]) => code);
  it.each([...Object.keys(CHECKS), ...declared])('have a text of their own: %s', (code) => {
    expect(codeText({ code, detail: '' })).not.toBe('The provider gave no reason.');
  });

  it('shows the provider’s own words where we have none', () => {
    expect(codeText({ code: 'never_heard_of', detail: 'Daily quota' })).toContain('Daily quota');
  });
  it('says that no reason was given rather than nothing', () => {
    expect(codeText({ code: 'never_heard_of', detail: '' })).toContain('no reason');
  });
  it('does not take names of object members for codes', () => {
    expect(codeText({ code: 'constructor', detail: 'x' })).toBe('The provider says: “x”');
  });
  it('keeps a provider’s bar out of the parts of a text', () => {
    const text = linkText({ kind: 'refused', code: 'odd', detail: 'a | b | c' });
    expect(text.happened).toContain('a | b | c');
    expect(text.kept).toBe('Nothing was stored.');
  });
});

import * as z from 'zod/mini';
import { once } from '../once/once.ts';
import { CALL_RESULTS } from '../vocabulary/vocabulary.ts';
import type { CallRecord } from '../network/network.ts';

/**
 * What may be written down. There is no field in which a text fits: numbers, words of closed lists,
 * random ids (RFC 9562), hosts that Postern calls anyway, and codes of one word.
 */

/** Stands for every host that is not on the list: its name is nobody's business. */
const UNLISTED_HOST = 'unlisted';
/** Stands for every code that is more than one short word. */
const OTHER_CODE = 'other';

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const HOST = /^[a-z0-9.-]{1,253}$/;
const CODE = /^[A-Za-z][\w-]{0,39}$/;

const whole = once(() => z.int().check(z.gte(0)));
const accountId = once(() => z.nullable(z.string().check(z.regex(ID))));

const purposes = {
  'sign-in': 'sign-in',
  'renew-token': 'renew-token',
  'identify-account': 'identify-account',
  revoke: 'revoke',
  'test-client': 'test-client',
  'open-upload': 'open-upload',
  'send-mail': 'send-mail',
  'ask-upload-status': 'ask-upload-status',
  'write-draft': 'write-draft',
  'upload-file': 'upload-file',
  'find-mail': 'find-mail',
  'discard-draft': 'discard-draft',
  'probe-host': 'probe-host',
} as const satisfies { [P in CallRecord['purpose']]: P };

const eventKinds = [
  'account-linked',
  'account-reconnected',
  'account-revoked',
  'account-right-granted',
  'mail-sent',
  'mail-rejected',
  'mail-unconfirmed',
  'mail-waits',
] as const;

/** An outbound call as it is stored. */
export const callSchema = once(() =>
  z.object({
    at: whole(),
    host: z.string().check(z.regex(HOST)),
    purpose: z.enum(purposes),
    accountId: accountId(),
    /** Null when there was no answer. */
    status: z.nullable(z.int().check(z.gte(0), z.lte(999))),
    requestBytes: whole(),
    answerBytes: whole(),
    durationMs: whole(),
    result: z.enum(CALL_RESULTS),
    /** The provider's own id of the call, for its support; null when it gave none. */
    requestId: z.nullable(z.string().check(z.regex(ID))),
  }),
);

/** Something that happened to a mail or an account, as it is stored. */
export const eventSchema = once(() =>
  z.object({
    at: whole(),
    kind: z.enum(eventKinds),
    accountId: accountId(),
    /** Why, in a code; null when there is nothing to say. */
    code: z.nullable(z.string().check(z.regex(CODE))),
    /**
     * Of a mail, from when it was free to go; null when it was not measured. Older lines count from the
     * press on Send.
     */
    durationMs: z.nullable(whole()),
  }),
);

/** An outbound call. No content. */
export type RecordedCall = Readonly<z.infer<ReturnType<typeof callSchema>>>;
/** Something that happened. No content. */
export type RecordedEvent = Readonly<z.infer<ReturnType<typeof eventSchema>>>;

/** Fits a host to the list, and a code to one word, so that what is foreign leaves no trace. */
export const fitted = {
  host: (host: string, listed: ReadonlySet<string>): string =>
    listed.has(host) ? host : UNLISTED_HOST,
  code: (code: unknown): string | null => {
    if (code === null) return null;
    return typeof code === 'string' && CODE.test(code) ? code : OTHER_CODE;
  },
  requestId: (requestId: unknown): string | null => {
    const id = typeof requestId === 'string' ? requestId.toLowerCase() : '';
    return ID.test(id) ? id : null;
  },
};

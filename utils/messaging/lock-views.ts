import * as z from 'zod/mini';
import { once } from '../once/once.ts';
import { epochMs } from './view-parts.ts';

/** What a page asks of the lock, what it may see of it, and how its acts end: no key and no passphrase comes back. */

/** Bytes in base64url (RFC 4648 section 5) without padding. */
const base64url = once(() => z.string().check(z.regex(/^[\w-]{1,1364}$/)));
/** 32 bytes in base64url. */
const base64urlOf32 = once(() => z.string().check(z.regex(/^[\w-]{43}$/)));

/** What an authenticator is asked. */
const passkeyQuestion = once(() =>
  z.object({ credentialId: base64url(), prfInput: base64urlOf32() }),
);

/** What it answers: secret. */
export const passkeyAnswer = once(() => z.object({ prfOutput: base64urlOf32() }));

const passphrase = once(() => z.string().check(z.minLength(1), z.maxLength(1024)));
/** NIST SP 800-63B section 5.1.1.2 asks for eight characters at least. */
const newPassphrase = once(() => z.string().check(z.minLength(8), z.maxLength(1024)));
/** Null for never. */
const idleMinutes = once(() => z.nullable(z.int().check(z.gte(1), z.lte(240))));

/** The passphrase that the lock is switched on with. */
export const firstPassphrase = once(() => z.object({ passphrase: newPassphrase() }));

/** The passphrase of now. */
export const typedPassphrase = once(() => z.object({ passphrase: passphrase() }));

/** The passphrase of now, and the one to come. */
export const anotherPassphrase = once(() =>
  z.object({ passphrase: passphrase(), next: newPassphrase() }),
);

/** A passkey that was just made, and the passphrase of now. */
export const newPasskey = once(() =>
  z.object({ passphrase: passphrase(), question: passkeyQuestion(), answer: passkeyAnswer() }),
);

/** After how many minutes without a key or a movement the lock falls; null for never. */
export const idleChoice = once(() => z.object({ minutes: idleMinutes() }));

/** The lock as pages show it. */
export const lockView = once(() =>
  z.object({
    // `locked` also while it is just falling: nothing new may be asked for.
    state: z.enum(['off', 'open', 'locked']),
    /** Mails that would go out by themselves. Counted while it is locked; else 0. */
    waitingMails: z.number(),
    /** Null when no passkey opens it. */
    passkey: z.nullable(passkeyQuestion()),
    /** When the next passphrase may be tried; null for now. */
    notBefore: z.nullable(epochMs()),
    idleMinutes: idleMinutes(),
  }),
);

/** How an act that needs the passphrase or the passkey ended. */
export const unlockOutcome = once(() =>
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('done') }),
    // `notBefore`: when the next try may be made; null for now.
    z.object({ kind: z.literal('wrong'), notBefore: z.nullable(epochMs()) }),
    // The wait after the last wrong one is not over; it was not looked at.
    z.object({ kind: z.literal('too-soon'), notBefore: epochMs() }),
  ]),
);

/** The lock as pages show it. */
export type LockView = z.infer<ReturnType<typeof lockView>>;
/** How an act that needs the passphrase or the passkey ended. */
export type UnlockOutcome = z.infer<ReturnType<typeof unlockOutcome>>;
/** What an authenticator is asked. */
export type PasskeyQuestionView = z.infer<ReturnType<typeof passkeyQuestion>>;

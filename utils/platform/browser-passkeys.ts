import { fromBase64url, toBase64url } from './base64url.ts';
import type { PasskeyOutcome, Passkeys } from './platform.ts';

/** Long enough to look for a key; the browser's own dialog has the last word. */
const TIMEOUT_MS = 2 * 60_000;
/** ES256 and RS256: what authenticators make (WebAuthn Level 3 section 5.8.5). */
const ALGORITHMS = [-7, -257];
const PRF_BYTES = 32;

/**
 * Passkeys with the PRF extension (WebAuthn Level 3 section 10.1.4), for pages: a worker has no
 * WebAuthn. On a page of an extension Chromium takes the whole origin, `chrome-extension://<id>`, for
 * the relying party when none is named (tests/browser/lock-passkey.test.ts): no web site can ask for
 * the same passkey.
 */
export function createPasskeys(): Passkeys {
  return {
    isHere: () => 'PublicKeyCredential' in globalThis && 'credentials' in navigator,
    async create() {
      const prfInput = crypto.getRandomValues(new Uint8Array(PRF_BYTES));
      const made = await attempt(() => navigator.credentials.create(creation(prfInput)));
      if (made.kind !== 'credential') return made;
      const { prf } = made.credential.getClientExtensionResults();
      if (prf?.enabled !== true) return { kind: 'no-prf' };
      const question = {
        credentialId: toBase64url(new Uint8Array(made.credential.rawId)),
        prfInput: toBase64url(prfInput),
      };
      // Not every authenticator answers while it makes a credential: then it is asked once more.
      return answerOf(question, prf.results?.first) ?? ask(question);
    },
    ask,
  };
}

type Question = Parameters<Passkeys['ask']>[0];

async function ask(question: Question): Promise<PasskeyOutcome> {
  const got = await attempt(() => navigator.credentials.get(assertion(question)));
  if (got.kind !== 'credential') return got;
  const { prf } = got.credential.getClientExtensionResults();
  return answerOf(question, prf?.results?.first) ?? { kind: 'no-prf' };
}

function answerOf(question: Question, first: BufferSource | undefined): PasskeyOutcome | null {
  if (first === undefined) return null;
  const bytes = ArrayBuffer.isView(first)
    ? new Uint8Array(first.buffer, first.byteOffset, first.byteLength)
    : new Uint8Array(first);
  return { kind: 'answered', question, answer: { prfOutput: toBase64url(bytes) } };
}

/** A fresh challenge that nobody checks: it is the PRF's output that counts, and that can't be replayed without the key. */
function challenge(): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(32));
}

function creation(prfInput: Uint8Array<ArrayBuffer>): CredentialCreationOptions {
  return {
    publicKey: {
      rp: { name: 'Postern' },
      user: {
        id: crypto.getRandomValues(new Uint8Array(16)),
        name: 'Postern lock',
        displayName: 'Postern lock',
      },
      challenge: challenge(),
      pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: 'public-key', alg })),
      authenticatorSelection: { residentKey: 'discouraged', userVerification: 'required' },
      attestation: 'none',
      timeout: TIMEOUT_MS,
      extensions: { prf: { eval: { first: prfInput } } },
    },
  };
}

function assertion({ credentialId, prfInput }: Question): CredentialRequestOptions {
  return {
    publicKey: {
      challenge: challenge(),
      allowCredentials: [{ type: 'public-key', id: fromBase64url(credentialId) }],
      userVerification: 'required',
      timeout: TIMEOUT_MS,
      extensions: { prf: { eval: { first: fromBase64url(prfInput) } } },
    },
  };
}

/** NotAllowedError is the person's no, a key that is not here, or time that ran out: browsers don't tell which. */
async function attempt(act: () => Promise<Credential | null>): Promise<Attempt> {
  try {
    const credential = await act();
    if (credential instanceof PublicKeyCredential) return { kind: 'credential', credential };
    return { kind: 'cancelled' };
  } catch (error) {
    const name = error instanceof DOMException ? error.name : 'Error';
    return name === 'NotAllowedError' || name === 'AbortError'
      ? { kind: 'cancelled' }
      : { kind: 'failed', name };
  }
}

type Attempt =
  | { readonly kind: 'credential'; readonly credential: PublicKeyCredential }
  | Exclude<PasskeyOutcome, { kind: 'answered' | 'no-prf' }>;

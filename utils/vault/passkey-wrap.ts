import type { EpochMs } from '../platform/platform.ts';
import { fieldsOf, joined, uint, type Bytes } from './byte-layout.ts';
import { WRAP_ID_BYTES, WRAP_TYPES, type Envelope, type Wrap } from './envelope.ts';
import type { WrapTools } from './passphrase-wrap.ts';
import { orVaultError, VaultError } from './vault-error.ts';
import {
  AES_256_GCM,
  KEY_BYTES,
  unwrapDataKey,
  wrapDataKey,
  type RawDataKey,
} from './wrapped-key.ts';

const VERSION = 1;
const PRF_BYTES = 32;
const INFO = new TextEncoder().encode('postern passkey wrap 1');

/** What a page needs in order to ask the authenticator. Nothing of it is secret. */
export interface PasskeyQuestion {
  /** WebAuthn's id of the credential, up to 1,023 bytes (WebAuthn Level 3 section 4). */
  readonly credentialId: Bytes;
  /** The input of the PRF extension (WebAuthn Level 3 section 10.1.4, `prf.eval.first`). */
  readonly prfInput: Bytes;
}

/** What the authenticator answered: 32 secret bytes, `prf.results.first`. */
export interface PasskeyAnswer {
  readonly prfOutput: Bytes;
}

/** Wraps the data key by a passkey. @throws VaultError `refused` for parts of a wrong size, `storage` */
export async function wrapByPasskey(
  tools: WrapTools,
  key: { readonly head: Omit<Envelope, 'wraps'>; readonly raw: RawDataKey },
  by: PasskeyQuestion & PasskeyAnswer & { readonly now: EpochMs },
): Promise<Wrap> {
  const { subtle, random } = tools;
  const { credentialId, prfInput, prfOutput, now } = by;
  const fits =
    prfInput.length === PRF_BYTES &&
    prfOutput.length === PRF_BYTES &&
    credentialId.length > 0 &&
    credentialId.length <= 1023;
  if (!fits) throw new VaultError('refused');
  const parameters = joined(prfInput, uint(credentialId.length, 2), credentialId);
  const id = random.bytes(WRAP_ID_BYTES);
  return wrapDataKey(
    { subtle, random, key: await derived(subtle, prfOutput) },
    {
      head: key.head,
      wrap: { type: WRAP_TYPES.passkey, version: VERSION, id, createdAt: now, parameters },
      raw: key.raw.bytes,
    },
  );
}

/**
 * Opens the data key with what the authenticator answered. Null when it is another passkey's answer.
 * @throws VaultError `no-key` when no passkey opens this envelope, `corrupt`, `unsupported-version`, `storage`
 */
export async function openByPasskey(
  subtle: SubtleCrypto,
  envelope: Envelope,
  { prfOutput }: PasskeyAnswer,
): Promise<RawDataKey | null> {
  const wrap = passkeyWrapOf(envelope);
  if (!wrap || prfOutput.length !== PRF_BYTES) throw new VaultError(wrap ? 'refused' : 'no-key');
  const { credentialId } = questionOf(wrap);
  const parametersBytes = PRF_BYTES + 2 + credentialId.length;
  const key = await derived(subtle, prfOutput);
  const bytes = await unwrapDataKey({ subtle, key }, { head: envelope, wrap, parametersBytes });
  return bytes && { id: envelope.keyId, bytes };
}

/** The wrap that a passkey made; null when there is none. */
export function passkeyWrapOf(envelope: Envelope): Wrap | null {
  return envelope.wraps.find(({ type }) => type === WRAP_TYPES.passkey) ?? null;
}

/** What to ask the authenticator. @throws VaultError `corrupt`, `unsupported-version` */
export function questionOf(wrap: Wrap): PasskeyQuestion {
  if (wrap.version > VERSION) throw new VaultError('unsupported-version');
  if (wrap.version < VERSION) throw new VaultError('corrupt');
  const fields = fieldsOf(wrap.body);
  const prfInput = fields.bytes(PRF_BYTES);
  return { prfInput, credentialId: fields.bytes(fields.uint(2)) };
}

/** The wrapping key: HKDF (RFC 5869) without a salt, since the PRF output is random already. */
async function derived(subtle: SubtleCrypto, prfOutput: Bytes): Promise<CryptoKey> {
  return orVaultError('storage', async () => {
    const base = await subtle.importKey('raw', prfOutput, 'HKDF', false, ['deriveBits']);
    const hkdf = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: INFO };
    const bits = await subtle.deriveBits(hkdf, base, KEY_BYTES * 8);
    return subtle.importKey('raw', bits, AES_256_GCM, false, ['encrypt', 'decrypt']);
  });
}

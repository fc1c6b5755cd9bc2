import { createHash } from 'node:crypto';

/** Makes the ids and secrets that Google hands out, in Google's shapes. */
export interface GoogleIds {
  accessToken(): string;
  refreshToken(): string;
  authorizationCode(): string;
  /** 16 hexadecimal digits, for messages and threads. */
  message(): string;
  uploadId(): string;
  /** For cookies and pending sign-ins. */
  opaque(): string;
  messageIdHeader(): string;
}

/** Shapes as seen in Google's answers (such as `ya29.a0…`, `1//0…`, `4/0…`): clients that log by prefix meet the real ones. */
export function createGoogleIds(randomBytes: (length: number) => Uint8Array): GoogleIds {
  const text = (length: number): string => Buffer.from(randomBytes(length)).toString('base64url');
  return {
    accessToken: () => `ya29.a0${text(120)}`,
    refreshToken: () => `1//0${text(72)}`,
    authorizationCode: () => `4/0${text(48)}`,
    message: () => Buffer.from(randomBytes(8)).toString('hex'),
    uploadId: () => `ABg5-U${text(60)}`,
    opaque: () => text(24),
    messageIdHeader: () => `<CA${text(36)}@mail.gmail.com>`,
  };
}

/** PKCE, RFC 7636 section 4.2: the S256 challenge of a verifier. */
export function s256(verifier: string): string {
  return createHash('sha256').update(verifier).digest('base64url');
}

/** Makes the ids and secrets that Microsoft hands out, in Microsoft's shapes. */
export interface MicrosoftIds {
  guid(): string;
  /** For cookies and pending sign-ins. */
  opaque(): string;
  /** A number from `least` to `most`, both included. */
  between(least: number, most: number): number;
  authorizationCode(kind: AccountKind): string;
  refreshToken(kind: AccountKind): string;
  /** A work account's access token is a JWT, a personal one's is opaque; clients may read neither (entra-docs access-tokens.md). */
  accessToken(kind: AccountKind, claims: object): string;
  /** An ordinary id, which changes when the item moves. */
  item(): string;
  /** An id that does not (outlook-immutable-id.md). */
  immutableItem(): string;
  conversation(): string;
  changeKey(): string;
  messageIdHeader(): string;
  uploadToken(): string;
}

/** Which of Microsoft's two token services speaks. */
export type AccountKind = 'work' | 'personal';

/** Shapes as seen in Microsoft's answers and documentation: clients that log by prefix meet the real ones. */
export function createMicrosoftIds(randomBytes: (length: number) => Uint8Array): MicrosoftIds {
  const text = (length: number): string => Buffer.from(randomBytes(length)).toString('base64url');
  const jwtHead = part({ typ: 'JWT', alg: 'RS256', kid: 'peer-key-1' });
  return {
    guid: () => guidOf(Buffer.from(randomBytes(16))),
    opaque: () => text(24),
    between: (least, most) => {
      const drawn = Buffer.from(randomBytes(4)).readUInt32BE() / 2 ** 32;
      return least + Math.floor(drawn * (most - least + 1));
    },
    authorizationCode: (kind) =>
      kind === 'work' ? `1.AXoA${text(90)}` : `M.C507_BAY.2.U.${text(24)}`,
    refreshToken: (kind) =>
      kind === 'work' ? `1.AXoA${text(180)}` : `M.C507_BAY.0.U.-${text(150)}`,
    accessToken: (kind, claims) =>
      kind === 'work' ? `${jwtHead}.${part(claims)}.${text(64)}` : `EwB${text(200)}`,
    item: () => `AAMkAD${text(60)}AAA=`,
    immutableItem: () => `AAkALgAA${text(60)}AAA=`,
    conversation: () => `AAQkAD${text(36)}=`,
    changeKey: () => `CQAAABYAAA${text(15)}`,
    messageIdHeader: () => {
      const host = `PR3PR${text(6).replaceAll(/[^a-zA-Z0-9]/g, '0')}`.toUpperCase();
      return `<${host}.${text(24).replaceAll(/[^a-zA-Z0-9]/g, '0')}@${host}.eurprd05.prod.outlook.com>`;
    },
    uploadToken: () => `${jwtHead}.${text(60)}.${text(40)}`,
  };
}

function guidOf(bytes: Buffer): string {
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x40, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** One part of a JWT. */
export function part(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

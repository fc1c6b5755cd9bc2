/**
 * One address, `local@domain`: what it may be made of, and how its domain is written on the wire.
 *
 * The rules are those of SMTP (RFC 5321 sections 2.3.5, 4.1.2 and 4.5.3.1), which are narrower than
 * those of a header: an address that no server takes is of no use in one.
 */

/** Why a text can't be used as an address. */
export type AddressFault =
  /** There is no `@`, or nothing at all. */
  | 'no-address'
  /** What stands before the `@` is not a dot-atom or a quoted string, or is over 64 characters. */
  | 'local-part'
  /**
   * A quoted string with marks such as `@`, `<` or `,` before the `@`. RFC 5321 allows it, but
   * programs on the way are known to read `"a@b.c> x"@d.e` as a mail to a@b.c.
   */
  | 'unsafe-local-part'
  /** What stands before the `@` needs SMTPUTF8, which providers do not offer for sending. */
  | 'non-ascii-local-part'
  /** What stands after the `@` is no host name and no address literal. */
  | 'domain'
  /** More than 254 characters on the wire (RFC 3696, erratum 1690). */
  | 'address-too-long'
  /** A character that can't be seen, such as a zero width space from a web page. */
  | 'invisible-character'
  /** A control character, line breaks included. */
  | 'control-character';

/** An address that was understood. */
export interface ReadAddress {
  readonly kind: 'address';
  /** As written: a dot-atom, or a quoted string (atoms, dots and single spaces) with its quotes. */
  readonly local: string;
  /** As written, Unicode kept. */
  readonly domain: string;
  /** As it goes into a header: ASCII, with A-labels (RFC 5890) for Unicode labels. */
  readonly wireDomain: string;
}

/** An address that was not understood. */
export interface UnreadAddress {
  readonly kind: 'fault';
  readonly fault: AddressFault;
}

const MAX_LOCAL_CHARS = 64;
const MAX_DOMAIN_CHARS = 253;
const MAX_ADDRESS_CHARS = 254;

const DOT_ATOM = /^[\w!#$%&'*+\-/=?^`{|}~]+(?:\.[\w!#$%&'*+\-/=?^`{|}~]+)*$/;
const QUOTED_LOCAL = /^"(?:[ !#-[\]-~]|\\[ -~])+"$/;
const SAFE_QUOTED_LOCAL = /^"[\w!#$%&'*+\-/=?^`{|}~.]+(?: [\w!#$%&'*+\-/=?^`{|}~.]+)*"$/;
/** ASCII that a host name never holds; kept away from the URL parser, which gives it a meaning. */
const NOT_IN_HOST_NAME = /[^a-z\d.\-\u{80}-\u{10ffff}]/iu;
const LABEL = /^[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?$/i;
/** ZWNJ and ZWJ belong to Persian and Indic labels; the IDNA tables say where they may stand. */
const INVISIBLE = /(?![\u200c\u200d])[\p{Default_Ignorable_Code_Point}\p{Cf}\u2028\u2029]/u;
const CONTROL = /\p{Cc}/u;

/** Takes an address apart, or says why not. Reads nothing but a bare address: no name, no brackets. */
export function readAddress(text: string): ReadAddress | UnreadAddress {
  if (CONTROL.test(text)) return unread('control-character');
  const at = text.lastIndexOf('@');
  if (at < 0) return unread('no-address');
  const local = text.slice(0, at);
  const domain = text.slice(at + 1);
  if (INVISIBLE.test(text) || /[\u200c\u200d]/.test(local)) return unread('invisible-character');
  if (/[^\0-\x7f]/.test(local)) return unread('non-ascii-local-part');
  if (local.length > MAX_LOCAL_CHARS) return unread('local-part');
  if (!DOT_ATOM.test(local) && !SAFE_QUOTED_LOCAL.test(local)) {
    return unread(QUOTED_LOCAL.test(local) ? 'unsafe-local-part' : 'local-part');
  }
  const wireDomain = toWireDomain(domain);
  if (wireDomain === null) return unread('domain');
  if (at + 1 + wireDomain.length > MAX_ADDRESS_CHARS) return unread('address-too-long');
  return { kind: 'address', local, domain, wireDomain };
}

/** Whether a text is a bare address that mail can be sent to: `local@domain` and nothing around it. */
export function isAddress(text: string): boolean {
  return readAddress(text).kind === 'address';
}

/** The address as it goes into a header (ASCII, A-labels); null when it is no address. */
export function wireAddress(address: string): string | null {
  const read = readAddress(address);
  return read.kind === 'address' ? `${read.local}@${read.wireDomain}` : null;
}

/**
 * Whether two addresses reach the same mailbox as far as can be known from outside: domains are
 * compared as A-labels without case, local parts without case and quoting. RFC 5321 section 2.4
 * lets a host tell `Anna` from `anna`; none that people write to does, and a mail sent to both goes
 * to one person twice. What is no address is only the same as itself.
 */
export function sameAddress(a: string, b: string): boolean {
  return addressKey(a) === addressKey(b);
}

/** What two texts have in common exactly when `sameAddress` holds: for sets of addresses. */
export function addressKey(address: string): string {
  const read = readAddress(address);
  if (read.kind !== 'address') return address;
  const local = read.local.startsWith('"') ? read.local.slice(1, -1) : read.local;
  return `${local}@${read.wireDomain}`.toLowerCase();
}

function unread(fault: AddressFault): UnreadAddress {
  return { kind: 'fault', fault };
}

function toWireDomain(domain: string): string | null {
  if (domain.startsWith('[')) return isAddressLiteral(domain) ? domain : null;
  if (domain.length > MAX_DOMAIN_CHARS || NOT_IN_HOST_NAME.test(domain)) return null;
  const plain = !/[^\0-\x7f]/.test(domain);
  const converted = plain ? domain : hostOf(domain);
  if (converted === null || converted.length > MAX_DOMAIN_CHARS) return null;
  const labels = converted.split('.');
  if (!labels.every((label) => LABEL.test(label)) || /^\d+$/.test(labels.at(-1) ?? '')) return null;
  return converted;
}

/** UTS 46 as every browser does it; null when the name has no form in ASCII. */
function hostOf(domain: string): string | null {
  return URL.parse(`http://${domain}`)?.hostname ?? null;
}

function isAddressLiteral(domain: string): boolean {
  const ipv4 = /^\[(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\]$/.exec(domain);
  if (ipv4) return ipv4.slice(1).every((part) => Number(part) <= 255);
  const ipv6 = /^\[IPv6:([\da-f:.]{2,45})\]$/i.exec(domain);
  return ipv6 !== null && URL.canParse(`http://[${ipv6[1] ?? ''}]`);
}

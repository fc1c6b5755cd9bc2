import { cutTo } from './cut-to.ts';
import { FOUND_LIMITS } from './found-contacts.ts';

/** A text of the page made fit to be a name, and whether something had to be taken out that hides or turns text. */
export interface CleanName {
  readonly text: string;
  readonly hadHidden: boolean;
}

/** Line breaks, tabs and other control characters: never part of a name, always white space between its words. */
const CONTROLS = /[\p{Cc}\u2028\u2029]+/gu;
/**
 * Characters without a shape of their own: they can turn a text around (UAX 9) or hide a difference. ZWNJ and ZWJ
 * are left to the scripts that are written with them.
 */
const HIDDEN = /(?![\u200c\u200d])[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;
const JOINERS = /[\u200c\u200d]/g;
const JOINING_SCRIPTS =
  /[\p{sc=Arab}\p{sc=Syrc}\p{sc=Deva}\p{sc=Beng}\p{sc=Guru}\p{sc=Gujr}\p{sc=Orya}\p{sc=Taml}\p{sc=Telu}\p{sc=Knda}\p{sc=Mlym}\p{sc=Sinh}\p{Extended_Pictographic}]/u;
/** Soft hyphens, and the direction marks that honest Arabic and Hebrew pages are full of. */
const HARMLESS = /[\u00ad\u200e\u200f\u061c]/g;

/** Makes a text of the page fit to be shown as a name: one line, no hidden characters, cut to size, well formed. */
export function cleanName(raw: string): CleanName {
  const cut = raw.slice(0, FOUND_LIMITS.nameChars * 2).replace(HARMLESS, '');
  const joined = JOINING_SCRIPTS.test(cut) ? cut : cut.replace(JOINERS, '');
  const plain = joined.replace(HIDDEN, '');
  const text = plain.replace(CONTROLS, ' ').replace(/\s+/g, ' ').trim();
  return { text: cutTo(text, FOUND_LIMITS.nameChars), hadHidden: plain.length !== cut.length };
}

const MAX_NAME_CHARS = 80;
const MAX_NAME_WORDS = 7;
/** Prices, dates, telephone numbers, links, code: anything a name is not made of. */
const NOT_IN_NAMES = /[@\d{}<>[\]\\|=#%$\u20ac\u00a3\u00a5*^~_]|:\/\/|https?:|www\./;
const COMPANY_FORM =
  /(?:^|[\s,])(?:gmbh|mbh|ag|kg|ohg|ug|e\.?\s?v|inc|llc|ltd|limited|plc|corp|corporation|company|co|s\.?a\.?s?|s\.?r\.?l|s\.?p\.?a|b\.?v|n\.?v|oy|ab|a\/s|as|aps|sp\.?\s?z\s?o\.?\s?o|s\.?r\.?o|kft|pty|llp|group|holding)\.?$/i;
const PERSON =
  /^(?:(?:dr|prof|mr|mrs|ms|herr|frau|mme|m|ing|mag|sir)\.?\s)*\p{Lu}[\p{L}\p{M}'\u2019.-]*(?:,?\s(?:(?:von|van|vom|zu|de|del|della|di|da|dos|das|du|la|le|el|al|bin|ibn|ter|ten|der|den|af|av|y|e|und|and)\s?|[\p{Lu}'\u2019][\p{L}\p{M}'\u2019.-]*)){1,5}$/u;
/** Family and given name without a space, as in Chinese, Japanese and Korean. */
const UNSPACED_PERSON =
  /^(?:\p{sc=Han}{2,4}|\p{sc=Hang}{2,4}|[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\u30fc]{2,10})$/u;
/** A script without capital letters: words alone must do. */
const UNCASED_PERSON =
  /^[\p{sc=Arab}\p{sc=Hebr}\p{sc=Deva}\p{sc=Thai}\p{sc=Geor}\p{sc=Han}\p{sc=Hang}\p{sc=Kana}\p{sc=Hira}\u200c\u200d]+(?:[\s\u30fb][\p{L}\p{M}\u200c\u200d]+){1,4}$/u;

/** What a text looks like: the name of a person, of a company, some other short text, or no name at all. */
export type NameShape = 'person' | 'company' | 'words' | 'none';

/** Tells by its shape alone what a cleaned text may be the name of. */
export function shapeOf(text: string): NameShape {
  if (text.length < 2 || text.length > MAX_NAME_CHARS || !/\p{L}{2}/u.test(text)) return 'none';
  if (NOT_IN_NAMES.test(text)) return 'none';
  if (COMPANY_FORM.test(text)) return 'company';
  // A sentence or a label ends so; a name only with an initial or a title.
  if (/[.:!?;]$/.test(text.replace(/\b\p{L}{1,4}\.$/u, ''))) return 'none';
  if (text.split(' ').length > MAX_NAME_WORDS) return 'none';
  const person = PERSON.test(text) || UNSPACED_PERSON.test(text) || UNCASED_PERSON.test(text);
  return person ? 'person' : 'words';
}

/** How much of a name can be seen in the local part of an address: nothing, one word or the initials, two words. */
export type Affinity = 0 | 1 | 2;

/** `anna.berg@` and `aberg@` both belong to Anna Berg, `sales@` to nobody. */
export function affinity(name: string, address: string): Affinity {
  return likenessTo(name)(address);
}

/** The same for one name and many addresses. */
export function likenessTo(name: string): (address: string) => Affinity {
  const words = fold(name)
    .split(/[^a-z]+/)
    .filter((word) => word.length > 1)
    .slice(0, MAX_NAME_WORDS);
  return (address) => {
    if (words.length === 0 || isRoleAddress(address)) return 0;
    const local = fold(address.slice(0, address.lastIndexOf('@')));
    const seen = words.filter((word) => word.length > 2 && local.includes(word)).length;
    if (seen > 1) return 2;
    return seen === 1 || initialsFit(words, local) ? 1 : 0;
  };
}

/**
 * Whether a name has nothing in common with an address, as far as the two can be compared: a name in other letters, initials
 * and desks (`info@`) say nothing. Short forms (`alex@` for Alexandra) and a company's name in the domain are in common.
 */
export function isUnlike(name: string, address: string): boolean {
  if (isRoleAddress(address) || affinity(name, address) > 0) return false;
  const at = address.lastIndexOf('@');
  const words = wordsOf(name);
  const parts = wordsOf(address.slice(0, at));
  const domain = fold(address.slice(at + 1));
  if (words.length === 0 || parts.length === 0) return false;
  return !words.some(
    (word) => domain.includes(word) || parts.some((part) => part.startsWith(word.slice(0, 3))),
  );
}

/** The words of a name or an address that are long enough to be compared. */
function wordsOf(text: string): string[] {
  return fold(text)
    .split(/[^a-z]+/)
    .filter((word) => word.length > 2);
}

const ROLE =
  /^(?:info|sales|office|contact|kontakt|hello|hallo|hola|mail|e-?mail|post|team|support|help|service|admin|billing|invoices?|accounts?|press|marketing|verkauf|vertrieb|buero|buchhaltung|rechnung|ventas|contacto|bonjour|enquiries|inquiries|orders?|hr|jobs|careers?)(?![a-z])/i;

/** Whether an address belongs to a desk, not to a person: a name in it says nothing. */
export function isRoleAddress(address: string): boolean {
  return ROLE.test(address);
}

/** `ab@` or `a.b@` for Anna Berg. */
function initialsFit(words: readonly string[], local: string): boolean {
  const initials = words.map((word) => word.charAt(0)).join('');
  return initials.length > 1 && local.replace(/[^a-z]/g, '') === initials;
}

const SPELLINGS: Readonly<Record<string, string>> = {
  ä: 'ae',
  ö: 'oe',
  ü: 'ue',
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  ı: 'i',
  æ: 'ae',
  œ: 'oe',
  đ: 'd',
};

/** Lower case without accents, umlauts as addresses write them. `ae`, `oe` and `ue` become one letter on both sides. */
function fold(text: string): string {
  let folded = text.toLowerCase();
  if (/[^\0-\x7f]/.test(folded)) {
    folded = folded.normalize('NFC');
    folded = folded.replace(/[äöüßøłıæœđ]/g, (letter) => SPELLINGS[letter] ?? letter);
    folded = folded.normalize('NFD').replace(/\p{M}/gu, '');
  }
  return folded.replace(/([aou])e/g, '$1');
}

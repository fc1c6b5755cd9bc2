/** What a label says that the text beside it is. `other` is a label too: what it names is no name. */
export type LabelKind = 'email' | 'name' | 'first-name' | 'last-name' | 'company' | 'other';

/**
 * The words of the twenty languages that CRMs are sold in most. The first pattern that fits a label wins, so
 * the narrower ones come first: a "company name" is no person's, a "user name" nobody's.
 */
const KINDS: readonly (readonly [LabelKind, RegExp])[] = [
  [
    'other',
    /(?:user|file|domain|field|site|host|nick|event|product|project|deal|campaign|brand|display label)[\s_-]?name|benutzername|dateiname|produktname|login/,
  ],
  [
    'email',
    /e[\s_-]?mails?(?![a-z])|^mail(?:s|to)?$|mail (?:address|adresse)|courriel|correo|(?:m|correio )eletr[oô]nico|posta elettronica|sähköposti|электронн|почта|пошта|メール|邮箱|郵箱|电子邮|電子郵|이메일|البريد|דוא|อีเมล/,
  ],
  [
    'company',
    /company|account[\s_-]?name|organi[sz]ation|employer|business|firma|unternehmen|entreprise|soci[eé]t[eé]|empresa|azienda|bedrijf|företag|virksomhed|yritys|компания|организация|公司|会社|회사|شركة/,
  ],
  [
    'first-name',
    /first[\s_-]?name|given[\s_-]?names?|forename|vorname|pr[eé]nom|nombres? de pila|^nome$|voornaam|fornavn|förnamn|etunimi|imi[eę]|jm[eé]no|^имя$|^fname$/,
  ],
  [
    'last-name',
    /last[\s_-]?name|sur[\s_-]?name|family[\s_-]?name|nachname|familienname|nom de famille|apellidos?|cognome|sobrenome|achternaam|etternavn|efternamn|efternavn|sukunimi|nazwisko|příjmení|фамилия|^lname$/,
  ],
  [
    'name',
    /(?:^|[\s_-])(?:full|contact|client|customer|person|lead|member|employee)[\s_-]?names?$|^names?$|^contacts?$|^(?:contact )?persons?$|^customers?$|^clients?$|^leads?$|^(?:ansprech)?partner(?:in)?$|ansprechpartner|^kontakte?$|kontaktperson|^kund(?:e|in)n?$|^nom(?: complet)?$|^nombres?(?: completo)?$|^contactos?$|^nome completo$|^contatto$|^contato$|^naam$|contactpersoon|^navn$|^namn$|^nimi$|imię i nazwisko|^(?:ф ?и ?о|контакт)$|^姓名$|^名前$|^氏名$|^お名前$|^联系人$|^聯絡人$|^이름$|^성명$|^الاسم$|^שם$|^ชื่อ$/,
  ],
];

const MAX_LABEL_CHARS = 40;

/** What a label, an attribute or a column header says; null when it is no label at all (too long, or empty). */
export function labelKind(raw: string): LabelKind | null {
  if (raw.length === 0 || raw.length > MAX_LABEL_CHARS * 2) return null;
  const label = words(raw);
  if (label === '' || label.length > MAX_LABEL_CHARS) return null;
  for (const [kind, pattern] of KINDS) if (pattern.test(label)) return kind;
  return 'other';
}

/** Whether a text is itself a label (`E-mail`, `Name:`), and so not the value of one. */
export function isLabelText(text: string): boolean {
  const kind = labelKind(text);
  return text.trimEnd().endsWith(':') || (kind !== null && kind !== 'other');
}

/** `contactEmail_1`, `Contact e-mail *` and `contact-email:` are the same label. */
function words(raw: string): string {
  return raw
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .replace(/[\s_:*\u00b7.#\d[\]()/]+/g, ' ')
    .trim();
}

/** Wrapping hints and direction marks, which honest pages put into and beside addresses. */
const HARMLESS = /[\u00ad\u200b\u200e\u200f]/g;
/** What has no other use in an address than to make it look like another. */
const DECEIVING = /[\u200c\u200d\u202a-\u202e\u2060-\u2069\ufeff]/g;
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/;

/** A text as the person sees it, and whether what was taken out is there to deceive. */
export interface VisibleText {
  readonly text: string;
  readonly isDeceiving: boolean;
}

/** Takes out what can't be seen, so that an address is found as it is read. */
export function visibleText(raw: string): VisibleText {
  if (!INVISIBLE.test(raw)) return { text: raw, isDeceiving: false };
  const honest = raw.replace(HARMLESS, '');
  const text = honest.replace(DECEIVING, '');
  return { text, isDeceiving: text.length !== honest.length };
}

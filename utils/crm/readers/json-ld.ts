import type { CrmReader, Sighting } from '../crm-reader.ts';

/** JSON-LD (W3C JSON-LD 1.1, section 7; schema.org Person and Organization): what has an `email` and perhaps a name. */
export const jsonLd: CrmReader = {
  id: 'json-ld',
  matches: () => true,
  *read(root, { dom, leaveOut }): Iterable<Sighting | null> {
    let chars = 0;
    for (const script of dom.all(root, 'script')) {
      if (dom.attribute(script, 'type')?.trim().toLowerCase() !== 'application/ld+json') continue;
      const text = dom.wholeText(script);
      chars += text.length;
      if (chars > MAX_CHARS) {
        leaveOut();
        return;
      }
      yield null;
      for (const { email, name } of peopleIn(parsed(text))) {
        yield {
          address: email.replace(/^\s*mailto:/i, '').trim(),
          source: 'structured',
          place: script,
          name,
        };
      }
    }
  },
};

const MAX_CHARS = 500_000;
const MAX_VALUES = 20_000;
const MAX_EMAILS = 20;

interface Named {
  readonly value: unknown;
  /** The name of what it belongs to: a contact point has none of its own. */
  readonly ownerName: string;
}

/** Looks through a whole JSON value without recursion, so that no depth can exhaust the stack. */
function* peopleIn(json: unknown): Iterable<{ email: string; name: string }> {
  const open: Named[] = [{ value: json, ownerName: '' }];
  let looked = 0;
  let item = open.pop();
  while (item !== undefined && looked < MAX_VALUES) {
    looked += 1;
    const { value, ownerName } = item;
    if (isRecord(value)) {
      const name = nameOf(value) || ownerName;
      for (const email of strings(value['email'])) yield { email, name };
      const inner = Object.values(value).filter((child) => typeof child === 'object');
      for (const child of inner.reverse()) {
        // A person's employer is another thing with a name of its own; only what has none takes this one.
        open.push({ value: child, ownerName: name });
      }
    }
    item = open.pop();
  }
}

function nameOf(thing: Readonly<Record<string, unknown>>): string {
  const [whole] = strings(thing['name']);
  if (whole !== undefined) return whole;
  return [...strings(thing['givenName']), ...strings(thing['familyName'])].join(' ');
}

function strings(value: unknown): string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.slice(0, MAX_EMAILS).filter((item) => typeof item === 'string');
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A page with broken data is as good as one without.
    return null;
  }
}

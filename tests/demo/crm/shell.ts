import { OWNER } from './customers.ts';

/** HTML that may be put into a page as it is. */
export interface Markup {
  readonly html: string;
}

/** Writes HTML: whatever is put in is text, unless it is markup itself; null and lists are left out or joined. */
export function html(strings: TemplateStringsArray, ...values: readonly Insert[]): Markup {
  const pieces = strings.map((string, index) => string + inserted(values[index] ?? null));
  return { html: pieces.join('') };
}

/** What can be put into HTML. */
export type Insert = string | number | Markup | null | readonly Markup[];

function inserted(value: Insert): string {
  if (value === null) return '';
  if (typeof value === 'string' || typeof value === 'number') return escaped(String(value));
  return 'html' in value ? value.html : value.map((item) => item.html).join('');
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}

/** HTML that was written elsewhere, taken as it is. */
export function raw(markup: string): Markup {
  return { html: markup };
}

/** A page of the CRM. */
export interface CrmPage {
  readonly title: string;
  /** The path of the menu entry that the page belongs to. */
  readonly section: string;
  readonly body: Markup;
  /** More for the head, such as a script. */
  readonly head?: Markup;
}

const MENU = [
  { path: '/', label: 'Customers' },
  { path: '/deals', label: 'Deals' },
  { path: '/workshop', label: 'Workshop' },
  { path: '/archive', label: 'Archive' },
  { path: '/hostile', label: 'Hostile page' },
];

/** Puts a page into the frame that all pages of the CRM have. */
export function shell({ title, section, body, head }: CrmPage): string {
  const entry = ({ path, label }: (typeof MENU)[number]): Markup =>
    html`<a href="${path}" ${raw(path === section ? 'aria-current="page"' : '')}>${label}</a>`;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} – Fence &amp; Field</title>
        <link rel="icon" href="/icon.svg" />
        <link rel="stylesheet" href="/style.css" />
        ${head ?? null}
      </head>
      <body>
        <header class="top">
          <a class="brand" href="/"
            ><img src="/icon.svg" alt="" width="24" height="24" />Fence &amp; Field</a
          >
          <nav aria-label="Sections">${MENU.map(entry)}</nav>
          <span class="me" title="${OWNER.address}">${OWNER.name}</span>
        </header>
        <main>${body}</main>
      </body>
    </html>`.html;
}

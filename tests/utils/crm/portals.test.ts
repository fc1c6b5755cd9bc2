import { describe, expect, test } from 'vitest';
import { contactsOf, PAGE_URL, search, written } from './page.ts';

/* Ways in which customer portals show people that no tag or link tells. */

const person = (index: number, name: string, mail: string): string =>
  `<div class="rw"><div><a href="/person/${index}" title="${name}">${name.slice(0, 14)}…</a></div>` +
  `<div>Customer</div><div><a href="/org/${index}">Hedges SL</a></div>` +
  `<div><span title="${mail} (Work)">${mail.slice(0, 8)}…</span></div><div>Joan Clarke</div></div>`;
const CUT_OFF =
  person(11, 'María del Carmen Ortiz Vega', 'mcortiz@hedges.example') +
  person(12, 'Anna-Margarethe van der Berg', 'vdberg@hedges.example');

describe('a list whose texts are cut off', () => {
  test('gives each contact the whole name, not the company and not the state in the cell before', async () => {
    expect(await contactsOf(CUT_OFF)).toEqual([
      'María del Carmen Ortiz Vega <mcortiz@hedges.example>',
      'Anna-Margarethe van der Berg <vdberg@hedges.example>',
    ]);
  });

  test.each(['/person/12', '/org/12'])(
    'puts the contact of the clicked row first under their own name: %s',
    async (path) => {
      const linkUrl = new URL(path, PAGE_URL).href;
      const { prefill, contacts } = await search(CUT_OFF, { linkUrl });
      expect(prefill.to.map(written)).toEqual([
        'Anna-Margarethe van der Berg <vdberg@hedges.example>',
      ]);
      expect(contacts.map(({ relation }) => relation)).toEqual(['beside', 'page']);
    },
  );
});

describe('a data sheet', () => {
  const rows = (...fields: string[][]): string =>
    `<table>${fields.map((cells) => `<tr><td>${cells.join('</td><td>')}</td></tr>`).join('')}</table>`;

  test('names its address by the field that is called a contact, though others stand below', async () => {
    const sheet = rows(
      ['Firma:', 'Bäckerei Süßmilch OHG'],
      ['Ansprechpartner:', 'Frau Dr. Änne Größ-Üblacker'],
      ['Telefon:', '+49 30 1234'],
      ['E-Mail:', 'zentrale7@suessmilch.example'],
      ['Betreuer:', 'Jürgen Weiß, j.weiss@firm.example'],
    );
    expect(await contactsOf(sheet)).toEqual([
      'Frau Dr. Änne Größ-Üblacker <zentrale7@suessmilch.example>',
      'Jürgen Weiß <j.weiss@firm.example>',
    ]);
  });

  test('puts first and last name together, also in a definition list', async () => {
    const names = ['<dt>Vorname<dd>Björn', '<dt>Nachname<dd>Öztürk', '<dt>E-Mail<dd>x17@a.example'];
    const list = `<dl>${names.join('')}<dt>Betreuer<dd>j.weiss@firm.example</dl>`;
    expect(await contactsOf(list)).toContain('Björn Öztürk <x17@a.example>');
  });

  test('gives nobody’s name to an address that is called something else, or stands below another', async () => {
    const sheet = rows(
      ['Ansprechpartner:', 'Änne Groß'],
      ['Lager:', 'lager@a.example'],
      ['E-Mail:', 'x17@a.example'],
    );
    expect(await contactsOf(sheet)).toEqual(['lager@a.example', 'x17@a.example']);
  });
});

describe('an address that only an attribute holds', () => {
  test.each([
    [
      'a button that opens a mail',
      `<button onclick="go('mailto:ian@x.example?subject=Hi')">Email</button>`,
    ],
    ['a button for a script', '<a href="#" data-email="ian@x.example">Email</a>'],
    [
      'something that acts as a link',
      '<span role="link" data-href="mailto:ian@x.example">Email</span>',
    ],
    ['what a screen reader is told', '<button aria-label="Copy ian@x.example">Copy</button>'],
  ])('is found in %s, with the name beside it', async (_where, button) => {
    const entry = (name: string, act: string): string =>
      `<li><b>${name}</b> <i>Ferry</i> ${act}</li>`;
    const page = `<ul>${entry('Ian Ó Briain', button)}${entry('Eva Lund', '-')}</ul>`;
    expect(await contactsOf(page)).toEqual(['Ian Ó Briain <ian@x.example>']);
  });

  test('is not read out of an address on the web', async () => {
    expect(
      await contactsOf('<a href="#" data-href="https://x.example/@ian@y.example">x</a>'),
    ).toEqual([]);
  });
});

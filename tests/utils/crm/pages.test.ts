import { expect, test } from 'vitest';
import { contactsOf } from './page.ts';
import { lightningPage } from './pages/lightning.ts';
import {
  DEAL_CHIPS,
  DETAIL_TABLE,
  DIRECTORY,
  EDIT_FORM,
  LIST_TABLE,
  PROPERTY_SIDEBAR,
  ROLE_GRID,
  SHEET,
} from './pages/server-rendered.ts';

test('reads a record of nested shadow roots, the person of the page before her colleagues and oneself last', async () => {
  expect(await contactsOf(lightningPage())).toEqual([
    'Ms. Anna Berg <anna.berg@timber.example>',
    'Olu Okafor <olu@timber.example>',
    'Łukasz Nowak <l.nowak@timber.example>',
    'me.owner@our-company.example',
  ]);
});

test('reads a detail table of label and value, its footer last', async () => {
  expect(await contactsOf(DETAIL_TABLE)).toEqual([
    'Ms. Anna Berg <a.berg@timber.example>',
    'support@fields-crm.example',
  ]);
});

test('reads each row of a list with the name of its own row, not its job title or owner', async () => {
  expect(await contactsOf(LIST_TABLE)).toEqual([
    'Anna Berg <ab@timber.example>',
    'Jörg Müller <jmueller@hedges.example>',
    '王小明 <xm.wang@gates.example>',
  ]);
});

test('reads a sidebar of anonymous boxes, and a name bound to an address in a note', async () => {
  expect(await contactsOf(PROPERTY_SIDEBAR)).toEqual([
    'Siobhán O’Neill <siobhan.oneill@wire.example>',
    'Pat Lund <pat.lund@wire.example>',
    'pat@other.example',
    'mo@our-company.example',
  ]);
});

test('reads the whole of an address that is cut off on the screen', async () => {
  expect(await contactsOf(DEAL_CHIPS)).toEqual([
    'María García <maria.garcia@meadow.example>',
    'Chen Li <office@meadow.example>',
  ]);
});

test('reads what stands in a form, first and last name put together, and neither password nor hidden fields', async () => {
  expect(await contactsOf(EDIT_FORM)).toEqual([
    'Ivana Petrova <ivana@iron.example>',
    'invoices@iron.example',
    'petr@iron.example',
  ]);
});

test('reads a sheet with its heading, and cards each with its own name', async () => {
  expect(await contactsOf(SHEET)).toEqual([
    'Noor Haddad <noor@gates.example>',
    'Pádraig Lund <padraig@gates.example>',
    'Ann Smith <accounts@gates.example>',
  ]);
});

test('reads a grid of boxes with roles by its column headers', async () => {
  expect(await contactsOf(ROLE_GRID)).toEqual([
    'Anna Berg <contact@timber.example>',
    'Olu Okafor <contact@wire.example>',
  ]);
});

test('reads a plain directory: definition lists, headings, lists in running text, spelled out addresses', async () => {
  expect((await contactsOf(DIRECTORY)).sort()).toEqual(
    [
      'Anna Berg <anna@field.example>',
      'Jörg Müller <jm@field.example>',
      'Olu Okafor <o@field.example>',
      'Chen Li <c@field.example>',
      'Ivana Petrova <ivana@field.example>',
      'Noor Haddad <noor@field.example>',
      'Pat Lund <pat@field.example>',
      'press@field.example',
    ].sort(),
  );
});

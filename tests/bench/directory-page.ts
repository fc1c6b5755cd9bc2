/** A customer list as a CRM renders it, of any length; the same for the same length. Used by bench, tests and demo. */

const FIRST_NAMES = [
  'Anna',
  'Jörg',
  'Siobhán',
  'Łukasz',
  'María',
  'Chen',
  'Olu',
  'Ivana',
  'Noor',
  'Pádraig',
];
const LAST_NAMES = [
  'Berg',
  'Okafor',
  'Nowak',
  'García',
  'Li',
  'O’Neill',
  'Smith',
  'Petrova',
  'Haddad',
  'Lund',
];
const TRADES = ['Timber', 'Wire', 'Hedges', 'Gates', 'Stone', 'Meadow', 'Iron'];
const TOWNS = ['Ulm', 'Cork', 'Gdańsk', 'León', 'Turku', 'Bergen', 'Ghent'];
const STAGES = ['Lead', 'Quoted', 'Won', 'Dormant'];

/** One customer of the list. */
export interface ListedCustomer {
  readonly id: number;
  readonly name: string;
  readonly address: string;
  readonly company: string;
  readonly town: string;
  readonly phone: string;
  readonly stage: string;
}

/** The customer with a number, from 0. */
export function listedCustomer(id: number): ListedCustomer {
  const first = pick(FIRST_NAMES, id);
  const last = pick(LAST_NAMES, Math.floor(id / FIRST_NAMES.length));
  const trade = pick(TRADES, id * 3);
  const local = `${first}.${last}`
    .replace('Ł', 'L')
    .normalize('NFD')
    .replace(/[^\w.]/g, '')
    .toLowerCase();
  return {
    id,
    name: `${first} ${last}`,
    address: `${local}.${id}@${trade.toLowerCase()}-${id % 977}.example`,
    company: `${trade} & Sons ${id % 977}`,
    town: pick(TOWNS, id * 5),
    phone: `+49 731 ${String(100_000 + id)}`,
    stage: pick(STAGES, id),
  };
}

/**
 * The rows of the list, about eleven elements each. In turn the address is a mailto link, plain text, cut off with
 * the whole in its tooltip, or a link again.
 */
export function directoryRows(
  rows: number,
  hasAddress: (id: number) => boolean = () => true,
): string {
  return Array.from({ length: rows }, (_, id) => row(listedCustomer(id), hasAddress(id))).join(
    '\n',
  );
}

/** A whole page with such a list. `hasAddress` says of each customer whether the list knows one; absent: of all. */
export function directoryPage(rows: number, hasAddress?: (id: number) => boolean): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Customers</title></head><body>
<header><a href="/">Fence &amp; Field</a><nav><a href="/customers">Customers</a></nav></header>
<main><h1>Customers</h1><table>
<thead><tr><th></th><th>Name</th><th>Company</th><th>E-mail</th><th>Phone</th><th>Stage</th></tr></thead>
<tbody>${directoryRows(rows, hasAddress)}</tbody></table></main></body></html>`;
}

function row(customer: ListedCustomer, hasAddress: boolean): string {
  const { id, name, company, phone, stage } = customer;
  return (
    `<tr><td><input type="checkbox" aria-label="Select"></td><td><a href="/customers/${id}">${name}</a></td>` +
    `<td><span>${company.replace('&', '&amp;')}</span></td><td>${hasAddress ? addressCell(customer) : '—'}</td>` +
    `<td>${phone}</td><td><div class="stage">${stage}</div></td></tr>`
  );
}

function addressCell({ id, address }: ListedCustomer): string {
  if (id % 4 === 1) return address;
  if (id % 4 === 2) return `<span title="${address}">${address.slice(0, 10)}…</span>`;
  return `<a href="mailto:${address}">${address}</a>`;
}

function pick(list: readonly string[], index: number): string {
  return list[index % list.length] ?? '';
}

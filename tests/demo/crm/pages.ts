import { directoryRows } from '../../bench/directory-page.ts';
import { CUSTOMERS, DROPBOX, type Customer } from './customers.ts';
import { html, raw, shell, type Markup } from './shell.ts';

/** How long the long list is. */
export const ARCHIVE_ROWS = 10_000;

/** Every customer with a link to the record, the address now as a link, now as text. */
export function customerList(): string {
  const row = (customer: Customer): Markup =>
    html`<tr>
      <td><a href="/customers/${customer.id}">${customer.name}</a></td>
      <td>${customer.company}</td>
      <td>
        ${customer.id % 3 === 0 ? customer.address : html`<a href="mailto:${customer.address}">${customer.address}</a>`}
      </td>
      <td>${customer.town}</td>
      <td><span class="chip ${customer.stage}">${customer.stage}</span></td>
      <td class="number">${euros(customer.valueEuros)}</td>
    </tr>`;
  return shell({
    title: 'Customers',
    section: '/',
    body: html`<h1>Customers</h1>
      <p class="lead">Right-click a name, an address or anything else in a row, and write.</p>
      <div class="scroll">
        <table>
          <thead>
            <tr>
              <th>Name</th>
              <th>Company</th>
              <th>E-mail</th>
              <th>Town</th>
              <th>Stage</th>
              <th class="number">Value</th>
            </tr>
          </thead>
          <tbody>
            ${CUSTOMERS.map(row)}
          </tbody>
        </table>
      </div>`,
  });
}

/** One customer: labelled values, a link with subject, Cc and Bcc, a form, notes with addresses in plain text. */
export function customerPage(customer: Customer): string {
  return shell({
    title: customer.name,
    section: '/',
    head: html`<script type="application/ld+json">
      ${raw(structured(customer))}
    </script>`,
    body: html`<h1>${customer.name}</h1>
      <p class="lead">
        ${customer.project} for ${customer.company}, ${customer.town}
        <span class="chip ${customer.stage}">${customer.stage}</span>
      </p>
      <div class="acts">
        <a class="act main" id="write-offer" href="${offerLink(customer)}">Write about the offer</a>
        <a class="act" id="card" download="${customer.name}.vcf" href="${cardLink(customer)}"
          >Business card</a
        >
      </div>
      <div class="columns">
        <div>
          <section class="sheet">
            <h2>Contact</h2>
            <dl>
              <dt>Name</dt>
              <dd>${customer.name}</dd>
              <dt>E-mail</dt>
              <dd><a id="email" href="mailto:${customer.address}">${customer.address}</a></dd>
              <dt>Phone</dt>
              <dd>${customer.phone}</dd>
              <dt>Town</dt>
              <dd>${customer.town}</dd>
              <dt>Value</dt>
              <dd>${euros(customer.valueEuros)}</dd>
            </dl>
          </section>
          <section class="sheet">
            <h2>Notes</h2>
            ${notes(customer)}
          </section>
        </div>
        <div>
          <section class="sheet">
            <h2>Also at ${customer.company}</h2>
            ${colleagues(customer)}
          </section>
          <section class="sheet">
            <h2>Edit</h2>
            <form autocomplete="off">
              <label
                >Full name<input type="text" name="full_name" value="${customer.name}"
              /></label>
              <label>E-mail<input type="email" name="email" value="${customer.address}" /></label>
              <label>Phone<input type="text" name="phone" value="${customer.phone}" /></label>
            </form>
          </section>
        </div>
      </div>`,
  });
}

/** Deals on a board that is a web component with an open shadow root, each card another one inside it. */
export function dealsPage(): string {
  const deals = CUSTOMERS.map(({ id, name, address, company, project, stage, valueEuros }) => ({
    id,
    name,
    address,
    company,
    project,
    stage,
    value: euros(valueEuros),
  }));
  return shell({
    title: 'Deals',
    section: '/deals',
    head: html`<script type="application/json" id="deals">
        ${raw(scriptJson(deals))}
      </script>
      <script type="module" src="/deals.js"></script>`,
    body: html`<h1>Deals</h1>
      <p class="lead">A board made of web components: what you see lies in shadow roots.</p>
      <deal-board></deal-board>`,
  });
}

/** A page whose contacts lie in a frame of the same origin. */
export function workshopPage(): string {
  return shell({
    title: 'Workshop',
    section: '/workshop',
    body: html`<h1>Workshop</h1>
      <p class="lead">Who builds what this week. The rota is a frame of its own.</p>
      <iframe title="Rota" src="/frames/rota"></iframe>`,
  });
}

/** What the frame shows. */
export function rotaFrame(): string {
  const fitters = [
    { name: 'Ines Lund', task: 'Paddocks, Kildare', address: 'ines.lund@fence-and-field.example' },
    {
      name: 'Olu Okafor',
      task: 'Nursery, Konstanz',
      address: 'olu.okafor@fence-and-field.example',
    },
    { name: 'Chen Li', task: 'Gates, workshop', address: 'chen.li@fence-and-field.example' },
  ];
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>Rota</title>
        <link rel="stylesheet" href="/style.css" />
      </head>
      <body class="bare">
        <main>
          <ul class="people">
            ${fitters.map(
              ({ name, task, address }) =>
                html`<li>
                  <span><strong>${name}</strong><br /><span class="role">${task}</span></span
                  ><span>${address}</span>
                </li>`,
            )}
          </ul>
        </main>
      </body>
    </html>`.html;
}

/** A list as long as the budget of the search is about. */
export function archivePage(): string {
  return shell({
    title: 'Archive',
    section: '/archive',
    body: html`<h1>Archive</h1>
      <p class="lead">
        Every customer since 1987: ${ARCHIVE_ROWS.toLocaleString('en')} rows on one page.
      </p>
      <div class="scroll">
        <table>
          <thead>
            <tr>
              <th></th>
              <th>Name</th>
              <th>Company</th>
              <th>E-mail</th>
              <th>Phone</th>
              <th>Stage</th>
            </tr>
          </thead>
          <tbody>
            ${raw(directoryRows(ARCHIVE_ROWS))}
          </tbody>
        </table>
      </div>`,
  });
}

/** What is said when there is no such page. */
export function missingPage(): string {
  return shell({
    title: 'Not found',
    section: '',
    body: html`<h1>There is no such page</h1>
      <p class="lead"><a href="/">Back to the customers</a></p>`,
  });
}

function notes(customer: Customer): Markup {
  if (customer.notes.length === 0) return html`<p class="role">No notes yet.</p>`;
  return html`${customer.notes.map(
    ({ on, by, text }) =>
      html`<div class="note">
        <p>${text}</p>
        <small>${by}, ${on}</small>
      </div>`,
  )}`;
}

function colleagues(customer: Customer): Markup {
  if (customer.colleagues.length === 0) return html`<p class="role">Nobody else is known.</p>`;
  return html`<ul class="people">
    ${customer.colleagues.map(
      ({ name, role, address }) =>
        html`<li>
          <span><strong>${name}</strong> <span class="role">${role}</span></span
          ><a href="mailto:${address}">${address}</a>
        </li>`,
    )}
  </ul>`;
}

/** A link with everything that RFC 6068 allows and a person wants to see before it is sent. */
function offerLink({ address, name, project, colleagues: others }: Customer): string {
  const cc = others[0] ? `&cc=${encodeURIComponent(others[0].address)}` : '';
  const subject = encodeURIComponent(`Your offer: ${project}`);
  const body = encodeURIComponent(
    `Dear ${name},\r\n\r\nhere is our offer for the ${project}.\r\n\r\nMo Harrow\r\nFence & Field`,
  );
  return `mailto:${encodeURIComponent(address)}?subject=${subject}${cc}&bcc=${encodeURIComponent(DROPBOX)}&body=${body}`;
}

function cardLink({ name, address, company }: Customer): string {
  const card = `BEGIN:VCARD\r\nVERSION:4.0\r\nFN:${name}\r\nORG:${company}\r\nEMAIL:${address}\r\nEND:VCARD\r\n`;
  return `data:text/vcard;charset=utf-8,${encodeURIComponent(card)}`;
}

function structured({ name, address, company }: Customer): string {
  return scriptJson({
    '@context': 'https://schema.org',
    '@type': 'Person',
    name,
    email: `mailto:${address}`,
    worksFor: { '@type': 'Organization', name: company },
  });
}

/** JSON that can't end the script element it lies in. */
function scriptJson(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}

function euros(value: number): string {
  return `€\u00a0${value.toLocaleString('en')}`;
}

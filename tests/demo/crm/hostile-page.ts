import { html, raw, shell, type Markup } from './shell.ts';

/** Rows that lie in one way each; the second column says how. */
const ROWS: readonly { readonly how: string; readonly name: string; readonly mail: Markup }[] = [
  {
    how: 'Script as a name',
    name: '<script>document.title = "taken over"</script>',
    mail: html`<a href="mailto:script.name@hostile.example">script.name@hostile.example</a>`,
  },
  {
    how: 'An image that fails, as a name',
    name: '<img src=x onerror="document.title = \'taken over\'">',
    mail: html`<a href="mailto:image.name@hostile.example">image.name@hostile.example</a>`,
  },
  {
    how: 'A name turned around',
    name: 'Anna \u202egreB\u202c',
    mail: html`<a href="mailto:turned@hostile.example">turned@hostile.example</a>`,
  },
  {
    how: 'The link writes to somebody else',
    name: 'Anna Berg',
    mail: html`<a id="spoofed" href="mailto:thief@hostile.example"
      >anna.berg@timber-and-sons.example</a
    >`,
  },
  {
    how: 'A letter from another alphabet',
    name: 'Support',
    mail: html`<a href="mailto:help@timbеr-and-sons.example">help@timbеr-and-sons.example</a>`,
  },
  {
    how: 'Another header inside the address',
    name: 'Bo Header',
    mail: html`<a
      id="injected"
      href="mailto:bo@hostile.example%0D%0ABcc:thief@hostile.example?subject=Hello%0D%0ABcc:%20thief@hostile.example"
      >write</a
    >`,
  },
  {
    how: 'Copies to many',
    name: 'Cy Copies',
    mail: html`<a id="copies" href="mailto:cy@hostile.example?bcc=${copies(40)}&body=Please%20pay"
      >write</a
    >`,
  },
  {
    how: 'Nothing but zero-width characters between',
    name: 'Zoe Width',
    mail: html`<span>zoe​@hosti⁠le.example</span>`,
  },
];

/** Names of elements that hide the DOM's own members, and a script that breaks them for everybody in the page. */
const CLOBBERED = `
<section class="sheet"><h2>Fields and pictures named like the DOM’s own members</h2>
<form id="clobbered" name="querySelectorAll" autocomplete="off">
<label>parentNode<input type="text" name="parentNode" value="not a node"></label>
<label>E-mail<input type="text" name="email" value="inside.form@hostile.example"></label>
<input hidden name="attributes"><input hidden name="getAttribute"><input hidden name="childNodes">
<input hidden name="firstChild"><input hidden name="nextSibling"><input hidden name="matches"><input hidden name="closest"></form>
<img hidden name="body" alt=""><img hidden name="createTreeWalker" alt=""><img hidden name="defaultView" alt="">
<img hidden name="createElement" alt=""><img hidden name="getElementById" alt=""><img hidden name="documentElement" alt=""></section>
<script type="application/ld+json">{"@type": "Person", "name": "Broken", "email": </script>
<script>
  Element.prototype.getAttribute = Document.prototype.querySelectorAll = () => { throw new Error('no reading here'); };
  Object.defineProperty(Node.prototype, 'parentNode', { get() { document.documentElement.dataset.watched = 'yes'; return null; } });
</script>`;

/** A page that does what it can against whoever reads it. */
export function hostilePage(): string {
  return shell({
    title: 'Hostile page',
    section: '/hostile',
    body: html`<h1>Hostile page</h1>
      <p class="lead">
        Each row lies in another way. Nothing here may be believed, and none of it may harm.
      </p>
      <div class="scroll">
        <table class="wrap">
          <thead>
            <tr>
              <th>Name</th>
              <th>What is wrong</th>
              <th>E-mail</th>
            </tr>
          </thead>
          <tbody>
            ${ROWS.map(
              ({ how, name, mail }) =>
                html`<tr>
                  <td>${name}</td>
                  <td class="role">${how}</td>
                  <td>${mail}</td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
      <section hidden><p>Not shown: hidden.person@hostile.example</p></section>
      <p style="display: none">${'@'.repeat(50_000)}</p>
      <p style="display: none">${'a@'.repeat(50_000)}</p>
      <p style="display: none">${'mailto:'.repeat(20_000)}</p>
      <section class="sheet">
        <h2>Under four hundred boxes</h2>
        ${raw('<div>'.repeat(400))}deep.down@hostile.example${raw('</div>'.repeat(400))}
      </section>
      ${raw(CLOBBERED)}`,
  });
}

function copies(count: number): Markup {
  return raw(Array.from({ length: count }, (_, index) => `copy${index}@hostile.example`).join(','));
}

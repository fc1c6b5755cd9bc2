/** The script of the deals page. It runs in the page, so it is kept as text. */
export const DEALS_SCRIPT = `
const STYLE = \`
  :host { display: block; }
  .board { display: grid; grid-template-columns: repeat(auto-fit, minmax(190px, 1fr)); gap: 16px; }
  h2 { font-size: 13px; color: var(--faint); margin: 0 0 8px; font-weight: 600; }
  article { display: block; background: var(--sheet); border: 1px solid var(--line); border-radius: 10px; padding: 14px 16px; margin-bottom: 12px; }
  h3 { font-size: 15px; margin: 0 0 2px; }
  p { margin: 0; color: var(--faint); overflow-wrap: anywhere; }
  a { color: var(--green); }
\`;
const make = (name, text, attributes = {}) => {
  const element = document.createElement(name);
  if (text) element.textContent = text;
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
};
customElements.define('deal-card', class extends HTMLElement {
  show(deal) {
    const root = this.attachShadow({ mode: 'open' });
    const card = make('article');
    const mail = make('p');
    mail.append(make('a', deal.address, { href: 'mailto:' + deal.address }));
    card.append(make('h3', deal.name), make('p', deal.company), make('p', deal.project + ', ' + deal.value), mail);
    root.append(make('style', STYLE), card);
    return this;
  }
});
customElements.define('deal-board', class extends HTMLElement {
  connectedCallback() {
    const deals = JSON.parse(document.getElementById('deals').textContent);
    const root = this.attachShadow({ mode: 'open' });
    const board = make('div', '', { class: 'board' });
    for (const stage of ['Enquiry', 'Measured', 'Quoted', 'Building', 'Done']) {
      const column = make('section');
      column.append(make('h2', stage));
      for (const deal of deals) if (deal.stage === stage) column.append(document.createElement('deal-card').show(deal));
      board.append(column);
    }
    root.append(make('style', STYLE), board);
  }
});
`;

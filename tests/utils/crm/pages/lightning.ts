import { pageOf, withShadow } from '../page.ts';

/** A record page made of nested web components with open shadow roots, each field in one of its own. */
export function lightningPage(): Document {
  const page = pageOf(`<!doctype html><title>Anna Berg | Contact | Fields</title><body>
    <one-header></one-header><one-record-home></one-record-home></body>`);
  withShadow(
    page.querySelector('one-header'),
    `<nav><button title="View profile">MO</button><a href="mailto:me.owner@our-company.example">Me</a></nav>`,
  );
  const home = withShadow(
    page.querySelector('one-record-home'),
    `<records-highlights></records-highlights>
     <div class="details">
       <record-field class="item" data-field="Name"></record-field>
       <record-field class="item" data-field="Email"></record-field>
       <record-field class="item" data-field="Account"></record-field>
     </div>
     <related-list></related-list>`,
  );
  withShadow(home.querySelector('records-highlights'), `<h1><div>Contact</div><slot></slot></h1>`);
  const field = (name: string, html: string): void => {
    withShadow(home.querySelector(`[data-field="${name}"]`), html);
  };
  field(
    'Name',
    '<span class="label">Name</span><div><formatted-text>Ms. Anna Berg</formatted-text></div>',
  );
  field(
    'Account',
    '<span class="label">Account Name</span><div><a href="/a/1">Timber &amp; Sons</a></div>',
  );
  field('Email', '<span class="label">Email</span><div><formatted-email></formatted-email></div>');
  const email = home.querySelector('[data-field="Email"]')?.shadowRoot;
  withShadow(
    email?.querySelector('formatted-email') ?? null,
    '<a href="mailto:anna.berg@timber.example">anna.berg@timber.example</a>',
  );
  withShadow(
    home.querySelector('related-list'),
    `<table><thead><tr><th>Contact Name</th><th>Title</th><th>Email</th></tr></thead><tbody>
      <tr><td><a href="/c/7">Olu Okafor</a></td><td>Site Manager</td><td><a href="mailto:olu@timber.example">olu@timber.example</a></td></tr>
      <tr><td><a href="/c/8">Łukasz Nowak</a></td><td>Buyer</td><td><a href="mailto:l.nowak@timber.example">l.nowak@timber.example</a></td></tr>
    </tbody></table>`,
  );
  return page;
}

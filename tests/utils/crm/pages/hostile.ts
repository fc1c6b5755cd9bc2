/** Pages that fight whoever reads them, by what they do. */
export const HOSTILE_PAGES: Readonly<Record<string, string>> = {
  'elements named like the members of document': `<body>${[
    'body',
    'querySelectorAll',
    'querySelector',
    'createTreeWalker',
    'createElement',
    'documentElement',
    'defaultView',
    'getElementById',
    'getSelection',
    'title',
    'nodeType',
  ]
    .map((name) => `<img name="${name}"><form name="${name}"></form>`)
    .join('')}<p>Anna Berg &lt;found@x.example&gt;</p></body>`,
  'fields named like the members of their form': `<form>${[
    'parentNode',
    'firstChild',
    'nextSibling',
    'previousSibling',
    'nextElementSibling',
    'firstElementChild',
    'childElementCount',
    'attributes',
    'getAttribute',
    'localName',
    'shadowRoot',
    'nodeType',
    'nodeValue',
    'textContent',
    'querySelectorAll',
    'matches',
    'closest',
    'getRootNode',
    'checkVisibility',
    'isConnected',
    'id',
  ]
    .map((name) => `<input name="${name}">`)
    .join('')}<label>Email <input name="email" value="found@x.example"></label></form>`,
  'data that is broken, deep or endless': `<script type="application/ld+json">${'['.repeat(50_000)}</script>
    <script type="application/ld+json">${'[{"email":'.repeat(3_000)}"deep@x.example"${'}]'.repeat(3_000)}</script>
    <script type="application/ld+json">[${'{"email":"many@x.example","name":"n"},'.repeat(5_000)}0]</script>
    <a href="data:text/vcard,${'EMAIL:a@x.example%0A'.repeat(3_000)}">card</a><p>found@x.example</p>`,
  'items in items, each with a name and an address': `${'<div itemscope class="h-card vcard"><i itemprop="email" class="u-email email">a@x.example</i>'.repeat(80)}<b itemprop="name" class="p-name fn">N</b>${'</div>'.repeat(80)}<p>found@x.example</p>`,
  'one address in two hundred links': `${'<a href="mailto:same@x.example">same@x.example</a> '.repeat(200)}<p>found@x.example</p>`,
  'a text of nothing but signs': `<p>${'@'.repeat(100_000)}</p><p>${'a@'.repeat(50_000)}</p><p>${'(at)'.repeat(5_000)}</p><p>found@x.example</p>`,
  'links that are longer than any address': `<a href="mailto:${'a'.repeat(50_000)}@x.example">x</a><a href="mailto:${'a@x.example,'.repeat(3_000)}">x</a><p>found@x.example</p>`,
  'rows with neither end nor name': `<table>${'<tr><td></td><td><table><tr><td>'.repeat(150)}<p>found@x.example</p></table>`,
  'labels that point in circles': `<label for="a" id="b"><input id="a" aria-labelledby="b a b" value="found@x.example"></label><label for='"]'>x</label><input id='"]' value="b@x.example">`,
};

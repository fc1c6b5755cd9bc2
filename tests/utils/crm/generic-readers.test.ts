import { describe, expect, test } from 'vitest';
import { contactsOf, pageOf, search, withShadow } from './page.ts';

const vcard = (text: string): string => `data:text/vcard;charset=utf-8,${encodeURIComponent(text)}`;

describe('finds the contact in', () => {
  test.each([
    [
      'a percent-encoded mailto link',
      '<a href="mailto:anna%2Bcrm%40x.example?subject=a%40b.example">write</a>',
      ['anna+crm@x.example'],
    ],
    [
      'a mailto link with several recipients',
      '<a href="MAILTO:a@x.example,%20b@x.example?to=c@x.example&amp;cc=d@x.example">write</a>',
      ['a@x.example', 'b@x.example', 'c@x.example'],
    ],
    [
      'a link whose text is the name',
      '<a href="mailto:office@x.example">Anna Berg</a>',
      ['Anna Berg <office@x.example>'],
    ],
    [
      'a link with a tooltip',
      '<a href="mailto:o@x.example" title="Send an e-mail to Olu Okafor"><svg></svg></a>',
      ['Olu Okafor <o@x.example>'],
    ],
    [
      'links to the page where webmail writes a new mail',
      '<ul><li>Anna Berg <a href="https://mail.google.com/mail/?view=cm&amp;fs=1&amp;to=anna.berg%40x.example">Write</a><li>Bo Lund <a href="https://outlook.office.com/mail/deeplink/compose?to=bo.lund@x.example&amp;subject=a%40b.example">Write</a></ul>',
      ['Anna Berg <anna.berg@x.example>', 'Bo Lund <bo.lund@x.example>'],
    ],
    [
      'a cell with two addresses of one person',
      '<div role="grid"><div role="row"><div role="columnheader">Name</div><div role="columnheader">E-mail</div></div><div role="row"><div role="gridcell"><a href="/p/2">Otto Lang</a></div><div role="gridcell">o.lang@x.example (Home), otto@lang.example (Work)</div></div><div role="row"><div role="gridcell"><a href="/p/3">Eva Fox</a></div><div role="gridcell">eva@fox.example</div></div></div>',
      [
        'Otto Lang <o.lang@x.example>',
        'Otto Lang <otto@lang.example>',
        'Eva Fox <eva@fox.example>',
      ],
    ],
    [
      'a row with a name in letters that no address is written in',
      '<table><tr><td>أحمد علي</td><td dir="rtl">\u200fa17@x.example\u200f</td></tr><tr><td>דוד כהן</td><td>b17@x.example</td></tr></table>',
      ['أحمد علي <a17@x.example>', 'דוד כהן <b17@x.example>'],
    ],
    [
      'JSON-LD',
      '<script type="application/ld+json">{"@graph":[{"@type":"Person","name":"Anna Berg","email":"mailto:a@x.example","worksFor":{"name":"Timber","contactPoint":{"email":["info@timber.example"]}}},{"@type":"Person","givenName":"Olu","familyName":"Okafor","email":"o@x.example"}]}</script>',
      ['Anna Berg <a@x.example>', 'Timber <info@timber.example>', 'Olu Okafor <o@x.example>'],
    ],
    [
      'microdata',
      '<div itemscope itemtype="https://schema.org/Person"><div itemprop="worksFor" itemscope><span itemprop="name">Timber</span></div><span itemprop="name">Anna Berg</span><meta itemprop="email" content="a@x.example"></div>',
      ['Anna Berg <a@x.example>'],
    ],
    [
      'h-card',
      '<div class="h-card"><span class="p-name">Anna Berg</span><a class="u-email" href="mailto:info@x.example">mail</a></div>',
      ['Anna Berg <info@x.example>'],
    ],
    [
      'hCard',
      '<div class="vcard"><span class="fn">Anna Berg</span><span class="email">info@x.example</span></div>',
      ['Anna Berg <info@x.example>'],
    ],
    [
      'a vCard link',
      `<a download href="${vcard('BEGIN:VCARD\r\nFN:Anna\r\n  Berg\r\nitem1.EMAIL;TYPE=work:a@x.example\r\nEND:VCARD\r\nBEGIN:VCARD\r\nN:Okafor;Olu;;;\r\nEMAIL:o@x.example\r\nEND:VCARD')}">card</a>`,
      ['Anna Berg <a@x.example>', 'Olu Okafor <o@x.example>'],
    ],
    [
      'a vCard link in base64',
      `<a download href="data:text/x-vcard;base64,${btoa('BEGIN:VCARD\nFN:Anna Berg\nEMAIL:a@x.example\nEND:VCARD')}">card</a>`,
      ['Anna Berg <a@x.example>'],
    ],
    ['text', '<p>Anna Berg, a@x.example</p>', ['Anna Berg <a@x.example>']],
    ['highlighted text', '<p>anna.<mark>berg</mark>@x.example</p>', ['anna.berg@x.example']],
    ['text in pieces', '<p>anna<wbr>@<wbr>x.example</p>', ['anna@x.example']],
    ['text with wrapping hints', '<p>anna\u200b@x\u00ad.example</p>', ['anna@x.example']],
    [
      'text beside a badge',
      '<p><span class="badge">New</span>anna@x.example</p>',
      ['anna@x.example'],
    ],
    ['text in an ordinary link', '<a href="/c/1">anna@x.example</a>', ['anna@x.example']],
    [
      'text in a link without any recipient',
      '<a href="mailto:">anna@x.example</a>',
      ['anna@x.example'],
    ],
    [
      'a tooltip',
      '<span class="avatar" title="Anna Berg &lt;a@x.example&gt;">AB</span>',
      ['Anna Berg <a@x.example>'],
    ],
    [
      'an input',
      '<label>E-mail <input value="a@x.example; b@x.example"></label>',
      ['a@x.example', 'b@x.example'],
    ],
    [
      'a definition list',
      '<dl><dt>Name</dt><dd>Anna Berg</dd><dt>E-mail</dt><dd>office@x.example</dd></dl>',
      ['Anna Berg <office@x.example>'],
    ],
  ])('%s', async (_, html, contacts) => {
    expect(await contactsOf(html)).toEqual(contacts);
  });
});

describe('finds nothing in', () => {
  test.each([
    [
      'scripts and styles',
      '<script>"a@x.example"</script><style>/* b@x.example */</style><template>c@x.example</template>',
    ],
    [
      'password and hidden fields',
      '<input type="password" value="a@x.example"><input type="hidden" value="b@x.example">',
    ],
    [
      'a sign-in form',
      '<form><input type="email" value="me@x.example"><input type="password"></form>',
    ],
    [
      'Cc and Bcc of a link that was not clicked',
      '<a href="mailto:?cc=a@x.example&amp;bcc=b@x.example">write</a>',
    ],
    [
      'broken data',
      '<script type="application/ld+json">{"email":"a@x.example"</script><a href="data:text/vcard;base64,%%%">x</a><a href="mailto:%E0%A4%A">x</a>',
    ],
    ['other data links', `<a href="data:text/plain,EMAIL:a@x.example">x</a>`],
    ['an empty page', ''],
  ])('%s', async (_, html) => {
    expect(await contactsOf(html)).toEqual([]);
  });
});

describe('each address comes once', () => {
  test('whatever its case, as its best source writes it, with its best name', async () => {
    const { contacts } = await search(`<p>ANNA@X.EXAMPLE</p><footer>anna@x.example</footer>
      <ul><li><b>Anna Berg</b> <a href="mailto:Anna@x.example">mail</a></li></ul>`);
    expect(contacts).toEqual([
      {
        name: 'Anna Berg',
        address: 'Anna@x.example',
        source: 'link',
        relation: 'page',
        doubts: [],
      },
    ]);
  });

  test('also when its domain is written in letters and in punycode', async () => {
    expect(await contactsOf('<p>a@bücher.example</p><p>a@xn--bcher-kva.example</p>')).toEqual([
      'a@bücher.example',
    ]);
  });
});

describe('the order', () => {
  test('puts links and fields before text, people before machines, and the edges of the page last', async () => {
    const { contacts } = await search(`<nav>me@x.example</nav><p>text@x.example</p>
      <p>no-reply@x.example</p><a href="mailto:link@x.example">x</a><label>Email<input value="field@x.example"></label>`);
    expect(contacts.map(({ address }) => address)).toEqual([
      'link@x.example',
      'field@x.example',
      'text@x.example',
      'me@x.example',
      'no-reply@x.example',
    ]);
  });

  test('puts the person first whom the heading names', async () => {
    const page =
      '<h1>Olu Okafor</h1><a href="mailto:anna@x.example">x</a><p>o.okafor@x.example</p>';
    expect((await contactsOf(page))[0]).toBe('Olu Okafor <o.okafor@x.example>');
  });
});

describe('looks into', () => {
  test('open shadow roots in shadow roots, and not into closed ones', async () => {
    const document = pageOf('<x-a></x-a><div id="plain"></div><x-c></x-c>');
    const outer = withShadow(document.querySelector('x-a'), '<x-b></x-b>');
    withShadow(outer.querySelector('x-b'), '<p>inner@x.example</p>');
    withShadow(document.querySelector('#plain'), '<p>plain@x.example</p>');
    const closed = document.querySelector('x-c')?.attachShadow({ mode: 'closed' });
    if (closed) closed.innerHTML = '<p>closed@x.example</p>';
    expect(await contactsOf(document)).toEqual(['inner@x.example', 'plain@x.example']);
  });

  test('a shadow root behind a list of any length, and those of every row when rows have them', async () => {
    const rows = Array.from({ length: 1_000 }, () => '<tr><td>row</td></tr>').join('');
    const behind = pageOf(`<div><table><tbody>${rows}</tbody></table><x-panel></x-panel></div>`);
    withShadow(behind.querySelector('x-panel'), 'panel@x.example');
    expect(await contactsOf(behind)).toEqual(['panel@x.example']);

    const among = pageOf(`<main>${'<p>row</p>'.repeat(900)}<x-panel></x-panel></main>`);
    withShadow(among.querySelector('x-panel'), 'panel@x.example');
    expect(await contactsOf(among)).toEqual(['panel@x.example']);

    const hosts = pageOf(`<main>${'<x-row></x-row>'.repeat(400)}</main>`);
    for (const [index, host] of [...hosts.querySelectorAll('x-row')].entries()) {
      withShadow(host, index > 390 ? `p${index}@x.example` : 'none');
    }
    expect(await contactsOf(hosts)).toHaveLength(9);
  });

  test('frames of the same origin, and frames in frames', async () => {
    const document = pageOf('<iframe></iframe>');
    const inside = (outer: Document | null | undefined): Document | null | undefined =>
      outer?.querySelector('iframe')?.contentDocument;
    const frame = inside(document);
    if (frame) frame.body.innerHTML = '<p>frame@x.example</p><iframe></iframe>';
    const deeper = inside(frame);
    if (deeper) deeper.body.innerHTML = '<p>deeper@x.example</p>';
    expect(await contactsOf(document)).toEqual(['frame@x.example', 'deeper@x.example']);
  });
});

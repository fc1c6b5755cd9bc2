import type { Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unpackPeople } from '../../utils/mail/mail.ts';
import { directoryPage } from '../bench/directory-page.ts';
import { openVirtualDisplay, type VirtualDisplay } from '../harness/display.ts';
import { eventually } from '../harness/eventually.ts';
import { chooseFromNativeMenu } from '../harness/native-menu.ts';
import { linkAccount, makeDraft, origin, pressSend } from '../harness/product-acts.ts';
import { askWorker } from '../harness/ask-worker.ts';
import { openStage, type Stage } from '../harness/stage.ts';
import { missing } from '../harness/tools.ts';

/* A right click on a page, by the real pointer in the real native menu. */

const PAGE = `<!doctype html><meta charset="utf-8"><title>Customers</title>
  <script>
    window.stolen = [];
    addEventListener('message', (event) => stolen.push(event.data));
  </script>
  <h1>Customers</h1>
  <p><a id="mailto" href="mailto:bob@example.com?cc=carol@example.com&bcc=boss@example.com&subject=Your%20fence&body=Dear%20Bob%2C%0A">Write</a></p>
  <table id="row"><tr><td>Dora <script>stolen.push('name')</script>&lt;img src=x onerror=alert(1)&gt; Duck</td><td>dora@example.com</td></tr></table>
  <p id="text">Nothing to see here, really nothing at all.</p>`;

describe.skipIf(missing('xvfb', 'xdotool') !== null)('“Write to …” in the native menu', () => {
  let display: VirtualDisplay;
  let stage: Stage;
  let crm: Page;

  beforeAll(async () => {
    display = await openVirtualDisplay();
    stage = await openStage({
      browser: { display: display.name },
      sites: {
        'crm.example': ({ url }, response) => {
          response.setHeader('Content-Type', 'text/html');
          response.end(url === '/list' ? directoryPage(1_200) : PAGE);
        },
      },
    });
    await linkAccount(stage);
    crm = await stage.browser.visit('https://crm.example/');
  });
  afterAll(async () => {
    await stage.close();
    await display.close();
  });

  const composeAfter = async (selector: string, kind: 'link' | 'page'): Promise<Page> => {
    const open = (): number =>
      stage.browser.puppeteer
        .targets()
        .filter((target) => target.url().startsWith(origin(stage, 'compose.html'))).length;
    const before = open();
    await chooseFromNativeMenu(crm, {
      display: display.name,
      selector,
      kind,
      until: () => Promise.resolve(open() > before),
    });
    const compose = await stage.browser.newWindow(origin(stage, 'compose.html'));
    await compose.waitForSelector('#to');
    return compose;
  };

  it('fills in what a mailto link asks for, Cc and Bcc in sight, and sends it', async () => {
    const compose = await composeAfter('#mailto', 'link');
    const text = await compose.evaluate(() => document.body.innerText);
    for (const address of ['bob@example.com', 'carol@example.com', 'boss@example.com']) {
      expect(text).toContain(address);
    }
    expect(await compose.$eval('#subject', (field) => (field as HTMLInputElement).value)).toBe(
      'Your fence',
    );
    await pressSend(compose);
    const mail = await stage.inbox.waitFor('boss@example.com');
    expect(mail.subject).toBe('Your fence');
    expect((await mail.source()).toString()).not.toMatch(/^bcc:/im);
  });

  it('offers whom it finds on the page, as text and nothing but text', async () => {
    const compose = await composeAfter('#text', 'page');
    const html = await compose.evaluate(() => document.documentElement.outerHTML);
    expect(html).toContain('dora@example.com');
    expect(await compose.$('img[src="x"]')).toBeNull();
  });

  it('opens with the best of a long list, and has all of it for a merge', async () => {
    await crm.goto('https://crm.example/list');
    const compose = await composeAfter('h1', 'page');
    await compose.waitForFunction(() => document.body.innerText.includes('Show all 50'));
    const id = new URL(compose.url()).searchParams.get('draft') ?? '';
    const people = await eventually(
      async () => {
        const draft = await askWorker(compose, 'drafts.open', { id });
        return draft?.alsoFound ? unpackPeople(draft.alsoFound) : null;
      },
      { withinMs: 20_000, what: 'everybody on the list' },
    );
    expect(people).toHaveLength(1_150);
    expect(people.filter(({ name }) => name !== '').length).toBeGreaterThan(1_100);
    await crm.goto('https://crm.example/');
  });

  it('gives the page nothing: no message, no file of ours, no way to the worker', async () => {
    const seen = await crm.evaluate(async (own) => {
      const tried = {
        stolen: (globalThis as unknown as { stolen: unknown[] }).stolen,
        runtime: typeof (globalThis as { chrome?: { runtime?: unknown } }).chrome?.runtime,
        traces: 'posternRead' in globalThis,
        file: await fetch(`${own}/popup.html`).then(
          () => 'read',
          () => 'refused',
        ),
      };
      return tried;
    }, `chrome-extension://${stage.browser.extensionId}`);
    expect(seen).toEqual({
      stolen: ['name'],
      runtime: 'undefined',
      traces: false,
      file: 'refused',
    });
    const framed = await crm.evaluate(
      (address) =>
        new Promise((resolve) => {
          const frame = document.createElement('iframe');
          frame.addEventListener('load', () => {
            try {
              resolve(frame.contentDocument === null ? 'closed' : 'open');
            } catch {
              resolve('closed');
            }
          });
          frame.src = address;
          document.body.append(frame);
        }),
      origin(stage, 'compose.html'),
    );
    expect(framed).toBe('closed');
    expect(crm.frames().some((frame) => frame.url().includes('compose.html'))).toBe(false);
  });

  it('refuses 2,000 messages that come from a script in the page', async () => {
    const popup = await stage.browser.openPage('popup.html');
    const draft = await makeDraft(popup, { to: 'nobody@example.com', subject: 'Not', text: 'Not' });
    const before = stage.google.deliveries.length;
    const answers = await popup.evaluate(
      async (url, id) => {
        const [tab] = (await chrome.tabs.query({})).filter((each) => each.title === 'Customers');
        const [ran] = await chrome.scripting.executeScript({
          target: { tabId: tab?.id ?? 0 },
          args: [url, id],
          func: async (_url: string, draftId: string) => {
            const names = [
              'outbox.send',
              'accounts.list',
              'drafts.open',
              'privacy.erase-everything',
            ];
            const odd: unknown[] = [null, 'x', 7, [], { name: '__proto__' }, { request: {} }];
            const seen = new Set<string>();
            for (let index = 0; index < 2_000; index += 1) {
              const message: unknown =
                index % 3 === 0
                  ? odd[index % odd.length]
                  : { name: names[index % names.length], request: { id: draftId }, from: 'page' };
              seen.add(JSON.stringify(await chrome.runtime.sendMessage(message)));
            }
            return [...seen];
          },
        });
        return ran?.result ?? [];
      },
      crm.url(),
      draft,
    );
    expect(answers).toHaveLength(1);
    expect(answers[0]).toContain('not-allowed');
    expect(stage.google.deliveries).toHaveLength(before);
    const { accounts } = await askWorker(popup, 'accounts.list', {});
    expect(accounts).toHaveLength(1);
  });
});

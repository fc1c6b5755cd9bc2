import type { Page } from 'puppeteer';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { allowHost } from '../harness/allow-host.ts';
import { askWorker } from '../harness/ask-worker.ts';
import { eventually } from '../harness/eventually.ts';
import { openVirtualDisplay, type VirtualDisplay } from '../harness/display.ts';
import {
  linkAccount,
  makeDraft,
  OPENING,
  reaches,
  SLICE,
  stateOf,
} from '../harness/product-acts.ts';
import { openStage, type Stage } from '../harness/stage.ts';
import { missing } from '../harness/tools.ts';

/*
 * What Google's upload host lets a page read could not be tried, so Postern must live with all of it:
 * a mail whose answers are hidden waits for one click, and is sent once.
 */

const HOST = 'gmail.googleapis.com';
/** Several slices, so that there is an answer in the middle. */
const LONG = 'A line that is as long as lines are.\n'.repeat(45_000);

describe.skipIf(missing('xvfb', 'xdotool') !== null)(
  'a mail whose answers the browser hides',
  () => {
    let display: VirtualDisplay;
    let stage: Stage;
    let page: Page;

    const begin = async (): Promise<void> => {
      stage = await openStage({ browser: { display: display.name } });
      await linkAccount(stage);
      page = await stage.browser.openPage('popup.html');
    };
    const send = async (text: string): Promise<string> => {
      const id = await makeDraft(page, { to: 'bob@example.com', subject: 'Hidden', text });
      await askWorker(page, 'outbox.send', { id });
      return id;
    };

    beforeAll(async () => {
      display = await openVirtualDisplay();
    });
    afterAll(() => display.close());
    afterEach(() => stage.close());

    it.each([
      ['by hidden headers when the session is opened', OPENING, 'hidden'],
      ['by refused CORS when the session is opened', OPENING, 'refused'],
    ] as const)(
      '%s waits before a byte has left, and goes when the host is allowed',
      async (...row) => {
        const [, match, mode] = row;
        await begin();
        stage.router.cors.only(match, mode);
        const id = await send('Hello');
        await reaches(page, id, { kind: 'waiting-for-host' });
        expect(stage.router.log.requests(SLICE)).toEqual([]);
        await allowHost(page, { display: display.name, host: HOST });
        await reaches(page, id, { kind: 'sent' });
        expect(stage.google.deliveries).toHaveLength(1);
      },
    );

    it.each([
      ['to the last slice, by hidden headers', SLICE, 'hidden', 'short'],
      ['to the last slice, by refused CORS', SLICE, 'refused', 'short'],
      ['in the middle, by hidden headers', SLICE, 'hidden', LONG],
      ['in the middle, by refused CORS', SLICE, 'refused', LONG],
      ['to every slice and question', { host: HOST, method: 'PUT' }, 'refused', LONG],
    ] as const)('%s is sent exactly once', async (...row) => {
      const [, match, mode, text] = row;
      await begin();
      stage.router.cors.only(match, mode);
      if (mode === 'refused') {
        // The bytes arrive all the same: only the preflight must pass.
        stage.router.cors.only({ host: HOST, method: 'OPTIONS' }, 'exposed');
      }
      const id = await send(text);
      const stopped = await eventually(
        async () => {
          const state = await stateOf(page, id);
          return state?.kind === 'sent' || state?.kind === 'waiting-for-host' ? state : null;
        },
        { withinMs: 60_000, what: 'the mail to be sent, or to wait for the host' },
      );
      if (stopped.kind === 'waiting-for-host') {
        await allowHost(page, { display: display.name, host: HOST });
      }
      await reaches(page, id, { kind: 'sent', withinMs: 60_000 });
      await stage.google.settled();
      expect(stage.google.deliveries).toHaveLength(1);
    });
  },
);

import { askWorker } from '../harness/ask-worker.ts';
import { makeDraft, reaches } from '../harness/product-acts.ts';
import type { Stage } from '../harness/stage.ts';
import { rowOf, type Line } from './table.ts';

/** What Gmail can't be asked with less: one request that opens the upload session, one that fills it. */
const leastRequests = 2;

/** How many requests a mail costs when the access token is still good. */
export async function sendRows(stage: Stage): Promise<readonly Line[]> {
  return [
    await rowOf('requests for one mail, token warm', async () => {
      const page = await stage.browser.openPage('options.html');
      const send = async (to: string): Promise<void> => {
        const id = await makeDraft(page, { to, subject: 'Bench', text: 'One line.' });
        await askWorker(page, 'outbox.send', { id });
        await reaches(page, id, { kind: 'sent' });
      };
      await send('first@example.com'); // whatever the first one has to fetch, the second need not
      stage.router.log.clear();
      await send('second@example.com');
      await page.close();
      const requests = stage.router.log.all.filter(({ method }) => method !== 'OPTIONS').length;
      const preflights = stage.router.log.all.length - requests;
      return {
        ours: `${requests} (and ${preflights} preflights)`,
        floor: `${leastRequests}`,
        measure: `${requests}`,
        budget: `= ${leastRequests}`,
        within: requests === leastRequests,
      };
    }),
  ];
}

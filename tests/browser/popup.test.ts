import { expect, it } from 'vitest';
import { launchBrowser } from '../harness/browser.ts';

it('opens its popup at its full size, which the browser takes from what is in it', async () => {
  const browser = await launchBrowser();
  try {
    const tab = await browser.visit('data:text/html,<p>A page</p>');
    const popup = await browser.clickToolbarIcon(tab);
    await popup.waitForSelector('#first-run');
    const size = await popup.evaluate(() => ({ width: innerWidth, height: innerHeight }));
    expect(size).toEqual({ width: 380, height: 520 });
  } finally {
    await browser.close();
  }
});

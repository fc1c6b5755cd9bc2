import type { Page } from 'puppeteer';
import type { BrowserOptions, TestBrowser } from '../harness/browser.ts';
import { openStage, type Stage, type StageOptions } from '../harness/stage.ts';
import { demoClient } from '../peers/google/google-defaults.ts';
import { demoMicrosoftClient } from '../peers/microsoft/microsoft-defaults.ts';
import { createCrmSite } from './crm/crm-site.ts';
import { buildDemo } from './demo-build.ts';

/** Where the small CRM of the demo lives. */
export const CRM_HOST = 'crm.example';

/** Opens pages in tabs, the last one in front, and closes the empty tab that the browser began with. */
export async function openTabs(
  browser: TestBrowser,
  urls: readonly string[],
): Promise<readonly Page[]> {
  const [empty] = await browser.puppeteer.pages();
  const pages: Page[] = [];
  for (const url of urls) pages.push(await browser.visit(url));
  await empty?.close();
  return pages;
}

/** Builds the extension and opens everything that a demo needs, all of it on this machine. */
export async function openDemoStage(
  browser: Pick<BrowserOptions, 'display' | 'forPeople'>,
  ports: StageOptions['ports'] = {},
): Promise<Stage> {
  const extensionDir = await buildDemo({
    gmail: demoClient([]).id,
    outlook: demoMicrosoftClient([]).id,
  });
  return openStage({
    browser: { ...browser, extensionDir },
    sites: { [CRM_HOST]: createCrmSite() },
    ports,
  });
}

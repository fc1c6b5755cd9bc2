import type { Page } from 'puppeteer';
import type { AnswerOf, MessageName, RequestOf } from '../../utils/messaging/messaging.ts';

/**
 * Asks the worker from an extension page, by the same message that the pages of the product send.
 * @throws Error with the worker's own code when it refuses.
 */
export async function askWorker<Name extends MessageName>(
  page: Page,
  name: Name,
  request: RequestOf<Name>,
): Promise<AnswerOf<Name>> {
  const answer = await page.evaluate(
    (message): Promise<unknown> => chrome.runtime.sendMessage(message),
    { name, request },
  );
  const result = answer as
    | { ok: true; value: AnswerOf<Name> }
    | { ok: false; error: { code: string; userText: string } }
    | undefined;
  if (result?.ok === true) return result.value;
  const why = result ? `${result.error.code}: ${result.error.userText}` : 'no answer';
  throw new Error(`${name} was refused (${why})`);
}

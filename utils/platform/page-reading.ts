import type { Scripting } from 'webextension-polyfill';
import type { Clock, PageClick, PageWish } from './platform.ts';
import { PageError, type PageSilence } from './page-error.ts';

/** A search gives up after two seconds; a page that is busy needs longer to begin. Then the person waits no more. */
const LIMIT_MS = 5_000;
/** How often a page is asked that gave no answer: it may have been about to become another. */
const MOST_TRIES = 3;
const BETWEEN_TRIES_MS = 150;

/** With what a page is read. */
export interface PageReadingParts {
  /** `scripting.executeScript`. */
  readonly execute: (
    injection: Scripting.ScriptInjection,
  ) => Promise<readonly Pick<Scripting.InjectionResult, 'result'>[]>;
  readonly clock: Pick<Clock, 'sleep'>;
  /** Leaves the function `posternRead` in its own world. */
  readonly scriptFile: string;
}

/**
 * Reads the page's main frame. Frames of the same origin are read from there; the right that a
 * click gives (activeTab) does not reach the others. Resolves to what the script found.
 * @throws PageError after some seconds at the latest
 */
export async function readPage(
  parts: PageReadingParts,
  tabId: number,
  wanted: PageClick & PageWish,
): Promise<unknown> {
  const ended = new AbortController();
  const late = parts.clock.sleep(LIMIT_MS, ended.signal).then((): never => {
    throw new PageError('no-answer');
  });
  try {
    return await Promise.race([readWithRetries(parts, tabId, wanted), late]);
  } finally {
    late.catch(() => undefined);
    ended.abort();
  }
}

async function readWithRetries(
  parts: PageReadingParts,
  tabId: number,
  wanted: PageClick & PageWish,
): Promise<unknown> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await readOnce(parts, tabId, wanted);
    } catch (error) {
      const reason = error instanceof PageError ? error : refusal(error);
      const isFinal = reason.code === 'not-allowed' && !NOT_YET.test(wordsOf(error));
      if (isFinal || tried === MOST_TRIES) throw reason;
      await parts.clock.sleep(BETWEEN_TRIES_MS);
    }
  }
}

/**
 * First the script, which only leaves a function in its own world, then the call, which brings the click
 * and takes the answer along: were the click left there first, a page that changes in between would lose it.
 */
async function readOnce(
  { execute, scriptFile }: PageReadingParts,
  tabId: number,
  wanted: PageClick & PageWish,
): Promise<unknown> {
  // A page that is still loading is read as the person sees it: they clicked on something in it.
  const target = { target: { tabId }, injectImmediately: true };
  await execute({ ...target, files: [scriptFile] });
  const [answer] = await execute({
    ...target,
    func: callReader,
    args: [wanted],
  });
  return foundIn(answer?.result);
}

/** Runs in the page, so that nothing around it is there. */
function callReader(wanted: unknown): unknown {
  const read: unknown = Reflect.get(globalThis, 'posternRead');
  return typeof read === 'function' ? (Reflect.apply(read, null, [wanted]) as unknown) : null;
}

function foundIn(result: unknown): unknown {
  if (typeof result !== 'object' || result === null) throw new PageError('gone');
  if ('found' in result) return result.found;
  const said: Partial<Record<string, unknown>> = { ...result };
  throw new PageError(`failed: ${word(said['name'])} ${word(said['at'])}`);
}

function word(said: unknown): string {
  return typeof said === 'string' ? said.slice(0, MAX_WORD_CHARS) : '';
}

const MAX_WORD_CHARS = 40;

/** The browser's reasons by their words, for the log alone: the words themselves may hold the page's address. */
const REASONS: readonly (readonly [RegExp, PageSilence])[] = [
  [
    /cannot access|cannot be scripted|must request permission|missing host permission|error page/i,
    'not-allowed',
  ],
  [/could not load|unable to load/i, 'no-script'],
  [/no tab|no frame|removed|closed|destroyed|detached|invalid tab/i, 'gone'],
];

/**
 * Also said where the page may be read: the right that the click gives reaches a busy page by another way than
 * our script, and later (seen in Chromium 156 in three of ten clicks on a page that was busy nine tenths of the time).
 */
const NOT_YET = /must request permission/i;

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : '';
}

function refusal(error: unknown): PageError {
  const words = wordsOf(error);
  const [, code] = REASONS.find(([pattern]) => pattern.test(words)) ?? [null, 'refused' as const];
  return new PageError(code, { cause: error });
}

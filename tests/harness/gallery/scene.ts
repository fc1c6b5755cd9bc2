import type { FakeClient, Script } from '../fake-client.ts';

/** One page in one state, by a scripted worker. Shown by the gallery, and walked by the tests. */
export interface Scene {
  readonly page: 'popup' | 'compose' | 'options' | 'merge' | 'outbox';
  /** Unique within its page; in kebab-case, since pictures are called by it. */
  readonly name: string;
  readonly script: Script;
  /** `#accounts` and the like. */
  readonly hash?: string;
  /** What the person does, and the worker by itself, before one looks. */
  readonly act?: (page: HTMLElement, client: FakeClient) => Promise<void>;
}

/** Waits until the page has drawn what its answers changed. */
export async function drawn(): Promise<void> {
  for (let round = 0; round < 4; round += 1) {
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
}

/** Waits until the page shows something. @throws Error when it does not come. */
async function shown<T>(what: string, look: () => T | null | undefined): Promise<T> {
  for (let round = 0; round < 200; round += 1) {
    const found = look();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error(`the page does not show ${what}`);
}

/** Clicks the first button or link with these words, once it is there. @throws Error when it does not come. */
export async function press(page: HTMLElement, words: string): Promise<void> {
  const button = await shown(`a button “${words}”`, () =>
    [...page.querySelectorAll<HTMLElement>('button, a, summary')].find((one) =>
      (one.getAttribute('aria-label') ?? one.textContent).includes(words),
    ),
  );
  button.click();
  await drawn();
}

/** Types into a field once it is there, as far as scripts can. @throws Error when it does not come. */
export async function type(page: HTMLElement, selector: string, text: string): Promise<void> {
  const field = await shown(selector, () =>
    page.querySelector<HTMLInputElement | HTMLTextAreaElement>(selector),
  );
  field.value = text;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  await drawn();
}

/** Chooses in a list once it is there. @throws Error when it does not come. */
export async function choose(page: HTMLElement, selector: string, value: string): Promise<void> {
  const field = await shown(selector, () => page.querySelector<HTMLSelectElement>(selector));
  field.value = value;
  field.dispatchEvent(new Event('change', { bubbles: true }));
  await drawn();
}

/** Gives a file to a field, as somebody who chose one. @throws Error when it does not come. */
export async function giveFile(page: HTMLElement, selector: string, text: string): Promise<void> {
  const field = await shown(selector, () => page.querySelector<HTMLInputElement>(selector));
  const file = new File([text], 'settings.json', { type: 'application/json' });
  Object.defineProperty(field, 'files', { value: [file], configurable: true });
  field.dispatchEvent(new Event('change', { bubbles: true }));
  await drawn();
}

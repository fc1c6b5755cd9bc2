import { options, render, type ComponentChildren } from 'preact';
import { keepFocus } from '../../components/live/keep-focus.ts';
import { ToolsContext, type Tools } from '../../components/live/tools.ts';
import { createFakeClient, type FakeClient, type Script } from '../harness/fake-client.ts';
import { noticesOf } from '../harness/fake-notices.ts';
import { NO_PASSKEYS } from '../harness/fake-passkeys.ts';
import { NOW } from '../harness/gallery/sample-records.ts';

// Preact's own way waits for a frame and for a timer, and the later of them asks for a window that a
// busy machine has taken down already.
options.requestAnimationFrame = (callback) => void setTimeout(callback);

/** A component on a page of its own, with a scripted worker. */
export interface Mounted {
  readonly place: HTMLElement;
  readonly client: FakeClient;
  /** The element. @throws Error when there is none. */
  find(selector: string): HTMLElement;
  /** What stands in a field. @throws Error when there is none. */
  value(selector: string): string;
  /** The button or link with these words or this label. @throws Error when there is none. */
  button(words: string): HTMLElement;
  text(): string;
  unmount(): void;
}

/** Draws a component into the document, alone. */
export function mount(
  draw: (client: FakeClient) => ComponentChildren,
  script: Script = {},
  more: Partial<Tools> = {},
): Mounted {
  const client = createFakeClient(script);
  const tools: Tools = {
    client,
    hostPermissions: {
      request: () => Promise.resolve(true),
      remove: () => Promise.resolve(true),
    },
    notices: noticesOf({ agrees: true }),
    passkeys: NO_PASSKEYS,
    clock: { now: () => NOW },
    close: () => {},
    saveFile: () => {},
    ...more,
  };
  const place = document.createElement('div');
  document.body.replaceChildren(place);
  keepFocus(place);
  render(<ToolsContext.Provider value={tools}>{draw(client)}</ToolsContext.Provider>, place);
  const find = (selector: string): HTMLElement => {
    const found = place.querySelector<HTMLElement>(selector);
    if (!found) throw new Error(`nothing matches ${selector} in ${place.innerHTML}`);
    return found;
  };
  return {
    place,
    client,
    find,
    value(selector) {
      const field = find(selector);
      if ('value' in field && typeof field.value === 'string') return field.value;
      throw new Error(`${selector} is no field`);
    },
    button(words) {
      const all = [...place.querySelectorAll<HTMLElement>('button, a')];
      const found = all.find((one) =>
        (one.getAttribute('aria-label') ?? one.textContent).trim().startsWith(words),
      );
      if (!found) {
        throw new Error(`no “${words}” among ${all.map((one) => one.textContent).join(' / ')}`);
      }
      return found;
    },
    text: () => place.textContent,
    unmount: () => render(null, place),
  };
}

/** Lets answers come and their changes be drawn. Works with real and with fake timers. */
export async function settled(): Promise<void> {
  for (let round = 0; round < 6; round += 1) {
    await Promise.resolve();
    await new Promise<void>((resolve) => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => {
        channel.port1.close();
        resolve();
      };
      channel.port2.postMessage(null);
    });
  }
}

/** Types a text into a field, at its end or instead of what is there. */
export async function write(field: HTMLElement, text: string): Promise<void> {
  if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) {
    throw new Error('not a field');
  }
  field.focus();
  field.value = text;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  await settled();
}

/** Presses a key where the focus is. True when the page took the key for itself. */
export async function key(name: string, more: KeyboardEventInit = {}): Promise<boolean> {
  const target = document.activeElement ?? document.body;
  const event = new KeyboardEvent('keydown', {
    key: name,
    bubbles: true,
    cancelable: true,
    ...more,
  });
  target.dispatchEvent(event);
  await settled();
  return event.defaultPrevented;
}

/** Clicks, and lets the page answer. */
export async function click(element: HTMLElement): Promise<void> {
  element.click();
  await settled();
}

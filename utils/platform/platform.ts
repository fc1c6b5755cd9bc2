/**
 * Room `platform`: everything that the browser gives us, behind plain shapes.
 *
 * It is the only room that touches webextension-polyfill (in `browser-platform.ts`); every other
 * room takes the shapes below as arguments, so that tests run it with a fake clock and an
 * in-memory browser. It knows nothing of mail. Called by the composition root and by page mounts.
 */
export { fromBase64url, toBase64url } from './base64url.ts';
export { letGo } from './let-go.ts';
export { createDatabase, reading, type Database } from './database.ts';
export { PageError, type PageAnswer, type PageSilence } from './page-error.ts';
export {
  createStoredDatabases,
  type StoreCount,
  type StoredDatabases,
} from './stored-databases.ts';

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type EpochMs = number;

/** Time. The fake one in tests moves only when told to. */
export interface Clock {
  now(): EpochMs;
  /** Resolves after `delayMs`; resolves early, without an error, when `signal` aborts. */
  sleep(delayMs: number, signal?: AbortSignal): Promise<void>;
}

/** Cryptographically strong randomness. */
export interface Random {
  bytes(length: number): Uint8Array<ArrayBuffer>;
  /** A version 4 UUID (RFC 9562). */
  uuid(): string;
  /** A number in [0, 1), for jitter only. */
  fraction(): number;
}

/** One storage area (local, session …). Values are JSON. */
export interface StorageArea {
  /** The stored value, or null when there is none. */
  get(key: string): Promise<unknown>;
  set(key: string, value: unknown): Promise<void>;
  remove(key: string): Promise<void>;
  /** Every key with its value. */
  entries(): Promise<ReadonlyMap<string, unknown>>;
  clear(): Promise<void>;
}

/** Named alarms that outlive the worker. The browser may fire them late, never early. */
export interface Alarms {
  /**
   * Fires at `at` and then every minute until it is set anew or cleared: a worker that ends in its
   * first moment, before it could set anything, is woken again. Replaces an alarm of the same name.
   */
  setAt(name: string, at: EpochMs): Promise<void>;
  clear(name: string): Promise<void>;
}

/** Whether somebody is there. `locked`: the screen is. */
export type Presence = 'active' | 'idle' | 'locked';

/** Tells when nobody has touched the device for a while (chrome.idle). */
export interface Idle {
  /** From now on `idle` is told after this long. 15 s at least. */
  tellAfter(delayMs: number): void;
  /** How it is now, where `idle` means untouched for this long. */
  presence(untouchedMs: number): Promise<Presence>;
}

/** Runs work while a chrome call every ≤ 20 s keeps the worker from being ended as idle. */
export interface KeepAlive {
  during<T>(work: () => Promise<T>): Promise<T>;
}

/** Outcome of the browser's window for authorisation (identity.launchWebAuthFlow). */
export type WebAuthOutcome =
  | { readonly kind: 'redirected'; readonly url: string }
  /** A non-interactive attempt met a page that went nowhere by itself: it wants the person, or is slow. */
  | { readonly kind: 'interaction-required' }
  /** The page was not there in time. */
  | { readonly kind: 'timeout' }
  /** The person closed the window. */
  | { readonly kind: 'cancelled' }
  /** The page could not be loaded (offline, refused, or an error page of the provider). */
  | { readonly kind: 'failed'; readonly detail: string };

/** The browser's window for authorisation. */
export interface WebAuth {
  /** The redirect URI for a provider's path; exact, to be registered with the provider. */
  redirectUri(path: string): string;
  launch(request: {
    readonly url: string;
    readonly interactive: boolean;
    readonly timeoutMs: number;
  }): Promise<WebAuthOutcome>;
}

/** How asking for a passkey ended. Everything is base64url. */
export type PasskeyOutcome =
  | {
      readonly kind: 'answered';
      /** What has to be asked the next time. */
      readonly question: { readonly credentialId: string; readonly prfInput: string };
      /** Secret: the output of the PRF extension, 32 bytes. */
      readonly answer: { readonly prfOutput: string };
    }
  /** The person said no, the passkey is not here, or time ran out: browsers don't tell which. */
  | { readonly kind: 'cancelled' }
  /** This passkey or this browser lacks the PRF extension. */
  | { readonly kind: 'no-prf' }
  /** `name` is that of the browser's error. */
  | { readonly kind: 'failed'; readonly name: string };

/** Passkeys with the PRF extension of WebAuthn, for pages: a worker has none. Never rejects. */
export interface Passkeys {
  /** False where the browser has no WebAuthn at all. */
  isHere(): boolean;
  /** Makes a new one for this extension. Must be called in answer to a click. */
  create(): Promise<PasskeyOutcome>;
  ask(question: {
    readonly credentialId: string;
    readonly prfInput: string;
  }): Promise<PasskeyOutcome>;
}

/** Optional host permissions. */
export interface HostPermissions {
  has(hosts: readonly string[]): Promise<boolean>;
  /** Must be called in answer to a click, before any await. Resolves to the person's answer. */
  request(hosts: readonly string[]): Promise<boolean>;
  /** Every optional host that is granted now, as match patterns. */
  granted(): Promise<readonly string[]>;
  remove(hosts: readonly string[]): Promise<boolean>;
}

/** Notifications of the system: off until the person allows them, and whenever they take that back. */
export interface Notices {
  allowed(): Promise<boolean>;
  /** Must be called in answer to a click, before any await. Resolves to the person's answer. */
  allow(): Promise<boolean>;
  /** Gives the right back. False when it was not held. */
  forbid(): Promise<boolean>;
  /** Shows one, in the place of the one before; nothing where they are not allowed. */
  show(notice: { readonly title: string; readonly text: string }): Promise<void>;
}

/** What the browser keeps for us outside of storage. */
export interface Traces {
  /** Clears every alarm, what the badge says, and every notification that is shown. */
  clear(): Promise<void>;
  /** Gives back every optional right and host that is held. After `clear`, which may need one. */
  withdrawRights(): Promise<void>;
}

/** Who sent a message. */
export interface Sender {
  /** True only for a page of this extension, loaded from this extension's own origin. */
  readonly ownPage: boolean;
  /** The path of that page, such as `/compose.html`; '' for anybody else. */
  readonly path: string;
}

/** Answers messages. Whatever it resolves to is sent back; it must not reject. */
export type MessageListener = (message: unknown, sender: Sender) => Promise<unknown>;

/** Messages between pages and worker. */
export interface Channel {
  /** Asks the worker. Rejects when no worker answers. */
  ask(message: unknown): Promise<unknown>;
  /** The same by structured clone: typed arrays arrive as what they are. Rejects when no answer comes in 8 s. */
  askByClone(message: unknown): Promise<unknown>;
  /** Tells every open page of ours. Never rejects: there may be none. */
  tell(news: unknown): void;
  /** Hears what the worker tells. Returns the way to stop listening. */
  onTold(listener: (news: unknown) => void): () => void;
}

/** What the person touches of the browser itself: windows, the badge, the context menu. */
export interface Surface {
  /** Opens a page of ours in a small window, or brings it to the front when it is open. */
  openWindow(path: string): Promise<void>;
  /** Opens a page of ours in a tab. */
  openTab(path: string): Promise<void>;
  /** '' clears the badge. `title` is what the toolbar button says on hover. */
  showBadge(text: string, title: string): Promise<void>;
  /** What the badge says now; '' after the browser has started. */
  badgeText(): Promise<string>;
  /** Replaces our context menu by one entry. */
  setMenu(title: string): Promise<void>;
  /**
   * Runs a script of ours in the clicked page and resolves to what it found, after some seconds at the latest.
   * @throws PageError when there is nothing to be had from the page.
   */
  readPage(tabId: number, wanted: PageClick & PageWish): Promise<unknown>;
}

/** What was under the pointer. Null where there was no such thing. */
export interface PageClick {
  readonly linkUrl: string | null;
  readonly selectionText: string | null;
}

/** What is wanted of a page. */
export interface PageWish {
  /** As many contacts at most; absent: as many as a person looks through. */
  readonly mostContacts?: number;
}

/** A click on our entry of the context menu. */
export interface MenuClick extends PageClick {
  readonly tabId: number | null;
}

/** What the browser gives a page of ours. */
export interface PageBrowser {
  readonly channel: Channel;
  readonly hostPermissions: HostPermissions;
  readonly notices: Notices;
  readonly passkeys: Passkeys;
}

/** Writes down what went wrong, as names and codes: never a message text, which may hold content. */
export interface Log {
  report(where: string, error: unknown): void;
}

/** A string that must never be printed: it shows as `[secret]` wherever it is turned into text. */
export interface Secret {
  /** The clear value. Only the room that puts it on the wire calls this. */
  reveal(): string;
  toString(): '[secret]';
  toJSON(): '[secret]';
}

/** Hides a string from logs, JSON and error texts. */
export function secret(value: string): Secret {
  const hidden = '[secret]' as const;
  return { reveal: () => value, toString: () => hidden, toJSON: () => hidden };
}

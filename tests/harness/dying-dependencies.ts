import type { Dying, WorkerParts } from './mail-world.ts';

/**
 * A worker that ends at one of its calls to the world: before the call is made, or after it was
 * done and before its answer is heard. From then on nothing that the worker does has an effect:
 * each call that it makes waits for ever. What calls there are is counted in a run that lives, so
 * the points come from the code itself and not from a list.
 */
export interface DyingWorker extends Dying {
  /** The calls that were made, in order, such as `store.change`. */
  readonly calls: readonly string[];
  /** Which call it ended at; null when it lived. */
  readonly diedAt: string | null;
}

/** Where a worker ends. `call` counts from 0. */
export interface Death {
  readonly call: number;
  /** `during` for requests with a body only: a part of it has arrived. Elsewhere it is like `before`. */
  readonly when: 'before' | 'during' | 'after';
}

/** Makes a request and breaks its connection in the middle of the body. */
export type BreakInside = (
  request: (signal: AbortSignal) => Promise<Response>,
  method: string,
) => Promise<void>;

/**
 * A worker that ends there; null for one that lives and only counts. `meanwhile` happens before each
 * call, numbered from 0: what else goes on in the world just then. What it throws, the call throws.
 */
export function createDyingWorker(
  death: Death | null,
  breakInside: BreakInside,
  meanwhile: (call: number, name: string) => Promise<void> = () => Promise.resolve(),
): DyingWorker {
  const calls: string[] = [];
  const ended = Promise.withResolvers<undefined>();
  let diedAt: string | null = null;

  function die(name: string, when: Death['when']): Promise<never> {
    diedAt ??= `${when} ${name}`;
    ended.resolve(undefined);
    return forever();
  }

  const isDead = (): boolean => diedAt !== null;

  async function through<T>(name: string, call: () => Promise<T>): Promise<T> {
    if (isDead()) return forever();
    const number = calls.push(name) - 1;
    const mine = death?.call === number ? death.when : null;
    if (mine === 'before' || mine === 'during') return die(name, 'before');
    await meanwhile(number, name);
    const answer = await call();
    if (mine === 'after') return die(name, 'after');
    // It may have ended at another call while this one was under way.
    return isDead() ? forever() : answer;
  }

  const fetching =
    (real: typeof fetch): typeof fetch =>
    async (input, init) => {
      const name = `fetch ${init?.method ?? ''}`;
      const mine = death?.call === calls.length && death.when === 'during';
      const { method } = init ?? {};
      if (!mine || isDead() || (method !== 'PUT' && method !== 'POST') || !init?.body) {
        return through(name, () => real(input, init));
      }
      calls.push(name);
      await breakInside((signal) => real(input, { ...init, signal }), method);
      return die(name, 'during');
    };

  return {
    calls,
    ended: ended.promise,
    end: () => void die('the world', 'after'),
    get diedAt() {
      return diedAt;
    },
    wrap: (parts) => ({
      store: wrapped('store', parts.store, through),
      vault: wrapped('vault', parts.vault, through),
      alarms: wrapped('alarms', parts.alarms, through),
      accounts: {
        ...wrapped('accounts', parts.accounts, through),
        provider: (id) => parts.accounts.provider(id),
      },
      fetch: fetching(parts.fetch),
      canReadAllHeaders: (host) =>
        through('canReadAllHeaders', () => parts.canReadAllHeaders(host)),
    }),
  };
}

type Through = <T>(name: string, call: () => Promise<T>) => Promise<T>;

/** Every method of these parts gives a promise, but for `accounts.provider`, which is set anew above. */
function wrapped<P extends WorkerParts[keyof WorkerParts]>(
  room: string,
  part: P,
  through: Through,
): P {
  return new Proxy(part, {
    get(target, key, receiver) {
      const member: unknown = Reflect.get(target, key, receiver);
      if (typeof member !== 'function' || typeof key !== 'string') return member;
      return (...args: unknown[]) =>
        through(`${room}.${key}`, () => Reflect.apply(member, target, args) as Promise<unknown>);
    },
    // Spread copies own members: they have to be the wrapped ones.
    ownKeys: (target) => Reflect.ownKeys(target),
  });
}

function forever(): Promise<never> {
  return new Promise<never>(() => undefined);
}

/** What a module gives to others, by the names that the bundler chose. */
export type Exports = Record<string, unknown>;

/** A part's code: it fills `exports`, and gets what it needs of others by `require`. */
export type PartCode = (exports: Exports, require: (path: string) => Exports) => void;

/** What is used of a worker's global scope. */
export interface PartScope {
  /** In a service worker: a script that it imported while it was being installed, at any later time. */
  importScripts(...paths: string[]): void;
  readonly serviceWorker: { readonly state: string };
  /** Each part's file hands in its code by this, and does nothing else. */
  definePart?: (file: string, code: PartCode) => void;
}

/**
 * Gives the worker's `require`. What it gives of a part is empty-handed: the part's file is read and
 * run when one of its names is first used. While the worker is being installed every file is read
 * once, unused, because the browser keeps those and refuses all others afterwards.
 *
 * The build writes this function into the head of background.js as it stands here: it uses nothing
 * from outside of itself (docs/decisions/0012-a-worker-in-parts.md).
 * @param main what background.js gives to parts; filled when its own code has run
 */
export function loadParts(
  scope: PartScope,
  main: Exports,
  files: readonly string[],
): (path: string) => Exports {
  const codes = new Map<string, PartCode>();
  const used = new Map<string, Exports>();
  scope.definePart = (file, code) => void codes.set(file, code);

  const use = (file: string): Exports => {
    const there = used.get(file);
    if (there) return there;
    if (Object.keys(main).length === 0) throw new Error(`${file} is used in the first tick`);
    if (!codes.has(file)) scope.importScripts(`/parts/${file}`);
    const exports: Exports = {};
    used.set(file, exports);
    codes.get(file)?.(exports, require);
    return exports;
  };
  const handles = new Map([['background.js', main]]);
  for (const file of files) {
    handles.set(
      file,
      new Proxy<Exports>({}, { get: (_, name) => Reflect.get(use(file), name) as unknown }),
    );
  }
  const require = (path: string): Exports => {
    const handle = handles.get(path.split('/').pop() ?? '');
    if (!handle) throw new Error(`${path} is no part`);
    return handle;
  };

  if (scope.serviceWorker.state === 'parsed' || scope.serviceWorker.state === 'installing') {
    scope.importScripts(...files.map((file) => `/parts/${file}`));
  }
  return require;
}

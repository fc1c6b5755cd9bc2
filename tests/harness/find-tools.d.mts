/** Types for find-tools.mjs, which stays plain JavaScript so that a bare Node 20 can run it. */

/** A program that tests can do without; they are skipped, with the reason, when it is missing. */
export type OptionalTool = 'xvfb' | 'xdotool' | 'firefox' | 'python' | 'pythonGoogle';

/** Where puppeteer's own download goes. */
export const browserCacheDir: string;

/** The full path of a command, or null. */
export function which(
  name: string,
  env?: NodeJS.ProcessEnv,
  platform?: NodeJS.Platform,
): string | null;

/** A Chromium that starts, or null. Throws when POSTERN_BROWSER names one that does not. */
export function findBrowser(options?: {
  readonly env?: NodeJS.ProcessEnv;
  readonly platform?: NodeJS.Platform;
  readonly cacheDir?: string;
  readonly tryOut?: (path: string, platform: NodeJS.Platform) => boolean;
}): string | null;

/** A Python that can import the module, or null. */
export function findPython(module: string, env?: NodeJS.ProcessEnv): string | null;

/** Whether a window could be shown to a person here. */
export function hasDisplay(env?: NodeJS.ProcessEnv, platform?: NodeJS.Platform): boolean;

/** What tests can do without, with Debian's packages for it and the sentence that tells its absence. */
export const optionalTools: Readonly<
  Record<
    OptionalTool,
    {
      readonly debian: readonly string[];
      readonly missing: string;
      readonly find: () => string | null;
    }
  >
>;

/** The path of an optional tool, or null. */
export function findTool(name: OptionalTool): string | null;

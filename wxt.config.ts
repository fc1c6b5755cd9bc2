import preact from '@preact/preset-vite';
import { readdirSync } from 'node:fs';
import type { Plugin } from 'vite';
import { defineConfig } from 'wxt';
import { pageChunks } from './bundling/page-chunks.ts';
import { workerInParts } from './bundling/worker-parts.ts';
import type { ProviderDeclaration } from './utils/providers/providers.ts';

/**
 * The public half of a key pair whose private half was thrown away: it gives unpacked copies one
 * id. The stores give their own, and refuse a package that brings one (`npm run zip`).
 */
const DEVELOPMENT_KEY =
  'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAryKOHv/mjOv0xvfuVKVys1XBSoJsFBJC9zEeDgCkudavT6i/h0X92zaKcLUajcwlcMkoTRyo8/jlmcPwikZ+oE+sHud+acTXki5YwL3xKf0uwANvsXGHdNHK4Edy/qzo5h7d+wfhu9fR0IrE7oZVcwCmAfAsY82ECS1yKULccHKL9S7LIu+tTvx4YoyDTIO75evHShTY4MWcgciGhcmmvbrfgqEF8nOdQMmSNrqwj8XS57B6hDbpP0ofKehDSQnDdYIZy5lcqquJRtFT5A1LpGxBYXU7awByuU6N1vm4CO5EGeFwTNt/o+29RQHK0UcCYAjssUjjevTqF1poUgFwEQIDAQAB';

const PERMISSIONS = [
  'identity',
  'storage',
  'unlimitedStorage',
  'alarms',
  'contextMenus',
  'activeTab',
  'scripting',
  'idle',
];

/** Asked for by a click in the settings, and given back there (docs/decisions/0010). */
const OPTIONAL_PERMISSIONS = ['notifications'];

/** Every provider that has a folder with a declaration. */
async function readDeclarations(): Promise<readonly ProviderDeclaration[]> {
  const folder = new URL('./utils/providers/', import.meta.url);
  const names = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  return Promise.all(
    names.map(async (name) => {
      const module = (await import(new URL(`${name}/declaration.ts`, folder).href)) as {
        declaration: ProviderDeclaration;
      };
      return module.declaration;
    }),
  );
}

/** What our pages and our worker may load and call. Pages narrow `connect-src` to nothing by their own meta. */
function contentSecurityPolicy(hosts: readonly string[]): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' blob: data:",
    "frame-src 'self'",
    "form-action 'none'",
    "base-uri 'none'",
    "object-src 'none'",
    `connect-src ${hosts.map((host) => `https://${host}`).join(' ')}`,
  ].join('; ');
}

/** Required by addons.mozilla.org: what the extension hands to others, here to the person's own provider. */
const FIREFOX = {
  gecko: {
    id: '{5d0f3c52-7d55-4b0e-9c3f-2a61c4f0b8de}',
    strict_min_version: '142.0',
    data_collection_permissions: {
      required: [
        'personalCommunications',
        'personallyIdentifyingInfo',
        'authenticationInfo',
        'websiteContent',
      ],
    },
  },
};

/**
 * The popup's styles stand in the page itself: it paints as soon as it is read, without a request for
 * each file. (The policy allows styles of our own pages; scripts stay in files.) The other pages share
 * theirs.
 */
function stylesInPopup(): Plugin {
  const linked = new Set<string>();
  const inlined = new Set<string>();
  return {
    name: 'styles-in-popup',
    enforce: 'post',
    transformIndexHtml: {
      order: 'post',
      handler: (html, { bundle, path }) =>
        html.replace(
          /\s*<link rel="stylesheet"[^>]*href="\/([^"]+)"[^>]*>/g,
          (link, file: string) => {
            const asset = bundle?.[file];
            if (!path.includes('/popup/') || asset?.type !== 'asset') {
              linked.add(file);
              return link;
            }
            inlined.add(file);
            return `<style>${asset.source.toString()}</style>`;
          },
        ),
    },
    generateBundle(_options, bundle) {
      for (const file of inlined) if (!linked.has(file)) Reflect.deleteProperty(bundle, file);
    },
  };
}

/**
 * Chromium's own API gives promises since Manifest V3, so there the polyfill would only wrap what is
 * right already, at each start of the worker (docs/decisions/0009-no-polyfill-in-chromium.md).
 */
function browserOfChromium(): Plugin {
  return {
    name: 'browser-of-chromium',
    enforce: 'pre',
    resolveId: (id) => (id === 'webextension-polyfill' ? '\0browser-of-chromium' : null),
    load: (id) => (id === '\0browser-of-chromium' ? 'export default globalThis.chrome;' : null),
  };
}

const declarations = await readDeclarations();
const hosts = declarations.flatMap((declaration) => declaration.hosts);
const hostsOfFirefox = declarations.flatMap(({ hostsToAllowInFirefox }) => hostsToAllowInFirefox);

/** What may be read across origins: nothing at install, but what does not work in Firefox otherwise. */
function hostPermissions(browser: string): Record<string, readonly string[]> {
  const required = browser === 'firefox' ? hostsOfFirefox : [];
  const pattern = (host: string): string => `https://${host}/*`;
  return {
    ...(required.length > 0 && { host_permissions: required.map(pattern) }),
    optional_host_permissions: hosts.filter((host) => !required.includes(host)).map(pattern),
  };
}

// WXT takes the mode's name for the environment: what the stores get would be built as for development.
if (process.env['NODE_ENV'] !== 'development') process.env['NODE_ENV'] = 'production';

export default defineConfig({
  imports: false,
  modules: ['@wxt-dev/webextension-polyfill'],
  manifest: ({ browser, mode }) => ({
    name: 'Postern',
    short_name: 'Postern',
    description:
      'Send mail from the page you are on, through the Gmail or Outlook account you already own.',
    permissions: PERMISSIONS,
    optional_permissions: OPTIONAL_PERMISSIONS,
    ...hostPermissions(browser),
    content_security_policy: { extension_pages: contentSecurityPolicy(hosts) },
    incognito: 'not_allowed',
    ...(browser === 'firefox'
      ? { browser_specific_settings: FIREFOX }
      : { minimum_chrome_version: '126', ...(mode === 'store' ? {} : { key: DEVELOPMENT_KEY }) }),
  }),
  vite: ({ browser }) => ({
    plugins: [
      preact(),
      pageChunks(),
      stylesInPopup(),
      ...(browser === 'firefox' ? [] : [browserOfChromium(), workerInParts()]),
    ],
    // Every browser that we run in knows how to preload modules; the stand-in would carry a fetch.
    build: { target: ['chrome126', 'firefox142'], modulePreload: { polyfill: false } },
  }),
});

import browser, { type Permissions } from 'webextension-polyfill';
import type { Traces } from './platform.ts';

type Permission = NonNullable<Permissions.Permissions['permissions']>[number];

/** What the browser keeps for us outside of storage. */
export function createTraces(): Traces {
  return {
    async clear() {
      await browser.alarms.clearAll();
      await browser.action.setBadgeText({ text: '' });
      // There only with the optional right to it, which the person may never have given.
      if (!(await browser.permissions.contains({ permissions: ['notifications'] }))) return;
      const shown = Object.keys(await browser.notifications.getAll());
      await Promise.all(shown.map((id) => browser.notifications.clear(id)));
    },
    async withdrawRights() {
      const manifest = browser.runtime.getManifest();
      const held = await browser.permissions.getAll();
      const optional: readonly string[] = manifest.optional_permissions ?? [];
      const permissions = (held.permissions ?? []).filter((name): name is Permission =>
        optional.includes(name),
      );
      const origins = held.origins ?? [];
      if (permissions.length + origins.length === 0) return;
      await browser.permissions.remove({ permissions, origins });
    },
  };
}

import type { Notices } from '../../utils/platform/platform.ts';

/** A system that nobody has allowed to notify them; the person answers as told. */
export function noticesOf(person: { readonly agrees: boolean }): Notices & { shown: number } {
  let on = false;
  const notices = {
    shown: 0,
    allowed: () => Promise.resolve(on),
    allow: () => Promise.resolve((on = person.agrees)),
    forbid: () => {
      on = false;
      return Promise.resolve(true);
    },
    show: () => {
      if (on) notices.shown += 1;
      return Promise.resolve();
    },
  };
  return notices;
}

import * as z from 'zod/mini';
import { once } from '../once/once.ts';

/** Nothing of it has to be known on the way to version 4. */
const version3 = once(() => z.looseObject({}));

/**
 * Makes a record of version 4 from one of version 3, which knew no pause between renewals.
 * @throws ZodError for what is no record of version 3
 */
export function fromVersion3(older: unknown): unknown {
  return { ...version3().parse(older), renewalPause: null };
}

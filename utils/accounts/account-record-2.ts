import * as z from 'zod/mini';
import { once } from '../once/once.ts';

/** As far as the way to version 3 needs it; the rest is passed on as it is. */
const version2 = once(() => z.looseObject({ aliases: z.array(z.looseObject({})) }));

/**
 * Makes a record of version 3 from one of version 2, which knew no other senders than aliases.
 * @throws ZodError for what is no record of version 2
 */
export function fromVersion2(older: unknown): unknown {
  const { aliases, ...record } = version2().parse(older);
  return { ...record, otherSenders: aliases.map((alias) => ({ ...alias, kind: 'alias' })) };
}

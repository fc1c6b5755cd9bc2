import * as z from 'zod/mini';
import { once } from '../once/once.ts';

/** As far as the way to version 2 needs it; the rest is passed on as it is. */
const version1 = once(() =>
  z.looseObject({
    refreshTokens: z.array(z.looseObject({})),
    linkedAt: z.number(),
  }),
);

/**
 * Makes a record of version 2 from one of version 1, which knew no order, label, colour, aliases,
 * kind of account or end of a refresh token.
 * @throws ZodError for what is no record of version 1
 */
export function fromVersion1(older: unknown): unknown {
  const record = version1().parse(older);
  return {
    ...record,
    signInName: null,
    tenant: null,
    accountType: null,
    label: '',
    colour: null,
    aliases: [],
    // They were shown oldest first.
    position: record.linkedAt,
    carriesMore: [],
    refreshTokens: record.refreshTokens.map((token) => ({ ...token, endsAt: null })),
    signedInAt: record.linkedAt,
    silentAt: null,
  };
}

import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import {
  accessTokenRecords,
  accountRecords,
  clientRecords,
} from '../../utils/accounts/accounts.ts';
import { suppressionRecords } from '../../utils/suppressions/suppressions.ts';

/*
 * A sealed record of the present version is read without a schema (docs/decisions/0015), so a version is one
 * shape for ever. When this fails, the shape of a version was changed that may lie on a person's
 * disk: give the record a new version and a migration, and that version a file of its own beside
 * the older ones.
 */
describe('the shape of a sealed record', () => {
  it.for([accountRecords, clientRecords, accessTokenRecords, suppressionRecords])(
    'is for ever what its version was given: $kind $version',
    async ({ kind, version, schema }) => {
      const shape = JSON.stringify(z.toJSONSchema(schema()), null, 2);
      await expect(`${shape}\n`).toMatchFileSnapshot(`record-shapes/${kind}-${version}.json`);
    },
  );
});

import * as z from 'zod/mini';
import { once } from '../once/once.ts';
import { MERGE_LIMITS } from './merge-limits.ts';
import { tableTrouble } from './table.ts';

const keptPlan = once(() =>
  z.object({
    table: z.object({
      columns: z.readonly(z.array(z.string())),
      rows: z.readonly(z.array(z.readonly(z.array(z.string())))),
    }),
    /** Which columns say whom to write to. -1 for none. */
    columns: z.object({ address: z.int(), name: z.int() }),
    /** Whether recipients get a way to unsubscribe. */
    unsubscribe: z.boolean(),
  }),
);

/** What a merge was going to be sent with, beside its text: kept until the first mail of it leaves. */
export type KeptPlan = z.infer<ReturnType<typeof keptPlan>>;

/** A plan as one text, which is stored and handed on without a look at each cell; '' for one that is too long to keep. */
export function packPlan(plan: KeptPlan): string {
  const packed = JSON.stringify(plan);
  return packed.length > MERGE_LIMITS.planChars ? '' : packed;
}

/** Null for '', and for what is no plan or holds no table that can be worked on. */
export function unpackPlan(packed: string): KeptPlan | null {
  if (packed === '') return null;
  const parsed = keptPlan().safeParse(jsonOf(packed));
  return parsed.success && tableTrouble(parsed.data.table) === null ? parsed.data : null;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

import { MERGE_LIMITS } from './merge-limits.ts';
import { tableTrouble, type MergeTable } from './table.ts';

/** What a merge was going to be sent with, beside its text: kept until the first mail of it leaves. */
export interface KeptPlan {
  readonly table: MergeTable;
  /** Which columns say whom to write to. -1 for none. */
  readonly columns: { readonly address: number; readonly name: number };
  /** Whether recipients get a way to unsubscribe. */
  readonly unsubscribe: boolean;
  /** Whether the person agreed to more days than one. False in a plan from before it was kept. */
  readonly spread: boolean;
}

/** A plan as one text, which is stored and handed on without a look at each cell; '' for one that is too long to keep. */
export function packPlan(plan: KeptPlan): string {
  const packed = JSON.stringify(plan);
  return packed.length > MERGE_LIMITS.planChars ? '' : packed;
}

/** Null for '', and for what is no plan or holds no table that can be worked on. */
export function unpackPlan(packed: string): KeptPlan | null {
  if (packed === '') return null;
  const said = fieldsOf(jsonOf(packed));
  const table = tableOf(fieldsOf(said['table']));
  const { address, name } = fieldsOf(said['columns']);
  const { unsubscribe } = said;
  if (table === null || typeof unsubscribe !== 'boolean') return null;
  if (!isColumn(address) || !isColumn(name)) return null;
  return { table, columns: { address, name }, unsubscribe, spread: said['spread'] === true };
}

// Read by hand: no page carries zod for this one text.
type Fields = Readonly<Record<string, unknown>>;

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function tableOf({ columns, rows }: Fields): MergeTable | null {
  if (!isTexts(columns) || !Array.isArray(rows) || !rows.every(isTexts)) return null;
  const table = { columns, rows };
  return tableTrouble(table) === null ? table : null;
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}

function isColumn(value: unknown): value is number {
  return Number.isInteger(value);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

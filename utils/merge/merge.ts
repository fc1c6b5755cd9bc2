/**
 * Room `merge`: one text and a table become one mail for each row.
 *
 * Pure: fields `{{first name|there}}` in subject and text, which rows of a table get a mail and why
 * the others don't, how many go on which day, and bytes of a file as text. What stands in a table is text and nothing else: it is filled in once and never read as a field, a
 * formula or a header. It refuses what is too large before working on it. Called by outbox and by
 * the merge page.
 */
export { columnFor, fieldNameOf, guessColumns, type ChosenColumns } from './columns.ts';
export { decodeText, ENCODINGS, type Decoded, type Encoding } from './decode-text.ts';
export { fillContent, type MergeRecipient } from './fill-content.ts';
export { MERGE_LIMITS } from './merge-limits.ts';
export { judgeRows, type LeftOut, type JudgedRow, type Verdict } from './judge-rows.ts';
export { packPlan, unpackPlan, type KeptPlan } from './kept-plan.ts';
export { daysFor, planDays } from './spread.ts';
export { tableTrouble, type MergeTable, type TableTrouble } from './table.ts';
export { fieldsIn, fillText, looseBraces, type Field } from './template.ts';

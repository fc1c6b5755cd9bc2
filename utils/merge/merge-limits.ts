/** How much a merge takes: enough for a mailing by hand, and little enough for one message and one transaction. */
export const MERGE_LIMITS = {
  /** Recipients of one merge. */
  recipients: 2000,
  /** Rows that are read of a table; more are not worked on. */
  rows: 10_000,
  columns: 100,
  cellChars: 10_000,
  /** A whole file, in bytes. */
  fileBytes: 10_000_000,
  /** A whole table, in UTF-16 units. */
  tableChars: 5_000_000,
  /** A packed plan, in UTF-16 units: a whole table with its quotes. One that is longer is not kept. */
  planChars: 20_000_000,
  /** All mails of a merge together, in UTF-16 units. */
  batchChars: 40_000_000,
} as const;

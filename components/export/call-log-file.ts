import type { CallView } from '../../utils/messaging/messaging.ts';
import type { FileToSave } from '../live/save-file.ts';
import { toCsv } from './csv.ts';

/** The forms that the log can be saved in. */
export type LogForm = 'json' | 'csv';

const COLUMNS = [
  'at',
  'host',
  'purpose',
  'accountId',
  'requestBytes',
  'answerBytes',
  'durationMs',
  'status',
  'result',
  'requestId',
] as const satisfies readonly (keyof CallView)[];

/** The log as a file. Times are ISO 8601 in UTC; accounts are random ids, never addresses. */
export function callLogFile(calls: readonly CallView[], form: LogForm, now: number): FileToSave {
  const name = `postern-calls-${new Date(now).toISOString().slice(0, 10)}.${form}`;
  const rows = calls.map((call) => ({ ...call, at: new Date(call.at).toISOString() }));
  if (form === 'json') {
    const text = `${JSON.stringify({ format: 'postern-call-log', version: 1, calls: rows }, null, 2)}\n`;
    return { name, mediaType: 'application/json', text };
  }
  const lines = rows.map((row) => COLUMNS.map((column) => row[column]));
  return { name, mediaType: 'text/csv;charset=utf-8', text: toCsv([COLUMNS, ...lines]) };
}

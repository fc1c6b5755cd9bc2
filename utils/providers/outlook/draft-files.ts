import * as z from 'zod/mini';
import type { AttachmentReference } from '../../mail/mail.ts';
import { once } from '../../once/once.ts';
import { parsedJson } from '../providers.ts';
import { wholeFile } from './file-bytes.ts';
import {
  askGraph,
  askToMake,
  isMade,
  isRemoved,
  LONG_MS,
  type Act,
  type Said,
  type Wire,
} from './graph-call.ts';
import { askList } from './graph-pages.ts';
import { pathOf } from './mail-lookup.ts';

/** A file of a draft, as Outlook lists it. */
export interface FoundFile {
  readonly id: string;
  readonly name: string;
  /** As stored: a little more than the file's own bytes. 0 when it was not told. */
  readonly size: number;
}

const ids = once(() => z.object({ id: z.string().check(z.minLength(1), z.maxLength(2_048)) }));
const found = once(() =>
  z.object({
    id: z.string().check(z.minLength(1), z.maxLength(2_048)),
    name: z.optional(z.unknown()),
    size: z.optional(z.unknown()),
  }),
);

/** Puts a file to a draft in one request; gives its id, or `unread` where only the list tells it. */
export async function postFile(
  wire: Wire,
  act: Act,
  { draftId, file }: { readonly draftId: string; readonly file: AttachmentReference },
): Promise<Said<string>> {
  const whole = await wholeFile(act.job.parts, file);
  return askToMake(wire, act, {
    method: 'POST',
    path: `${pathOf(draftId)}/attachments`,
    fields: '$select=id',
    rung: 'drafts',
    purpose: 'upload-file',
    body: { type: 'application/json', text: JSON.stringify(whole) },
    timeoutMs: LONG_MS,
    read: (answer) =>
      isMade(answer) ? (ids().safeParse(parsedJson(answer.text)).data?.id ?? 'unread') : null,
  });
}

/** What files a draft has. */
export function listFiles(
  wire: Wire,
  act: Act,
  draftId: string,
): Promise<Said<readonly FoundFile[]>> {
  return askList(wire, act, {
    path: `${pathOf(draftId)}/attachments?$select=id,name,size`,
    rung: 'drafts',
    purpose: 'find-mail',
    itemOf: fileIn,
  });
}

function fileIn(value: unknown): FoundFile | null {
  const read = found().safeParse(value);
  if (!read.success) return null;
  const { id, name, size } = read.data;
  const sizeBytes = typeof size === 'number' || typeof size === 'string' ? Number(size) : 0;
  return {
    id,
    name: typeof name === 'string' ? name : '',
    size: Number.isFinite(sizeBytes) ? sizeBytes : 0,
  };
}

/** Takes a file out of a draft. */
export function removeFile(
  wire: Wire,
  act: Act,
  { draftId, fileId }: { readonly draftId: string; readonly fileId: string },
): Promise<Said<true>> {
  return askGraph(wire, act, {
    method: 'DELETE',
    path: `${pathOf(draftId)}/attachments/${encodeURIComponent(fileId)}`,
    rung: 'drafts',
    purpose: 'discard-draft',
    read: (answer) => (isRemoved(answer) ? true : null),
  });
}

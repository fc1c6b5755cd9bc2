import * as z from 'zod/mini';
import type { AttachmentReference } from '../../mail/mail.ts';
import { once } from '../../once/once.ts';
import { parsedJson } from '../providers.ts';
import { wholeFile } from './file-bytes.ts';
import { askGraph, LONG_MS, type Act, type Said, type Wire } from './graph-call.ts';
import { pathOf } from './mail-lookup.ts';

/** A file of a draft, as Outlook lists it. */
export interface FoundFile {
  readonly id: string;
  readonly name: string;
  /** As stored: a little more than the file's own bytes. */
  readonly size: number;
}

const ids = once(() => z.object({ id: z.string().check(z.minLength(1), z.maxLength(2_048)) }));
const list = once(() =>
  z.object({
    value: z.array(
      z.object({
        id: z.string().check(z.minLength(1), z.maxLength(2_048)),
        name: z._default(z.nullable(z.string()), ''),
        size: z._default(z.number(), 0),
      }),
    ),
  }),
);

/** Puts a file to a draft in one request; gives its id, or `unread` where only the list tells it. */
export async function postFile(
  wire: Wire,
  act: Act,
  { draftId, file }: { readonly draftId: string; readonly file: AttachmentReference },
): Promise<Said<string>> {
  const whole = await wholeFile(act.job.parts, file);
  return askGraph(wire, act, {
    method: 'POST',
    path: `${pathOf(draftId)}/attachments?$select=id`,
    rung: 'drafts',
    purpose: 'upload-file',
    body: { type: 'application/json', text: JSON.stringify(whole) },
    timeoutMs: LONG_MS,
    read: ({ status, text }) =>
      status === 201 ? (ids().safeParse(parsedJson(text)).data?.id ?? 'unread') : null,
  });
}

/** What files a draft has. */
export function listFiles(
  wire: Wire,
  act: Act,
  draftId: string,
): Promise<Said<readonly FoundFile[]>> {
  return askGraph(wire, act, {
    method: 'GET',
    path: `${pathOf(draftId)}/attachments?$select=id,name,size`,
    rung: 'drafts',
    purpose: 'find-mail',
    read: ({ text }) =>
      list()
        .safeParse(parsedJson(text))
        .data?.value.map(({ name, ...rest }) => ({ ...rest, name: name ?? '' })) ?? null,
  });
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
    read: ({ status }) => (status === 204 ? true : null),
  });
}

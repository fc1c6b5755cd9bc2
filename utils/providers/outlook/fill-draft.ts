import type { AttachmentReference } from '../../mail/mail.ts';
import { endOfStuck } from '../providers.ts';
import { endOfPreparing, unknown, type Unsent } from './call-ending.ts';
import { listFiles, postFile, removeFile, type FoundFile } from './draft-files.ts';
import { handleOf, type Draft } from './draft-handle.ts';
import type { Act, Said, Wire } from './graph-call.ts';
import { draftBytes } from './draft-progress.ts';
import { graphFile } from './graph-mail.ts';
import { openUpload, uploadFile } from './upload-file.ts';

/** Below, a file goes in one request; from there on Outlook opens uploads (3 MB, as documented). */
const ONE_REQUEST_BYTES = 3_000_000;
/** The code for a draft that is not as it was written any more. */
export const DRAFT_CHANGED = 'draft_changed';
/** An upload that was forgotten, or takes nothing, is begun anew this often. */
const UPLOADS_OF_A_FILE = 2;

type Step =
  | { readonly kind: 'next'; readonly draft: Draft }
  | { readonly kind: 'end'; readonly outcome: Unsent };

/**
 * Puts the files to a draft, one by one and each written down, and looks in the end that it has
 * exactly these: a request that a browser repeated, or a worker that ended between the file and its
 * record, leaves one too many.
 */
export async function fillDraft(
  wire: Wire,
  act: Act,
  { draft: begun, resumed }: { readonly draft: Draft; readonly resumed: boolean },
): Promise<Draft | Unsent> {
  if (begun.complete) return begun;
  const { attachments } = act.job.parts.content;
  let step: Step = resumed
    ? await squared(wire, act, { draft: begun, justPut: false })
    : { kind: 'next', draft: begun };
  while (step.kind === 'next') {
    const { draft } = step;
    if (act.context.signal.aborted) return { kind: 'stopped' };
    const file = attachments[draft.files.length];
    if (!file) {
      step = await squared(wire, act, { draft, justPut: false });
      if (step.kind === 'end') return step.outcome;
      return await noted(act, { ...step.draft, complete: true });
    }
    step =
      file.sizeBytes <= ONE_REQUEST_BYTES
        ? await withPosted(wire, act, { draft, file })
        : await withUploaded(wire, act, { draft, file });
  }
  return step.outcome;
}

interface Adding {
  readonly draft: Draft;
  readonly file: AttachmentReference;
}

async function withPosted(wire: Wire, act: Act, { draft, file }: Adding): Promise<Step> {
  const said = await postFile(wire, act, { draftId: draft.id, file });
  if (said.kind !== 'said') return ended(said);
  if (said.value === 'unread') return await grown(wire, act, draft);
  const next = await noted(act, { ...draft, files: [...draft.files, said.value] });
  act.context.progress(draftBytes(act.job, next, 0));
  return { kind: 'next', draft: next };
}

/** The draft with the file that was just put to it, as its list tells. */
async function grown(wire: Wire, act: Act, draft: Draft): Promise<Step> {
  const step = await squared(wire, act, { draft, justPut: true });
  const came = step.kind === 'end' || step.draft.files.length > draft.files.length;
  return came ? step : { kind: 'end', outcome: unknown('strange-answer') };
}

async function withUploaded(wire: Wire, act: Act, adding: Adding): Promise<Step> {
  const { file } = adding;
  let { draft } = adding;
  for (let uploads = 0; uploads < UPLOADS_OF_A_FILE; uploads += 1) {
    const begun = draft.upload !== null;
    if (draft.upload === null) {
      const opened = await openUpload(wire, act, { draftId: draft.id, file });
      if (isTooSmall(opened)) return await withPosted(wire, act, { draft, file });
      if (opened.kind !== 'said') return ended(opened);
      draft = await noted(act, { ...draft, upload: opened.value });
    }
    const url = draft.upload;
    if (url === null) break;
    const current = draft;
    const progress = (storedBytes: number): void =>
      act.context.progress(draftBytes(act.job, current, storedBytes));
    const end = await uploadFile(wire, act, { url, file, begun, progress });
    if (end.kind !== 'done' && end.kind !== 'gone' && end.kind !== 'strange') return ended(end);
    const count = draft.files.length;
    // The list tells its id, and whether what is gone was finished before.
    const looking = { draft: { ...draft, upload: null }, justPut: end.kind === 'done' };
    const step = await squared(wire, act, looking);
    if (step.kind === 'end' || step.draft.files.length > count) return step;
    draft = step.draft;
  }
  return { kind: 'end', outcome: endOfStuck(act.context) ?? unknown('provider-error') };
}

/** Where Outlook draws the line between the two ways is not known to the byte. */
function isTooSmall(opened: Said<unknown>): boolean {
  return (
    opened.kind === 'rejected' &&
    opened.code === 'ErrorAttachmentSizeShouldNotBeLessThanMinimumSize'
  );
}

interface Looking {
  readonly draft: Draft;
  /** True when Outlook has just said that it has the next file. */
  readonly justPut: boolean;
}

/**
 * Makes record and draft agree. A file that is not in the record is the next one, if it looks like
 * it (files are put there one after the other, each whole or not at all); any other is taken out.
 * Should one of the record's be missing, somebody has changed the draft: it is not ours any more.
 */
async function squared(wire: Wire, act: Act, { draft, justPut }: Looking): Promise<Step> {
  const listed = await listFiles(wire, act, draft.id);
  if (listed.kind !== 'said') return ended(listed);
  const there = new Set(listed.value.map(({ id }) => id));
  if (!draft.files.every((id) => there.has(id))) {
    return { kind: 'end', outcome: { kind: 'rejected', code: DRAFT_CHANGED, detail: '' } };
  }
  const unnoted = listed.value.filter(({ id }) => !draft.files.includes(id));
  const next = act.job.parts.content.attachments[draft.files.length];
  const mine = next && nextAmong(unnoted, { next, justPut, html: act.job.parts.content.html });
  for (const { id } of unnoted) {
    if (id === mine?.id) continue;
    const removed = await removeFile(wire, act, { draftId: draft.id, fileId: id });
    if (removed.kind !== 'said' && removed.kind !== 'not-found') return ended(removed);
  }
  if (!mine) return { kind: 'next', draft };
  const files = [...draft.files, mine.id];
  return { kind: 'next', draft: await noted(act, { ...draft, files, upload: null }) };
}

/**
 * The next file among those that are not in the record. Exchange may store another name than it was
 * given; straight after it has said that it has the file, the only new one is that file all the same.
 */
function nextAmong(
  unnoted: readonly FoundFile[],
  about: {
    readonly next: AttachmentReference;
    readonly justPut: boolean;
    readonly html: string | null;
  },
): FoundFile | undefined {
  const { next, justPut, html } = about;
  const name = plainName(graphFile(next, html).name);
  const large = unnoted.filter(({ size }) => size >= next.sizeBytes);
  const named = large.find((found) => plainName(found.name) === name);
  return named ?? (justPut && unnoted.length === 1 ? large[0] : undefined);
}

function plainName(name: string): string {
  return name.normalize().trim();
}

async function noted(act: Act, draft: Draft): Promise<Draft> {
  await act.context.checkpoint(handleOf(draft));
  return draft;
}

function ended(answer: Exclude<Said<unknown>, { kind: 'said' }>): Step {
  return { kind: 'end', outcome: endOfPreparing(answer) };
}

import * as z from 'zod/mini';
import { once } from '../../once/once.ts';
import { secret, type Secret } from '../../platform/platform.ts';
import { parsedJson, type ResumeHandle } from '../providers.ts';
import { UPLOAD_HOSTS } from './upload-hosts.ts';

/** A draft in the mailbox, as far as it has come. It is what a handle holds. */
export interface Draft {
  /** Lasting: it stays when the message moves. */
  readonly id: string;
  /** Null when it was not told. */
  readonly conversationId: string | null;
  /** Ids of the files that have been put to it one by one, in the mail's order. */
  readonly files: readonly string[];
  /** Everything is in it: from here on whatever became of it is the whole mail. */
  readonly complete: boolean;
  /** Where the next file is being uploaded; null when that has not begun. */
  readonly upload: Secret | null;
}

/** Longer than any address that was ever seen, and short enough for every header. */
const MAX_URL_CHARS = 8_192;

const stored = once(() =>
  z.object({
    v: z.literal(1),
    id: z.string().check(z.minLength(1), z.maxLength(1_024)),
    conversationId: z.nullable(z.string()),
    files: z.array(z.string()),
    complete: z.boolean(),
    upload: z.nullable(z.string()),
  }),
);

/** The draft as a handle. */
export function handleOf(draft: Draft): ResumeHandle {
  const upload = draft.upload?.reveal() ?? null;
  return secret(JSON.stringify({ v: 1, ...draft, upload }));
}

/** The draft that a handle names; null for what is none of ours. */
export function draftOf(handle: ResumeHandle): Draft | null {
  const parsed = stored().safeParse(parsedJson(handle.reveal()));
  if (!parsed.success) return null;
  const { id, conversationId, files, complete, upload } = parsed.data;
  return {
    id,
    conversationId,
    files,
    complete,
    upload: upload === null ? null : uploadAddress(upload),
  };
}

/** The address of an upload as a secret, which it is; null when it leads anywhere but to Outlook. */
export function uploadAddress(text: string): Secret | null {
  const url = URL.parse(text);
  if (url?.protocol !== 'https:' || !UPLOAD_HOSTS.includes(url.host)) return null;
  if (url.username !== '' || url.password !== '' || url.hash !== '') return null;
  return url.href.length <= MAX_URL_CHARS ? secret(url.href) : null;
}

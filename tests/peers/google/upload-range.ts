/**
 * What a PUT to an upload session says of itself (developers.google.com/workspace/gmail/api/guides/uploads,
 * "Resumable upload"): a question for the status, a slice, or, without Content-Range, the whole message.
 */
export type UploadRange =
  | { readonly kind: 'status'; readonly totalBytes: number | null }
  | {
      readonly kind: 'slice';
      readonly from: number;
      /** Exclusive; null for a body without Content-Range, which runs to its end. */
      readonly to: number | null;
      /** Null while the client does not know (`*`). */
      readonly totalBytes: number | null;
    };

/** Reads Content-Range; null when it is not in one of the forms. */
export function readUploadRange(header: string | undefined): UploadRange | null {
  if (header === undefined) return { kind: 'slice', from: 0, to: null, totalBytes: null };
  const found = /^bytes (?:(\d+)-(\d+)|\*)\/(\d+|\*)$/.exec(header.trim());
  if (!found) return null;
  const [, first, last, total] = found;
  const totalBytes = total === undefined || total === '*' ? null : Number(total);
  if (first === undefined || last === undefined) return { kind: 'status', totalBytes };
  const [from, to] = [Number(first), Number(last) + 1];
  const sound = from < to && (totalBytes === null || to <= totalBytes);
  return sound ? { kind: 'slice', from, to, totalBytes } : null;
}

/** Slices are stored in multiples of this, all but the last (guides/uploads: "multiples of 256 KB"). */
export const GRANULE_BYTES = 262_144;

/** What is left of `bytes` when only whole granules are kept. */
export function wholeGranules(bytes: number): number {
  return bytes - (bytes % GRANULE_BYTES);
}

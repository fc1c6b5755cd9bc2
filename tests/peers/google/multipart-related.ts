/** One part of a multipart body. */
export interface BodyPart {
  /** Lower case names. */
  readonly headers: ReadonlyMap<string, string>;
  readonly content: Buffer;
}

/** Cuts a multipart body (RFC 2046 section 5.1) at its boundary; null when it is not one. */
export function splitMultipart(body: Buffer, contentType: string): readonly BodyPart[] | null {
  const found = /;\s*boundary=(?:"([^"]+)"|([^\s;]+))/i.exec(contentType);
  const boundary = found?.[1] ?? found?.[2];
  if (boundary === undefined) return null;
  const delimiter = Buffer.from(`--${boundary}`, 'latin1');
  const parts: BodyPart[] = [];
  let at = body.indexOf(delimiter);
  while (at >= 0) {
    const start = at + delimiter.length;
    if (body.toString('latin1', start, start + 2) === '--') return parts;
    const next = body.indexOf(delimiter, start);
    if (next < 0) return null;
    const part = onePart(body.subarray(start, next));
    if (!part) return null;
    parts.push(part);
    at = next;
  }
  return null;
}

function onePart(piece: Buffer): BodyPart | null {
  const text = piece.toString('latin1');
  // Past the line end of the delimiter; headers may be missing altogether.
  const found = /^[ \t]*\r?\n(?:([^]*?)\r?\n)?\r?\n/.exec(text);
  if (!found) return null;
  const headers = new Map<string, string>();
  for (const line of (found[1] ?? '').replaceAll(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const colon = line.indexOf(':');
    if (colon > 0) headers.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim());
  }
  // The line end before the next delimiter belongs to the delimiter.
  const end = text.endsWith('\r\n') ? -2 : text.endsWith('\n') ? -1 : piece.length;
  const content = Buffer.from(piece.subarray(found[0].length, end));
  const base64 = headers.get('content-transfer-encoding')?.toLowerCase() === 'base64';
  return { headers, content: base64 ? Buffer.from(content.toString('latin1'), 'base64') : content };
}

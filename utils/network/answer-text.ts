/** More than any answer that a room here has a use for, and little enough to hold. */
const MAX_ANSWER_BYTES = 1024 * 1024;

/** An answer's body as text (UTF-8), cut at 1 MiB: the rest is not fetched. */
export async function readText(
  body: ReadableStream<Uint8Array> | null,
): Promise<{ readonly text: string; readonly sizeBytes: number }> {
  if (!body) return { text: '', sizeBytes: 0 };
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let text = '';
  let sizeBytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return { text: text + decoder.decode(), sizeBytes };
    const piece = value.subarray(0, MAX_ANSWER_BYTES - sizeBytes);
    sizeBytes += piece.length;
    text += decoder.decode(piece, { stream: true });
    if (sizeBytes === MAX_ANSWER_BYTES) {
      await reader.cancel();
      return { text, sizeBytes };
    }
  }
}

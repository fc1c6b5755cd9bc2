/**
 * Decodes %XX as UTF-8 (RFC 6068 section 2, item 4). `+` is a plus sign there, never a space. Bytes
 * that are not UTF-8 become U+FFFD, and a `%` without two hex digits stays as it is: neither throws.
 */
export function percentDecode(text: string): string {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  return text.replace(/(?:%[\da-f]{2})+/gi, (run) => {
    const bytes = run.slice(1).split('%');
    return decoder.decode(Uint8Array.from(bytes, (hex) => Number.parseInt(hex, 16)));
  });
}

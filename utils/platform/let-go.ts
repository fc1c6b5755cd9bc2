/**
 * Frees the memory of bytes that nobody will read again, at once. Left to the collector, buffers pile
 * up to some 32 MB before it looks (measured in Chromium 156). Views into a larger buffer are left
 * alone: the rest of it is somebody else's.
 */
export function letGo({ buffer, byteLength }: Uint8Array): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0);
}

// Bytes that go to another thread whole, without a copy: whoever gives them away has them no longer.

/** The bytes in a buffer of their own: themselves, or a copy where they are a piece of a buffer that others have pieces of. */
export function movable(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer, byteLength } = bytes;
  return buffer instanceof ArrayBuffer && byteLength === buffer.byteLength
    ? (bytes as Uint8Array<ArrayBuffer>)
    : Uint8Array.from(bytes);
}

// JPEG (ITU-T T.81, JFIF, Exif): bytes in, a walk over the segments to the EOI marker out. Scan data is skipped with a
// fast search for 0xff; the segments' own shapes are checked in jpeg-segments.ts; nothing is decoded.

import { checkSegment, isFrame, readFrame } from './jpeg-segments.ts';
import { refuse } from './reasons.ts';
import { bufferOf, type Frame, measure, viewOf, type Walk } from './walk.ts';

const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const TEM = 0x01;

/** Walks a JPEG. */
export function walkJpeg(bytes: Uint8Array, limits: Frame): Walk {
  const damaged = (detail: string) => refuse('damaged', detail);
  if (bytes[0] !== 0xff || bytes[1] !== SOI) return damaged('no SOI marker');
  const view = viewOf(bytes);
  const search = bufferOf(bytes);

  let size: { width: number; height: number } | null = null;
  let components: readonly number[] = [];
  let scans = 0;

  for (let at = 2; ; ) {
    if (at + 2 > bytes.length) return refuse('truncated', 'no EOI marker');
    if (bytes[at] !== 0xff) return damaged(`no marker at ${at}`);
    // Any marker may be preceded by fill bytes (T.81, B.1.1.2).
    while (bytes[at + 1] === 0xff) at++;
    const marker = bytes[at + 1];
    if (marker === undefined) return refuse('truncated', 'no EOI marker');
    if (marker === EOI) {
      if (!size || scans === 0) return damaged('no picture before EOI');
      return { ok: true, type: 'jpg', ...size, end: at + 2 };
    }
    if (isStandalone(marker)) {
      at += 2;
      continue;
    }
    if (marker === SOI) return damaged('a second SOI marker');
    if (at + 4 > bytes.length) return refuse('truncated', 'no EOI marker');
    const length = view.getUint16(at + 2);
    const end = at + 2 + length;
    if (length < 2) return damaged(`segment 0x${marker.toString(16)} of ${length} bytes`);
    if (end > bytes.length) return refuse('truncated', `segment 0x${marker.toString(16)} is longer than the file`);
    const body = bytes.subarray(at + 4, end);

    if (isFrame(marker)) {
      if (size) return damaged('a second frame header');
      const frame = readFrame(marker, body);
      if (typeof frame === 'string') return damaged(frame);
      const refused = measure(frame.width, frame.height, limits);
      if (refused) return refused;
      size = { width: frame.width, height: frame.height };
      components = frame.components;
    } else {
      const wrong = checkSegment(marker, body, components);
      if (wrong !== null) return damaged(wrong);
    }
    at = end;
    if (marker === SOS) {
      if (!size) return damaged('a scan before the frame header');
      scans++;
      at = behindScan(search, end);
      if (at < 0) return refuse('truncated', 'no EOI marker');
      if (at === end) return damaged('a scan without data');
    }
  }
}

/** The offset of the first marker behind entropy-coded data: stuffed zeros and restart markers belong to the data. */
function behindScan(bytes: Buffer, from: number): number {
  for (let at = from; ; at++) {
    at = bytes.indexOf(0xff, at);
    if (at < 0 || at + 1 >= bytes.length) return -1;
    const next = bytes[at + 1] ?? 0;
    if (next === 0xff) continue;
    if (next !== 0 && !isRestart(next)) return at;
    at++;
  }
}

function isRestart(marker: number): boolean {
  return marker >= 0xd0 && marker <= 0xd7;
}

/** Markers without a length (T.81, table B.1). */
function isStandalone(marker: number): boolean {
  return marker === TEM || isRestart(marker);
}

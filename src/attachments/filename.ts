// File names from outside: a declared name and what the content is in; a name fit to be shown, and one fit to be
// offered for saving, out. Neither is ever used as a path of ours.

import { cleanLine } from '../mail/clean.ts';
import { extensionOf, PICTURE_NAMES } from './magic.ts';

const LONGEST = 150;
/** File systems take 255 bytes of UTF-8 for a name; what is put around it (a number, a mark) needs some of them. */
const LONGEST_BYTES = 200;
/** Names that Windows keeps for devices, with any extension. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d|conin\$|conout\$)(?:\.|$)/i;

/**
 * The name as it is shown: cleaned, cut to 150 characters with its extension kept. Where `type` is a picture's or an
 * archive's, a name with another extension is corrected: another picture's is replaced, any other gets one more.
 */
export function shownName(declared: string | null, type: string | null, path: string): string {
  const plain = cut(cleanLine(declared ?? '')) || `attachment-${path}`;
  return corrected(plain, type);
}

function corrected(name: string, type: string | null): string {
  const own = PICTURE_NAMES[type ?? ''] ?? (type === 'zip' || type === 'rar' ? [type] : null);
  if (own === null) return name;
  const extension = extensionOf(name);
  if (own.includes(extension)) return name;
  const others = Object.values(PICTURE_NAMES).flat();
  const stem = others.includes(extension) ? name.replace(/\.[^.]*$/, '') : name;
  return `${stem}.${own[0]}`;
}

/**
 * The name under which a file is offered for saving or sent on: one step of a path on any system, never a device, at
 * most 200 bytes of UTF-8.
 */
export function safeName(shown: string): string {
  const flat = shown
    .replace(/[/\\:*?"<>|%]/g, '_')
    .replace(/^[.\s-]+/, '')
    .replace(/[.\s]+$/, '');
  return fitting(DEVICE.test(flat) || flat === '' ? `_${flat}` : flat);
}

function fitting(name: string): string {
  if (Buffer.byteLength(name) <= LONGEST_BYTES) return name;
  const extension = extensionOf(name);
  const ending = extension === '' ? '' : `.${extension}`;
  const stem = Buffer.from(name.slice(0, name.length - ending.length)).subarray(0, LONGEST_BYTES - ending.length * 4);
  // a stream leaves out the character that the cut went through
  return new TextDecoder().decode(stem, { stream: true }) + ending;
}

function cut(name: string): string {
  const characters = Array.from(name);
  if (characters.length <= LONGEST) return name;
  const extension = extensionOf(name);
  const ending = extension === '' ? '' : `.${extension}`;
  return `${characters.slice(0, LONGEST - ending.length - 1).join('')}…${ending}`;
}

// File names from outside: a declared name and what the content is in; a name fit to be shown, and one fit to be
// offered for saving, out. Neither is ever used as a path of ours.

import { cleanLine } from '../mail/clean.ts';
import { extensionOf, PICTURE_NAMES } from './magic.ts';

const LONGEST = 150;
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

/** The name under which a file is offered for saving or sent on: one step of a path on any system, never a device. */
export function safeName(shown: string): string {
  const flat = shown
    .replace(/[/\\:*?"<>|%]/g, '_')
    .replace(/^[.\s-]+/, '')
    .replace(/[.\s]+$/, '');
  return DEVICE.test(flat) || flat === '' ? `_${flat}` : flat;
}

function cut(name: string): string {
  const characters = Array.from(name);
  if (characters.length <= LONGEST) return name;
  const extension = extensionOf(name);
  const ending = extension === '' ? '' : `.${extension}`;
  return `${characters.slice(0, LONGEST - ending.length - 1).join('')}…${ending}`;
}

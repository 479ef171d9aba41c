// What macOS and Windows leave in archives without being asked: an entry in, yes or no out. Name and content must both
// fit, so that nothing else travels under these names.

import { holds } from './walk.ts';

const LARGEST = 1024 * 1024;
const APPLE_DOUBLE = '\x00\x05\x16\x07';
const DS_STORE = '\x00\x00\x00\x01Bud1';
const COMPOUND_FILE = '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1';

/** True for an entry that is ignored. `path` is its folders and file name. */
export function isLitter(path: readonly string[], bytes: Uint8Array): boolean {
  const name = (path.at(-1) ?? '').toLowerCase();
  if (bytes.length > LARGEST) return false;
  if (name.startsWith('._')) return holds(bytes, 0, APPLE_DOUBLE);
  if (name === '.ds_store') return holds(bytes, 0, DS_STORE);
  if (name === 'thumbs.db') return holds(bytes, 0, COMPOUND_FILE);
  // Explorer writes it as text, in the system's charset or UTF-16.
  return name === 'desktop.ini' && bytes.length < 8192 && /^(?:\xff\xfe|\xef\xbb\xbf)?[\s\0]*[[;]/.test(head(bytes));
}

function head(bytes: Uint8Array): string {
  return Buffer.from(bytes.subarray(0, 64)).toString('latin1');
}

// An archive that declares more than the desk unpacks: the names of its files in, the refusal out. Where the names
// alone say that it holds no pictures, that is the reason which helps: packing it smaller would not.

import { type EntryName, pathOf } from './entry-name.ts';
import { extensionOf, isArchive, isPictureName } from './magic.ts';
import { type Refusal, refuse } from './reasons.ts';

/** Why an archive beyond `limit` bytes is refused without being unpacked. */
export function oversize(names: readonly EntryName[], limit: number): Refusal {
  // An archive in an archive is how bombs are built: that one is told as too large.
  const foreign = names.some((name) => {
    const file = pathOf(name)?.at(-1) ?? '';
    return file !== '' && !isPictureName(file) && !isArchive(extensionOf(file));
  });
  return foreign && names.every((name) => pathOf(name) !== null)
    ? refuse('archive-content', 'by its names, and too large to be opened')
    : refuse('archive-too-large', `more than ${limit} bytes`);
}

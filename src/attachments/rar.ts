// RAR 4 and 5: bytes in, every entry with its bytes to the visitor, a refusal or null out. Headers are judged first;
// then node-unrar-js unpacks entry by entry, in a worker thread only (it installs process-wide handlers), counted.

import { named, pathOf } from './entry-name.ts';
import { oversize } from './oversize.ts';
import type { Policy } from './policy.ts';
import { readRarHeaders } from './rar-blocks.ts';
import type { RarEntry } from './rar-entry.ts';
import { type Refusal, refuse } from './reasons.ts';
import { openUnrar, TooMuch } from './unrar.ts';
import type { Visit } from './visit.ts';

/**
 * WinRAR shrinks the dictionary to the data it packs, so a larger one than the largest archive we unpack is a claim
 * made to have memory reserved.
 */
const DICTIONARY = 64 * 1024 * 1024;

const NOTHING = new Uint8Array();

/** Reads a RAR within the policy's limits. */
export async function readRar(bytes: Uint8Array, policy: Policy, visit: Visit): Promise<Refusal | null> {
  const headers = readRarHeaders(bytes);
  if (!headers.ok) return headers;
  const { entries } = headers;
  const refused = claims(entries, policy);
  if (refused) return refused;
  for (const { name, kind } of entries)
    if (kind !== 'file' || pathOf(named(name)) === null) visit({ name: named(name), kind, bytes: NOTHING });
  // The library cleans names that climb out before it unpacks; we refuse them, and unpack nothing of such an archive.
  if (entries.some(({ name }) => pathOf(named(name)) === null) || entries.length === 0) return null;
  try {
    return await unpack(headers.bytes, entries, policy, visit);
  } catch (error) {
    if (error instanceof TooMuch) return refuse('archive-too-large', 'unpacks to more than it declares');
    // The library throws its own errors and bare TypeErrors alike for data it cannot follow.
    return refuse('damaged', error instanceof Error ? error.message.slice(0, 120) : null);
  }
}

function claims(entries: readonly RarEntry[], policy: Policy): Refusal | null {
  if (entries.some((entry) => entry.encrypted)) return refuse('encrypted');
  if (entries.some((entry) => entry.split)) return refuse('archive-volume');
  if (entries.length > policy.archiveEntries) return refuse('archive-entries', `${entries.length} entries`);
  const names = entries.filter(({ kind }) => kind === 'file').map(({ name }) => named(name));
  const total = entries.reduce((sum, entry) => sum + (entry.unpacked ?? 0), 0);
  const dictionary = Math.max(0, ...entries.map((entry) => entry.dictionary));
  return total > policy.archiveBytes || dictionary > DICTIONARY ? oversize(names, policy.archiveBytes) : null;
}

async function unpack(
  bytes: Uint8Array,
  entries: readonly RarEntry[],
  policy: Policy,
  visit: Visit,
): Promise<Refusal | null> {
  // Two readers of one archive must see the same entries, else one of them is being lied to.
  const differs = refuse('archive-mismatch', 'two readings of the headers');
  const unrar = await openUnrar(bytes, policy.archiveBytes);
  let count = 0;
  for (const found of unrar.entries((index) => entries[index]?.kind === 'file')) {
    count++;
    const declared = entries[found.index];
    if (declared?.kind !== 'file') return differs;
    if (found.bytes.length !== (declared.unpacked ?? found.bytes.length)) return refuse('damaged', 'size of an entry');
    visit({ name: named(found.name), kind: 'file', bytes: found.bytes });
  }
  const all = count === entries.filter((entry) => entry.kind === 'file').length && unrar.seen() === entries.length;
  return all ? null : differs;
}

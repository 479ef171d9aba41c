// A text file that an operator sends along may be a saved notification: what must not reach a customer is looked for in it as
// it is in his words. Runs where the bytes are, in the thread that reads; signing keys are not there, so that a signed address
// is told by its form and not by its digest.

import type { Part } from '../mail/message.ts';
import { type DeskSecrets, holdsSecret } from '../thread/concealed.ts';

/** Whom of the desk a file must not name. */
export type FileSecrets = Omit<DeskSecrets, 'keys'>;

const TEXTS: ReadonlySet<string | null> = new Set(['txt', 'log', 'csv']);
/** A saved letter is shorter; what is longer is a log, and its beginning is looked at. */
const LOOKED_BYTES = 1024 * 1024;
const WINDOW = 64 * 1024;
/** No secret is longer, however it is broken. */
const OVERLAP = 1024;

/** Whether a file of that type, by its content, names people or addresses of the desk. */
export function fileHoldsSecret({ bytes }: Pick<Part, 'bytes'>, type: string | null, secrets: FileSecrets): boolean {
  if (!TEXTS.has(type)) return false;
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, LOOKED_BYTES));
  // an address is ASCII in every charset; without its zeros it is so in UTF-16 as well
  const text = buffer.toString('utf8').replaceAll('\0', '');
  for (let at = 0; at < text.length; at += WINDOW - OVERLAP)
    if (holdsSecret(text.slice(at, at + WINDOW), { ...secrets, keys: null })) return true;
  return false;
}

// A file that would take a secret of the desk along: a saved notification, a log with an operator's address. Text can be cleared
// of it, a file can't, or it would be another one than was sent.

import { conceal, type DeskSecrets, holdsSecret } from '../../../thread/concealed.ts';
import { secretsOf } from '../draft.ts';
import { type Guard, never } from '../guard.ts';

export const secretInFile: Guard = ({ files, standing, conversation }, c) => {
  const secrets = secretsOf(c, standing, conversation);
  // its name is text, and is cleared of them when it leaves
  const found = files.find(({ path }) => {
    const part = c.letter.message.parts.find((one) => one.path === path);
    return part !== undefined && holdsAny(part.bytes, secrets);
  });
  return found ? never('secret-in-file', conceal(found.filename, secrets)) : null;
};

/** A mail client has not been at a log; beyond this the plain spellings of a secret are looked for. */
const READ_WHOLE = 200_000;
/** What has one of these is no text. */
const BINARY = /[\0-\x08\x0e-\x1a]/;

function holdsAny(bytes: Uint8Array, secrets: DeskSecrets): boolean {
  const wide = bytes[0] === 0xff && bytes[1] === 0xfe;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString(wide ? 'utf16le' : 'utf8');
  if (BINARY.test(text.slice(0, 1000))) return false;
  if (text.length <= READ_WHOLE) return holdsSecret(text, secrets, { html: true });
  const plain = text.toLowerCase();
  const [local = ''] = secrets.address.toLowerCase().split('@');
  return [...secrets.people, `${local}+`, '<kvitok.'].some((needle) => plain.includes(needle));
}

// What the top Content-* fields of a letter say, in one spelling. The content digest leaves them out, for relays write them
// anew; but the same bytes under another of them are read as another letter.

import { contentOf } from '../decode/media-type.ts';
import { LIMITS } from '../mail/limits.ts';
import type { Message } from '../mail/message.ts';

/** Parameters by which the bytes of a body are read in one way or another. */
const READ_BY: readonly string[] = ['boundary', 'charset', 'delsp', 'format', 'report-type', 'smime-type'];

/** Encodings in which the bytes stand for themselves (RFC 2045 §6.2). */
const IDENTITY = /^(?:7bit|8bit|binary)?$/;

/** `text/plain; charset=koi8-r, base64`. */
export function readAs({ fields }: Message): string {
  const header = fields.all.map(({ name, raw }) => ({ name, key: name.toLowerCase(), raw, strict: true }));
  const { mediaType, parameters, encoding, disposition } = contentOf(header, 'text/plain', LIMITS);
  const said = READ_BY.flatMap((name) => {
    const value = parameters.get(name);
    return value ? [`; ${name}=${name === 'boundary' ? value.text : value.text.toLowerCase()}`] : [];
  });
  const apart = disposition === 'attachment' ? ', attachment' : '';
  return `${mediaType}${said.join('')}${IDENTITY.test(encoding) ? '' : `, ${encoding}`}${apart}`.slice(0, CHARS);
}

/** More of it tells nothing. */
const CHARS = 500;

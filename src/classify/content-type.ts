// Content-Type of the whole letter (RFC 2045 §5.1): type and the one parameter that a rule asks for.

import type { Message } from '../mail/message.ts';

/** The media type in lower case without parameters; `''` where there is none. */
export function mediaType(message: Message): string {
  return (message.fields.first('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

/** A parameter of the letter's Content-Type in lower case, quotes taken off, or null. `name` in lower case. */
export function typeParameter(message: Message, name: string): string | null {
  const pieces = (message.fields.first('content-type') ?? '').slice(0, 2000).split(';').slice(1);
  for (const piece of pieces) {
    const equals = piece.indexOf('=');
    if (equals < 0 || piece.slice(0, equals).trim().toLowerCase() !== name) continue;
    return piece
      .slice(equals + 1)
      .trim()
      .replace(/^"|"$/g, '')
      .trim()
      .toLowerCase();
  }
  return null;
}

// A letter that lies inside a letter (message/rfc822): one attachment of the outer letter, readable as a letter of its
// own, whose attachments stay its own.

import { LIMITS } from '../mail/limits.ts';
import type { Message, Part } from '../mail/message.ts';
import { type DecodeOptions, decode } from './decode.ts';

/**
 * Decodes the letter that a part holds; null where the part is no letter or `depth` (1 for a part of the letter that
 * arrived) is past the limit. Never throws.
 */
export function forwardedLetter(part: Part, depth: number, options: DecodeOptions = {}): Message | null {
  const deepest = (options.limits ?? LIMITS).rfc822Depth;
  if (part.contentType !== 'message/rfc822' || depth > deepest) return null;
  return decode(part.bytes, options);
}

// The name of an attached file, out of the four places where mailers write it (RFC 2183, RFC 2231, and RFC 2047 where it
// must not be). Takes an entity, gives candidates to decode and then the one to show.

import { cleanLine } from '../mail/clean.ts';
import { encodedWords } from './encoded-words.ts';
import type { Value } from './parameters.ts';
import { type Undecoded, undecoded } from './pieces.ts';
import type { Entity } from './structure.ts';

function read(value: Value): Undecoded {
  return value.extended ? undecoded(Buffer.from(value.text, 'latin1'), value.charset) : encodedWords(value.text);
}

/** Candidates, best first: RFC 2231 before the plain form, Content-Disposition before Content-Type. */
export function filenameCandidates({ content }: Entity): Undecoded[] {
  const { dispositionParameters, parameters } = content;
  return [
    dispositionParameters.get('filename*'),
    dispositionParameters.get('filename'),
    parameters.get('name*'),
    parameters.get('name'),
    // Written there by mailers that mixed the two fields up.
    dispositionParameters.get('name'),
    parameters.get('filename'),
  ]
    .filter((value) => value !== undefined)
    .map(read);
}

/** Nothing, dots, or the question marks and U+FFFD that a mailer's own conversion left of a name. */
function absurd(name: string): boolean {
  return /^[\s?_.\ufffd]*$/.test(name) || /\?\?|\ufffd/.test(name);
}

/** A name cut to `most` characters, its ending kept, because people and rules read the ending. */
export function cutFilename(name: string, most: number): string {
  if (name.length <= most) return name;
  const ending = /\.[^.\s]{1,10}$/.exec(name)?.[0] ?? '';
  return (name.slice(0, most - ending.length) + ending).toWellFormed().replaceAll('\ufffd', '');
}

export interface Filename {
  readonly filename: string | null;
  /** Two readers would name the file differently, up to its ending. */
  readonly conflict: boolean;
}

function ending(name: string): string {
  return /\.([a-z0-9]{1,5})$/i.exec(name)?.[1]?.toLowerCase() ?? '';
}

/** Takes the decoded candidates in their order; `most` characters are kept. */
export function chosenFilename(candidates: readonly string[], most: number): Filename {
  const names = candidates.map(cleanLine).filter((name) => name !== '');
  const sound = names.filter((name) => !absurd(name));
  const filename = sound[0] ?? names[0] ?? null;
  const endings = new Set(sound.map(ending).filter((one) => one !== ''));
  return { filename: filename === null ? null : cutFilename(filename, most), conflict: endings.size > 1 };
}

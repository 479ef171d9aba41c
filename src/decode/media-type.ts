// What the Content-* fields of one entity say (RFC 2045, 2183): media type, disposition, transfer encoding, and whether
// they say it twice, which two readers of the letter may read in two ways.

import type { Limits } from '../mail/limits.ts';
import type { Defect } from '../mail/message.ts';
import { instances, type RawField, trimmed, unfolded } from './header-block.ts';
import { type Parameters, readParameters, type Value } from './parameters.ts';

export interface Content {
  /** Media type in lower case without parameters; what is missing or nonsense is `text/plain` (RFC 2045 §5.2). */
  readonly mediaType: string;
  readonly parameters: ReadonlyMap<string, Value>;
  readonly disposition: 'attachment' | 'inline' | null;
  readonly dispositionParameters: ReadonlyMap<string, Value>;
  /** In lower case, `''` where there is none. */
  readonly encoding: string;
  readonly contentId: string | null;
  /** A field that must be there once says two things. */
  readonly ambiguous: boolean;
  readonly defects: readonly Defect[];
}

const NOTHING: ReadonlyMap<string, Value> = new Map();

function every(fields: readonly RawField[], name: string): string[] {
  return instances(fields, name).map((field) => unfolded(field.raw));
}

const POSSIBLE = /^\s*([\w!#$&^.+-]{1,100})\/([\w!#$&^.+-]{1,100})\s*$/;

const withoutComments = (value: string): string => (value.includes('(') ? value.replace(/\([^()]*\)/g, '') : value);

/** `application/multipart`, `multi-part/mixed`. */
const NEARLY_MULTIPART = /^(?!multipart\/).*multi-?part/i;

/** `multipart/*`, `multipart`, `mixed`: whoever names a boundary wrote parts, whatever he calls them. */
const isImpossibleMultipart = (type: Parameters | null): boolean =>
  type !== null &&
  (!POSSIBLE.test(withoutComments(type.value)) || NEARLY_MULTIPART.test(type.value)) &&
  ['boundary', 'boundary*'].some((name) => trimmed(type.named.get(name)?.text ?? '') !== '');

/** A text with PGP inside, as programs named it before RFC 2015. */
const OLD_PGP = /^application\/pgp$/i;

function mediaTypeOf(value: string, fallback: string, named: () => boolean): string {
  if (OLD_PGP.test(value)) return 'text/plain';
  const type = POSSIBLE.exec(withoutComments(value));
  if (type) return `${type[1]}/${type[2]}`.toLowerCase();
  if (/^\s*(text)?\s*$/i.test(value)) return fallback;
  // Nonsense with a file name is a file, nonsense without one is read as text.
  return named() ? 'application/octet-stream' : 'text/plain';
}

/** What mailers call the encodings besides their names, dashes and `x-` left out. */
const SPELLINGS: ReadonlyMap<string, string> = new Map([
  ['base64', 'base64'],
  ['b64', 'base64'],
  ['quotedprintable', 'quoted-printable'],
  ['qp', 'quoted-printable'],
  ['uuencode', 'x-uuencode'],
  ['uue', 'x-uuencode'],
  ['uu', 'x-uuencode'],
]);

function encodingOf(value: string): string {
  const name = (/^[\w-]+$/.test(value) ? value : value.replace(/\([^()]*\)|;.*$|["'\s]+/g, '')).toLowerCase();
  return SPELLINGS.get(name.replace(/^x-/, '').replace(/[-_]/g, '')) ?? name;
}

/** Takes the fields of an entity; `fallback` is the type that its parent gives a child that names none. */
export function contentOf(fields: readonly RawField[], fallback: string, limits: Limits): Content {
  const types = every(fields, 'content-type');
  const dispositions = every(fields, 'content-disposition');
  const encodings = every(fields, 'content-transfer-encoding').map(encodingOf);
  const type = types[0] === undefined ? null : readParameters(types[0], limits.parameterPieces);
  const disposition = dispositions[0] === undefined ? null : readParameters(dispositions[0], limits.parameterPieces);
  const twice = [types, dispositions, encodings].some((values) => values.length > 1 && new Set(values).size > 1);
  const attached = disposition !== null && disposition.value !== '' && !/^inline$/i.test(disposition.value);
  const named = (): boolean =>
    attached || [type, disposition].some((one) => /name/.test(Array.from(one?.named.keys() ?? []).join()));
  const impossible = isImpossibleMultipart(type);
  return {
    mediaType: impossible ? 'multipart/mixed' : mediaTypeOf(type?.value ?? '', fallback, named),
    parameters: type?.named ?? NOTHING,
    // An unknown disposition is an attachment (RFC 2183 §2.8).
    disposition: attached ? 'attachment' : disposition?.value ? 'inline' : null,
    dispositionParameters: disposition?.named ?? NOTHING,
    encoding: encodings[0] ?? '',
    contentId: every(fields, 'content-id')[0]?.replace(/^<|>$/g, '') || null,
    ambiguous: twice,
    defects: [
      ...(type?.defects ?? []),
      ...(disposition?.defects ?? []),
      ...(impossible
        ? [
            {
              code: 'media-type-impossible',
              detail: 'a part names a boundary and no possible type, its parts are read',
            },
          ]
        : []),
      ...(twice ? [{ code: 'content-field-twice', detail: 'a Content field is there twice and says two things' }] : []),
    ],
  };
}

// Sender proof for desks whose MX states no result: the raw letter and what the transport knows go in, mailauth checks SPF,
// DKIM and DMARC with the resolver it is given, and the same rules as for a server's statements weigh what it found.

import { errorWords } from '../mail/error-words.ts';
import type { Fields } from '../mail/fields.ts';
import type { Statement } from './authentication-results.ts';
import { aligned, mailDomain } from './organisation.ts';
import { type Claimed, none, type SenderProof, weighed } from './sender-proof.ts';

/** As `resolve` of node:dns/promises: rejects with `code` ENOTFOUND or ENODATA where there is nothing. */
export type Resolver = (name: string, type: string) => Promise<string[] | string[][]>;

export interface Transport extends Claimed {
  /** Address of the client that handed the letter over to our border; null where it is not known: then no SPF. */
  readonly ip: string | null;
  readonly helo: string | null;
  readonly resolver: Resolver;
  /** The header of the letter. */
  readonly fields: Fields;
  /** Fields were left out of it for a limit. */
  readonly cut: boolean;
}

/** Each signature may ask for a hash of the whole body, and each asks for a key; no honest letter has this many. */
const MOST_SIGNATURES = 20;
const MOST_QUERIES = 60;
const SIGNATURE = /^(?:dkim|arc-message)-signature[ \t]*:/gim;
const HEADER_BYTES = 256 * 1024;

/** RFC 7208 §4.6.4 bounds SPF's look-ups, nothing bounds those of a letter's signatures. */
function bounded(resolver: Resolver): Resolver {
  let left = MOST_QUERIES;
  return async (name, type) => {
    if (left-- > 0) return resolver(name, type);
    throw Object.assign(new Error('too many DNS queries for one letter'), { code: 'ETIMEOUT' });
  };
}

const stated = (
  method: string,
  result: string,
  [property, value]: readonly [string, string | undefined],
  remarks = '',
): Statement => ({ method, result, properties: new Map(value ? [[property, value]] : []), remarks });

/**
 * Checks a letter. Asks nothing but `resolver`; never rejects: what can't be checked proves nothing. `author` must be the
 * one that our own strict reading found; where mailauth sees another From, nothing is proven.
 */
export async function proveByMailauth(raw: Uint8Array, transport: Transport): Promise<SenderProof> {
  const letter = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  const signatures = letter.toString('latin1', 0, HEADER_BYTES).match(SIGNATURE)?.length ?? 0;
  if (signatures > MOST_SIGNATURES) return none(`${signatures} signatures on one letter, none of them is checked`);
  const { author, ip, helo, mailFrom } = transport;
  try {
    // Loaded on first use: it takes 0.4 s and 40 MB, and most desks never need it.
    const { authenticate } = await import('mailauth');
    const { dkim, spf, dmarc } = await authenticate(letter, {
      ...(ip === null ? {} : { ip }),
      ...(helo === null ? {} : { helo }),
      ...(mailFrom ? { sender: mailFrom } : {}),
      resolver: bounded(transport.resolver),
      disableArc: true,
      disableBimi: true,
    });
    const written = dkim.headerFrom.map((from) => mailDomain(from.slice(from.lastIndexOf('@') + 1)) ?? '');
    const sound = dkim.results.flatMap(({ status, signature }) =>
      status.result === 'pass' && signature ? [signature.replace(/\s+/g, '')] : [],
    );
    const claimed = author?.slice(author.lastIndexOf('@') + 1) ?? '';
    if (!written.every((domain) => aligned(domain, claimed))) return none('From can be read in two ways');
    return weighed(
      [
        ...(dmarc ? [stated('dmarc', dmarc.status.result, ['header.from', written[0]], `p=${dmarc.policy}`)] : []),
        ...dkim.results.map(({ status, signingDomain }) => stated('dkim', status.result, ['header.d', signingDomain])),
        ...(spf && ip !== null && mailFrom ? [stated('spf', spf.status.result, ['smtp.mailfrom', mailFrom])] : []),
      ],
      transport,
      { fields: transport.fields, cut: transport.cut, raw, sound },
    );
  } catch (error) {
    return none(`the sender could not be checked: ${errorWords(error)}`);
  }
}

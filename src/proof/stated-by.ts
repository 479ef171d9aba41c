// Which Authentication-Results fields may be believed (RFC 8601 §5, §7.1): those of the pinned server that stand where only
// our own servers write. Header fields in, top to bottom; the statements that count out.

import type { Field, Fields } from '../mail/fields.ts';
import { parseAuthenticationResults, type Statement } from './authentication-results.ts';
import { hopOf } from './hop.ts';

export interface ProofSettings {
  /**
   * authserv-id of the server whose word counts (RFC 8601 §2.5), `mx.example.org`; `*.yandex.net` where a provider's front
   * servers each speak under a name of their own; null: nobody's word counts.
   */
  readonly authservId: string | null;
  /**
   * The server writes its results below its own Received field (Yandex; OpenDKIM, OpenDMARC and rspamd under Postfix). A
   * sender's fields stand there too, so this may be said only of a server that removes those that bear its name.
   */
  readonly belowReceived?: boolean;
}

export interface Stated {
  readonly statements: readonly Statement[];
  /** The pinned name is there, but where anybody could have written it. */
  readonly unvouched: boolean;
}

/** What a writer's own software opens a letter with; the first of them ends what a server put below its Received field. */
const WRITTEN = new Set([
  ...['from', 'sender', 'reply-to', 'to', 'cc', 'bcc', 'subject', 'date', 'message-id', 'in-reply-to', 'references'],
  ...['mime-version', 'content-type', 'content-transfer-encoding', 'dkim-signature', 'received'],
]);

const MOST_FIELDS = 50;
const named = (id: string, pinned: string): boolean =>
  pinned.startsWith('*.') ? id.endsWith(pinned.slice(1)) && id.length > pinned.length - 1 : id === pinned;

/** How far down our own servers wrote: offset of the first field that may be a stranger's, and who took the letter in. */
function border(all: readonly Field[], pinned: string): { readonly at: number; readonly by: string | null } {
  const trusted = pinned.startsWith('*.') ? null : pinned;
  for (const [at, field] of all.entries()) {
    if (field.name.toLowerCase() !== 'received') continue;
    const hop = hopOf(field.raw, trusted);
    if (!hop.inside) return { at, by: hop.by };
  }
  // No server of ours left a trace of taking it in from somebody: every field may be the sender's.
  return { at: 0, by: null };
}

/** Offset behind the fields that the border server wrote below its own Received field. */
function belowEnd(all: readonly Field[], received: number): number {
  const next = all.findIndex((field, at) => at > received && WRITTEN.has(field.name.toLowerCase()));
  return next < 0 ? all.length : next;
}

/** ARC-Authentication-Results (RFC 8617 §4.1.1) says the same behind `i=1;`; of Google's two only it stands on top. */
function resultsIn(field: Field): string | null {
  const name = field.name.toLowerCase();
  if (name === 'authentication-results') return field.raw;
  if (name !== 'arc-authentication-results') return null;
  return /^\s*i\s*=\s*\d{1,4}\s*;(.*)$/s.exec(field.raw)?.[1] ?? null;
}

/**
 * What the pinned server states, of every believable field, top to bottom. A field is believable above the topmost step
 * from outside, for nobody can write above what happens later; with `belowReceived` also right below that step, where its
 * name is that of the very server that took the letter in. Fields further down are forged, or of an earlier journey.
 */
export function statedBy(fields: Fields, settings: ProofSettings): Stated {
  const pinned = settings.authservId?.toLowerCase() ?? null;
  if (pinned === null) return { statements: [], unvouched: false };
  const { all } = fields;
  const { at: received, by } = border(all, pinned);
  const below = settings.belowReceived === true && by !== null ? belowEnd(all, received) : received;
  const statements: Statement[] = [];
  let unvouched = false;
  let seen = 0;
  for (const [at, field] of all.entries()) {
    const value = resultsIn(field);
    if (value === null) continue;
    if (++seen > MOST_FIELDS) break;
    const results = parseAuthenticationResults(value);
    if (!results?.authservId || !named(results.authservId, pinned)) continue;
    if (at < received || (at < below && results.authservId === by)) statements.push(...results.statements);
    else unvouched = true;
  }
  return { statements, unvouched };
}

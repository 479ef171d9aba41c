// A person's letter that opens a ticket: it names none, or one that this person has no proof for.

import { languageOf } from '../desk/language.ts';
import type { ThreadMatch } from '../thread/choose.ts';
import { acknowledgementFor, gatheredFor } from './acknowledgement.ts';
import type { Case } from './case.ts';
import { believedClient, levelFor } from './client.ts';
import type { Change, Decision } from './decision.ts';
import { filedFromPerson } from './entry.ts';
import { notificationsFor } from './notify.ts';
import { criticalOf, reactionWords, startClock, timesOf } from './reaction.ts';
import { missingFrom, noted, requestOf } from './request.ts';

/** A ticket of the writer's own; a ticket that was merely named is linked for the desk to see and does not change. */
export function decideNewTicket(c: Case, named: ThreadMatch | null, kind: 'customer' | 'phone' = 'customer'): Decision {
  const { message, oversize, receivedAt } = c.letter;
  const shown = c.author ?? message.from[0];
  const language = languageOf(`${message.subject}\n${message.reply}`, c.rules.language);
  const request = requestOf(c);
  const level = levelFor(c, request.facts.version);
  const times = timesOf(c, level.level);
  const open: Change = {
    kind: 'open-ticket',
    subject: message.subject,
    requester: c.author?.identity ?? shown?.address ?? '',
    requesterName: shown?.name ?? '',
    language,
    relatedTo: named?.ticket.id ?? null,
    client: believedClient(c)?.id ?? null,
    level,
    at: receivedAt,
    critical: criticalOf(c),
  };
  const requester: readonly Change[] = c.author
    ? [
        {
          kind: 'add-participant',
          ticket: 'opened',
          address: c.author.identity,
          name: c.author.name,
          because: 'requester',
        },
      ]
    : [];
  const answer = acknowledgementFor(c, 'opened', oversize === null ? 'full' : 'oversize', language, {
    ...reactionWords(c, level.level, times.dueAt, language),
    missing: missingFrom(c, request),
  });
  return {
    disposition: 'opened',
    because: reasonFor(named),
    changes: [
      open,
      ...requester,
      ...noted('opened', request),
      ...filedFromPerson(c, 'opened', kind),
      ...startClock(c, 'opened', 'new', times),
    ],
    responses: [
      ...('response' in answer ? [answer.response] : gatheredFor(c, answer, language)),
      ...notificationsFor(c, { ticket: 'opened', assignee: null, level: open.level.level, requester: open.requester }),
    ],
    silence: 'silence' in answer ? answer.silence : null,
  };
}

function reasonFor(named: ThreadMatch | null): string {
  if (named === null) return 'names no ticket of ours';
  const claim = `names [#${named.ticket.number}] by ${named.by}`;
  return named.entitled === null
    ? `${claim}, but the writer has no proof for it: a ticket of its own, linked`
    : `${claim}, which was resolved too long ago to be reopened: a new ticket, linked`;
}

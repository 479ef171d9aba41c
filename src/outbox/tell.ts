// Says in the log, and counts, how an attempt to send a letter ended, once that is written down.

import type { Count } from '../config/count.ts';
import type { Log } from '../config/log.ts';
import type { OutgoingLetter, Settlement } from '../store/outbox.ts';
import { ticketNumber } from '../thread/damm.ts';

/** How an attempt on a letter ended, and when (epoch milliseconds). */
export interface Outcome {
  readonly letter: OutgoingLetter;
  readonly settlement: Settlement;
  readonly at: number;
}

/** How an attempt ended, as it is counted. */
const OUTCOMES = { sent: 'sent', failed: 'failed', unknown: 'unknown', queued: 'put-off' } as const;

/** Tells of an outcome; `ours` is false where the lease was lost meanwhile. */
export function tellOutcome(
  { log, count }: { readonly log: Log; readonly count?: Count | undefined },
  { letter, settlement, at }: Outcome,
  ours: boolean,
): void {
  const fields = {
    ...(letter.letter === null ? {} : { letter: letter.letter }),
    outbox: letter.id,
    ...(letter.ticket === null ? {} : { ticket: ticketNumber(letter.ticket) }),
    to: letter.model.only?.join(', ') ?? letter.model.to.address,
  };
  if (ours) count?.('sendings', { kind: letter.kind, outcome: OUTCOMES[settlement.state] });
  if (!ours) log.warn(fields, 'the lease of this letter was lost while it was being sent');
  else if (settlement.state === 'sent')
    log.info({ ...fields, ms: at - letter.createdAt, error: settlement.error ?? undefined }, `${letter.kind} sent`);
  else if (settlement.state === 'queued')
    log.warn({ ...fields, error: settlement.error, attempt: letter.attempts }, 'not sent, tried again later');
  else log.error({ ...fields, error: settlement.error, state: settlement.state }, 'not sent, and not tried again');
}

// A store in memory for the tests of the sources: keeps deliveries by key, and a ledger that behaves like the real one.

import type { Answer, Keep } from '../../src/ingest.ts';
import type { Delivery } from '../../src/mail/envelope.ts';
import type { BoxKey, Ledger, Opened, UidState } from '../../src/store/ledger.ts';
import { imapKey } from '../../src/store/ledger.ts';

export interface MemoryStore {
  readonly keep: Keep;
  readonly ledger: Ledger;
  readonly letters: Delivery[];
  /** How many letters each call of `keep` brought. */
  readonly calls: number[];
  /** Answers every letter with this instead of keeping it. */
  refuseWith(answer: Answer | null): void;
  /** `kept`, `left-alone`, `vanished` of each UID, under any UIDVALIDITY. */
  states(): Record<string, UidState>;
  subjects(): string[];
}

interface Row {
  state: UidState;
  finished: boolean;
}

export function memoryStore(): MemoryStore {
  const letters: Delivery[] = [];
  const calls: number[] = [];
  const boxes = new Map<string, Opened>();
  const rows = new Map<string, Row>();
  let refusal: Answer | null = null;
  const numbered = (box: BoxKey) =>
    [...rows]
      .filter(([key]) => key.startsWith(imapKey(box, 0).slice(0, -1)))
      .map(([key, row]) => ({ uid: Number(key.split(':').at(-1)), row }));

  const ledger: Ledger = {
    open: (box, uidNext, now) => {
      const name = `${box.account}:${box.mailbox}:`;
      const known = [...boxes].filter(([key]) => key.startsWith(name)).map(([, baseline]) => baseline);
      const takenOnAt = Math.min(now, ...known.map((baseline) => baseline.takenOnAt));
      const opened = boxes.get(name + box.uidValidity);
      const baseline = opened ?? { takenOnAt, uidNext, renumbered: known.length > 0, first: true };
      boxes.set(name + box.uidValidity, { ...baseline, first: false });
      return baseline;
    },
    known: (box, uids) => new Set(uids.filter((uid) => rows.has(imapKey(box, uid)))),
    record: (box, uids, state) => {
      for (const uid of uids) rows.set(imapKey(box, uid), { state, finished: true });
    },
    unfinished: (box) =>
      numbered(box)
        .filter(({ row }) => !row.finished)
        .map(({ uid }) => uid),
    finish: (box, uids) => {
      for (const uid of uids) rows.get(imapKey(box, uid))!.finished = true;
    },
  };
  const keep: Keep = async (deliveries) => {
    calls.push(deliveries.length);
    return deliveries.map((delivery) => {
      if (refusal) return refusal;
      const again = rows.has(delivery.key);
      if (!again) letters.push(delivery);
      if (!again) rows.set(delivery.key, { state: 'kept', finished: false });
      return { kind: 'accepted', letter: letters.length, again };
    });
  };
  return {
    keep,
    ledger,
    letters,
    calls,
    refuseWith: (answer) => {
      refusal = answer;
    },
    states: () => Object.fromEntries([...rows].map(([key, row]) => [key.split(':').at(-1)!, row.state])),
    subjects: () => letters.map((letter) => /^Subject: (.*?)\r?$/m.exec(Buffer.from(letter.raw).toString())?.[1] ?? ''),
  };
}

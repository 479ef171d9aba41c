// The outbox of a desk without servers: what is due is composed and put into bytes as for a server, and handed to the test.

import { createTransport } from 'nodemailer';
import { materialOf, readersOf } from '../../src/daemon/material.ts';
import { decode } from '../../src/decode/decode.ts';
import type { Operator } from '../../src/desk/operators.ts';
import { judgeBy } from '../../src/ingest/prepare.ts';
import type { Message } from '../../src/mail/message.ts';
import { senderOf } from '../../src/outbox/compose.ts';
import { openTemplates } from '../../src/outbox/templates.ts';
import type { Sent } from '../../src/outbox/transport.ts';
import { outboxWorker } from '../../src/outbox/worker.ts';
import type { Marking } from '../../src/store/apply/place.ts';
import { consequencesOf } from '../../src/store/consequences.ts';
import type { Store } from '../../src/store/store.ts';
import type { SigningKeys } from '../../src/thread/signing.ts';
import { configOf } from './posted.ts';
import type { rememberingLog } from './store.ts';
import { REGULATION } from './timetable.ts';

export interface LetterSent {
  readonly from: string;
  readonly to: readonly string[];
  readonly message: Message;
  /** As it went over the wire. */
  readonly raw: Buffer;
}

export interface WayOut {
  /** Sends what is due; gives what left this time, in order. */
  send(): Promise<readonly LetterSent[]>;
  /** What the server answers from now on; everything is accepted until the test says so. */
  answer: (letter: LetterSent) => Sent;
}

const builder = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });

/** Opens the way out of a store. */
export function wayOut(
  { db, spool }: Store,
  {
    log,
    now,
    operators,
    marking,
    keys,
  }: {
    readonly log: ReturnType<typeof rememberingLog>;
    readonly now: () => number;
    readonly operators: () => readonly Operator[];
    readonly marking: Marking;
    readonly keys: SigningKeys;
  },
): WayOut {
  const config = configOf();
  const templates = openTemplates(undefined);
  const left: LetterSent[] = [];
  const way: WayOut = {
    answer: () => ({ ok: true, response: '250' }),
    send: async () => {
      await worker.drain();
      return left.splice(0);
    },
  };
  const worker = outboxWorker({
    db,
    transport: {
      to: 'the test',
      width: 1,
      send: async ({ envelope, mail }) => {
        const { message } = await builder.sendMail({ ...mail, headers: { ...mail.headers } });
        const raw = message as Buffer;
        const letter = { from: envelope.from, to: envelope.to, message: decode(raw), raw };
        const answer = way.answer(letter);
        if (answer.ok) left.push(letter);
        return answer;
      },
      close: () => {},
    },
    templates,
    get sender() {
      const people = operators().map(({ identity }) => identity);
      return { ...senderOf(config), secrets: { address: config.desk.address, people, keys } };
    },
    log,
    now,
    random: () => 0.5,
    owner: 'test',
    onDamage: () => {},
    giveUpAfterMs: { soon: 4 * 3_600_000, late: 120 * 3_600_000 },
    material: materialOf({
      spool,
      judge: judgeBy(),
      readers: readersOf({
        store: { db, spool },
        config,
        operators,
        timetable: () => REGULATION,
        now,
        templates,
        ratingLink: () => null,
      }),
    }),
    consequenceOf: consequencesOf({ ...marking, operators, timetable: () => REGULATION, language: 'ru' }),
    perHour: () => 3000,
  });
  return way;
}

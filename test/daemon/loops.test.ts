// Machines that answer machines: two desks of our own, each the other's customer, and a robot that answers everything and
// bears no mark. Every letter is visible afterwards, and the log says why the answers stopped.

import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { decode } from '../../src/decode/decode.ts';
import { until } from '../support/condition.ts';
import { type DaemonProcess, mailboxOf, type PostRoom, postRoom } from '../support/daemon.ts';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { raw } from '../support/letter.ts';
import { type Caught, type SmtpSink, startSmtpSink } from '../support/smtp-sink.ts';
import { settled } from './hostile/evidence.ts';

jest.setTimeout(60_000);

const USERS = ['north', 'south', 'plain', 'tagged', 'untagged'] as const;
type User = (typeof USERS)[number];

let dovecot: Dovecot;
const rooms: PostRoom[] = [];
const sinks: SmtpSink[] = [];
const posts: Post[] = [];

beforeAll(async () => {
  dovecot = await startDovecot({ users: Object.fromEntries(USERS.map((user) => [user, 'secret'])) });
});
afterAll(async () => {
  for (const post of posts) await post.stop();
  for (const room of rooms) await room.remove();
  for (const sink of sinks) await sink.stop();
  await dovecot?.stop();
});

interface Desk {
  readonly user: User;
  readonly address: string;
  readonly room: PostRoom;
  readonly daemon: DaemonProcess;
  readonly sink: SmtpSink;
}

async function deskOf(user: User): Promise<Desk> {
  const sink = await startSmtpSink();
  sinks.push(sink);
  const address = `support@${user}.example`;
  const room = postRoom({
    desk: { name: 'Служба поддержки', address },
    mailboxes: [mailboxOf(dovecot.port, user)],
    smtp: { host: sink.host, port: sink.port, security: 'none' },
  });
  rooms.push(room);
  return { user, address, room, daemon: await room.start(), sink };
}

interface Post {
  stop(): Promise<void>;
}

/** Does something with every letter that a desk sends, as it is sent. */
function carry({ sink }: Desk, deal: (letter: Caught) => Promise<void>): void {
  let going = true;
  const done = (async () => {
    for (let next = 0; going; ) {
      const letter = sink.letters[next];
      if (letter) {
        next += 1;
        await deal(letter);
      } else await new Promise((resolve) => setTimeout(resolve, 5));
    }
  })();
  posts.push({
    stop: async () => {
      going = false;
      await done;
    },
  });
}

let letters = 0;

/** A letter of a person or a robot, through an MTA. */
async function write(to: Desk, from: string, subject: string, text: string): Promise<void> {
  letters += 1;
  const messageId = `loop-${letters}@${from.slice(from.indexOf('@') + 1)}`;
  await dovecot.deliver(to.user, raw({ from, to: to.address, subject, text, messageId }), { from });
}

/** Waits until nothing is on its way any more: somebody who wrote later has been answered by each desk. */
async function quiet(...desks: readonly Desk[]): Promise<void> {
  for (const desk of desks) {
    const bystander = `bystander-${letters}@later.example`;
    await write(desk, bystander, 'Не открывается отчёт', 'Здравствуйте! Отчёт не открывается.\n');
    await until(() => to(desk, bystander).length === 1, 20_000, `${desk.user} answers a bystander`);
  }
}

const to = (desk: Desk, address: string) => desk.sink.letters.filter((letter) => letter.to[0] === address);

/** Letters of this sender that the desk has, each with what became of it. */
const lettersFrom = ({ room }: Desk, author: string) =>
  room.store(({ db }) =>
    db
      .selectFrom('letters')
      .leftJoin('entries', 'entries.letter_id', 'letters.id')
      .select(['letters.id', 'letters.disposition', 'letters.silence', 'entries.id as entry'])
      .where('letters.author', '=', author)
      .orderBy('letters.id')
      .execute(),
  );

describe('two desks, each the other one’s customer,', () => {
  let north: Desk;
  let south: Desk;
  beforeAll(async () => {
    [north, south] = await Promise.all([deskOf('north'), deskOf('south')]);
  });

  test('exchange two letters at most after one letter starts it', async () => {
    const bring = (desk: Desk) => async (letter: Caught) => {
      if (letter.to[0] === desk.address) await dovecot.deliver(desk.user, letter.raw, { from: letter.from });
    };
    carry(north, bring(south));
    carry(south, bring(north));
    await write(north, south.address, 'Не работает выгрузка', 'Здравствуйте! Выгрузка не работает.\n');
    await until(() => to(north, south.address).length === 1, 20_000, 'the first letter is acknowledged');
    await settled(south.room, 1, 20_000);
    await quiet(north, south);
    expect(to(north, south.address)).toHaveLength(1);
    expect(to(south, north.address)).toEqual([]);
    expect(await lettersFrom(south, north.address)).toMatchObject([{ disposition: 'automatic' }]);
  });
});

describe('a desk whose acknowledgement meets another desk over a relay that takes every mark away', () => {
  test('is told by its words, and two letters it stays', async () => {
    const desk = await deskOf('plain');
    const other = 'help@other.example';
    carry(desk, async (letter) => {
      const { subject, text } = decode(letter.raw);
      if (letter.to[0] === other) await write(desk, other, subject, text);
    });
    await write(desk, other, 'Не работает выгрузка', 'Здравствуйте! Выгрузка не работает.\n');
    await settled(desk.room, 2, 20_000);
    await quiet(desk);
    expect(to(desk, other)).toHaveLength(1);
    const [, echoed] = await lettersFrom(desk, other);
    expect(echoed).toMatchObject({ disposition: 'appended', silence: 'its words look automatic (desk-words)' });
  });
});

describe('a vacation robot that sends no mark and answers everything', () => {
  const ROBOT = 'away@robot.example';
  const CAP = 3;

  test.each([
    ['tagged', 'keeps the tag', (subject: string) => `Re: ${subject}`],
    ['untagged', 'forgets the tag', () => 'Пишу с моря'],
  ] as const)('and %s (it %s) hears no more than the cap of an address, then silence', async (user, _, subjectOf) => {
    const desk = await deskOf(user);
    carry(desk, async (letter) => {
      if (letter.to[0] !== ROBOT) return;
      await write(desk, ROBOT, subjectOf(decode(letter.raw).subject), `Привет с моря! Открытка ${letters}\n`);
    });
    await write(desk, ROBOT, 'Пишу с моря', 'Привет с моря!\n');
    const silent = await desk.daemon.said(
      (line) => line.from === ROBOT && typeof line.silence === 'string',
      'the log says why there is no answer',
    );
    // an answer an hour is the way of every ticket; who reaches the cap of an address is worth a look
    expect(silent.level).toBe(user === 'tagged' ? 'info' : 'warn');
    await quiet(desk);

    const answered = to(desk, ROBOT).length;
    expect(answered).toBeGreaterThan(0);
    expect(answered).toBeLessThanOrEqual(CAP);
    const heard = await lettersFrom(desk, ROBOT);
    // what started it, and an answer to each of ours: all of them in tickets, the last one with the reason of its silence
    expect(heard).toHaveLength(answered + 1);
    expect(heard.every(({ entry }) => entry !== null)).toBe(true);
    expect(heard.map(({ silence }) => silence !== null)).toEqual([...Array(answered).fill(false), true]);
    expect(heard.at(-1)!.silence).toMatch(/within the hour|for this hour/);
  });
});

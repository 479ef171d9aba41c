// Letters that mean harm, through the real daemon: a Dovecot mailbox in front, an SMTP server behind, tickets of others in
// the store. Asserted on what is stored, what leaves and what the log says, never on what a function returns.
// FIXTURES=<folder> takes the letters of another folder.

import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { decode } from '../../src/decode/decode.ts';
import { identity } from '../../src/mail/address.ts';
import { sequenceOf } from '../../src/thread/damm.ts';
import { until } from '../support/condition.ts';
import { type DaemonProcess, mailboxOf, type PostRoom, postRoom } from '../support/daemon.ts';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { raw } from '../support/letter.ts';
import { longestWork, measuringDelay } from '../support/loop-delay.ts';
import { type SmtpSink, startSmtpSink } from '../support/smtp-sink.ts';
import { deskState, type Evidence, type Given, gather, type Run, settled } from './hostile/evidence.ts';
import { type HostileLetter, hostileFolder, isSoft, seedTickets } from './hostile/manifest.ts';
import { broken } from './hostile/must-not.ts';

jest.setTimeout(60_000);

const folder = hostileFolder();
const isFlood = ({ id }: HostileLetter) => id.startsWith('flood-');
const LETTERS = folder.letters.filter((letter) => !isFlood(letter));
const FLOOD = folder.letters.filter(isFlood);

const GOOD = 'behind-them-all@good.example';

let dovecot: Dovecot;
let sink: SmtpSink;
let room: PostRoom;
let daemon: DaemonProcess;
let delayFile: string;
let run: Run;

beforeAll(async () => {
  dovecot = await startDovecot({ users: { support: 'secret', flooded: 'secret' } });
  sink = await startSmtpSink();
  room = deskFor('support', {
    // every letter is judged as if it were the only one of its writer
    acknowledge: { replies: false, perAddressHour: 1000, perAddressDay: 1000, perDomainHour: 1000 },
  });
  delayFile = `${room.dir}-delay`;
  daemon = await room.start({ env: measuringDelay(delayFile) });
  await until(() => existsSync(delayFile), 10_000, 'the measuring has begun');
  run = await runAll();
});
afterAll(async () => {
  await room?.remove();
  rmSync(delayFile, { force: true });
  await sink?.stop();
  await dovecot?.stop();
});

function deskFor(user: string, changes: object): PostRoom {
  const { support, operators, authservId, signingKey } = folder.desk;
  return postRoom({
    desk: { name: 'Служба поддержки', address: support },
    operators: operators.map((address) => ({ address, name: 'Оператор' })),
    mailboxes: [mailboxOf(dovecot.port, user)],
    smtp: { host: sink.host, port: sink.port, security: 'none' },
    threading: { authservId, ...(signingKey ? { signingKey } : {}) },
    ...changes,
  });
}

/** Resident memory of the daemon at its highest, bytes. */
const peak = () => Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${daemon.pid}/status`, 'utf8'))?.[1]) * 1024;

async function runAll(): Promise<Run> {
  const ids = folder.desk.tickets.map(({ number }) => sequenceOf(number)!);
  await room.store(({ db }) => seedTickets(db, folder.desk.tickets, Date.now()));
  const before = await room.store(({ db }) => deskState(db, ids));
  const memory = peak();
  const given: readonly Given[] = LETTERS.map((letter) => ({ letter, bytes: folder.bytes(letter) }));
  for (const { bytes } of given) dovecot.drop('support', bytes);
  const good = raw({ from: 'good@good.example', messageId: GOOD });
  dovecot.drop('support', Buffer.concat([Buffer.from('Return-Path: <good@good.example>\r\n'), good]));
  await settled(room, given.length + 1, 50_000);
  const after = await room.store(({ db }) => deskState(db, ids));
  const known = { daemon, sink, desk: folder.desk, before, after, grown: peak() - memory };
  return room.store((store) => gather(store, given, known));
}

/** Whether From and envelope sender are one address. */
function isByItsEnvelope(letter: HostileLetter): boolean {
  const author = decode(folder.bytes(letter)).author?.address;
  return author !== undefined && identity(author) === identity(letter.envelope.from);
}

const evidenceOf = (letter: HostileLetter): Evidence => run.evidence.get(letter.id)!;
const cases = LETTERS.map((letter) => ({ letter, name: `${letter.id}: ${letter.title}` }));

describe('a letter that means harm', () => {
  test.each(cases)('brings about nothing that it must not, $name', ({ letter }) => {
    expect(broken(evidenceOf(letter))).toEqual([]);
  });

  test.each(cases)('is found in one ticket, in none, or set aside, as it says, $name', ({ letter }) => {
    const { rows, entries } = evidenceOf(letter);
    expect(rows).toHaveLength(1);
    expect(rows[0]!.because).toEqual(expect.stringMatching(/./));
    // the folder holds no token for its operators, without which a letter of theirs stands in no ticket
    const accepted = letter.category === 'operator-spoof' ? 'either' : letter.expect.accepted;
    if (accepted === true) expect(entries).toHaveLength(1);
    if (letter.expect.accepted === false) expect(entries).toEqual([]);
    expect(entries.length).toBeLessThan(2);
  });

  test.each(cases)('has each of its files judged as it says, $name', ({ letter }) => {
    const { files } = evidenceOf(letter);
    for (const { name, verdict } of letter.expect.attachments ?? []) {
      const file = files.find(({ filename }) => filename === name) ?? (files.length === 1 ? files[0] : undefined);
      expect([name, file?.verdict === 'accepted']).toEqual([name, verdict === 'accepted']);
    }
  });

  test.each(cases)('is answered once, to its writer, or not at all, $name', ({ letter }) => {
    const { answers, rows, message } = evidenceOf(letter);
    const writers = [letter.envelope.from, message.author?.address ?? ''].map((one) => identity(one));
    if (!letter.expect.ackAllowed && !isSoft(letter)) expect(answers.map(({ to }) => to)).toEqual([]);
    expect(answers.length).toBeLessThan(2);
    for (const { from, to } of answers) {
      expect(from).toBe('');
      expect(to).toHaveLength(1);
      expect(writers).toContain(identity(to[0]!));
    }
    // a silence has its reason on the letter
    expect(answers.length === 0).toBe(rows[0]!.silence !== null);
  });
});

describe('a good letter among them', () => {
  // an answer to a From that the envelope sender has nothing to do with would be backscatter
  const welcome = cases.filter(
    ({ letter }) => letter.expect.accepted === true && letter.expect.ackAllowed && isByItsEnvelope(letter),
  );
  test.each(welcome)('that opens a ticket is acknowledged, $name', ({ letter }) => {
    const { rows, answers } = evidenceOf(letter);
    const { disposition, silence } = rows[0]!;
    expect({ disposition, silence }).toEqual(
      disposition === 'opened'
        ? { disposition, silence: null }
        : { disposition: 'appended', silence: 'replies are not acknowledged here' },
    );
    expect(answers).toHaveLength(disposition === 'opened' ? 1 : 0);
  });

  // what the owner of a ticket says to it, and for which no answer is due, belongs to it
  const replies = cases.filter(
    ({ letter: { category, envelope, expect: e } }) =>
      e.ticket !== undefined ||
      (e.accepted === true &&
        !e.ackAllowed &&
        ['control', 'threading'].includes(category) &&
        folder.desk.tickets.some(({ owner }) => owner === envelope.from)),
  );
  test.each(replies)('that belongs to a ticket is found there, $name', ({ letter }) => {
    const own = folder.desk.tickets.find(({ owner }) => owner === letter.envelope.from)?.number;
    const ticket = sequenceOf(letter.expect.ticket ?? own!);
    const { rows, entries } = evidenceOf(letter);
    expect(rows[0]).toMatchObject({ disposition: 'appended', ticket_id: ticket });
    expect(entries).toMatchObject([{ ticket }]);
  });
});

describe('the daemon behind them', () => {
  test('lets nobody wait for more than 300 ms while it works on one of them', () => {
    expect(longestWork(delayFile)).toBeLessThan(300);
  });

  test('lives, has answered the good letter behind them all, and sent nothing that no row accounts for', async () => {
    expect(daemon.stderr()).toBe('');
    expect(() => process.kill(daemon.pid, 0)).not.toThrow();
    expect(sink.letters.filter(({ to }) => to[0] === 'good@good.example')).toHaveLength(1);
    expect(run.unaccounted).toEqual([]);
  });

  test('has a disposition for every letter, and set none of them aside unread', async () => {
    const rows = await room.store(({ db }) =>
      db.selectFrom('letters').select(['disposition', 'error', 'author']).execute(),
    );
    expect(rows.filter(({ disposition, error }) => disposition === null || error !== null)).toEqual([]);
    // what has an operator's From and no token is set aside, and its operator asked
    const aside = rows.filter(({ disposition }) => disposition === 'quarantined').map(({ author }) => author);
    expect(aside.filter((author) => !folder.desk.operators.includes(author ?? ''))).toEqual([]);
  });

  test('wrote no file but its own', () => {
    const found = readdirSync(room.dir, { recursive: true, withFileTypes: true });
    const names = found.filter((entry) => entry.isFile()).map(({ name }) => name);
    const strange = names.filter(
      (name) =>
        !/^(?:kvitok\.(?:json|db)|(?:spool|lock)\.db|lock\.txt|signing\.key)(?:-wal|-shm|-journal)?$/.test(name),
    );
    expect(strange).toEqual([]);
  });
});

describe('one sender who floods the desk', () => {
  test('is heard every time and answered as often as the cap of an address allows', async () => {
    sink.clear();
    const flooded = deskFor('flooded', {});
    try {
      await flooded.start();
      for (const letter of FLOOD) dovecot.drop('flooded', folder.bytes(letter));
      await settled(flooded, FLOOD.length, 30_000);
      const rows = await flooded.store(({ db }) => db.selectFrom('letters').selectAll().execute());
      expect(rows.every(({ disposition }) => disposition === 'opened')).toBe(true);
      const silent = rows.filter(({ silence }) => silence === 'the address has had its letters for this hour');
      const allowed = FLOOD.filter(({ expect: e }) => e.ackAllowed).length;
      expect(silent).toHaveLength(FLOOD.length - allowed);
      expect(sink.letters.filter(({ to }) => !folder.desk.operators.includes(to[0]!))).toHaveLength(allowed);
    } finally {
      await flooded.remove();
    }
  });
});

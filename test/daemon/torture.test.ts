// The short form of `npm run torture`, and the checker itself: what it must see.

import { beforeAll, describe, expect, jest, test } from '@jest/globals';
import { account, type Evidence, summary } from '../../scripts/torture/account.ts';
import { drain, evidenceOf, withTorturedDesk } from '../../scripts/torture/desk.ts';
import { history } from '../../scripts/torture/history.ts';
import { writers } from '../../scripts/torture/parts.ts';
import { firstStart, livesOf, order } from '../../scripts/torture/points.ts';

jest.setTimeout(180_000);

/** Where a commit, a word to a server, or one from it, has happened, and what follows has not. */
const KILLED = ['raw-written', 'lmtp-kept', 'moved', 'committing', 'dot', 'sent'] as const;
const STUMBLED = ['fetched', 'lmtp-received', 'applied', 'dealt', 'outgoing-claimed'] as const;
const LIVES = [
  STUMBLED.map((point) => order('throw', point, 1)).join(),
  ...KILLED.map((point) => order('kill', point, 1)),
];

let evidence: Evidence;
beforeAll(async () => {
  evidence = await withTorturedDesk(4711, async (desk) => {
    await firstStart(desk, 1);
    await livesOf(desk, LIVES, writers(4711));
    await history(desk, { letters: 24, seed: 4712, wave: 12, trouble: 0 }, () => {});
    // a person at the mailbox deletes a letter, before it is taken in or after
    desk.people.writeInVain([writers(4713)()]);
    await drain(desk, 60_000);
    return evidenceOf(desk);
  });
});

const broken = (changed: Partial<Evidence>) =>
  account({ ...evidence, ...changed })
    .filter(({ kept }) => !kept)
    .map(({ promise }) => promise);

/** The evidence with one letter of that kind changed, or taken out where nothing is given. */
function withKept(disposition: string, change?: object): Partial<Evidence> {
  const at = evidence.kept.findIndex((one) => one.disposition === disposition);
  return { kept: evidence.kept.toSpliced(at, 1, ...(change ? [{ ...evidence.kept[at]!, ...change }] : [])) };
}

describe('letters on their way while the daemon is killed at each of their steps', () => {
  test('are all kept, in their tickets and answered at most once', () => {
    expect(account(evidence).filter(({ kept }) => !kept)).toEqual([]);
    expect(summary(evidence)).toMatch(
      new RegExp(
        `^letters in ${evidence.sent.length}, lost 0, doubled 0, acknowledgements over one 0, dispositions sum equal`,
      ),
    );
  });
});

describe('the account of a torture', () => {
  test('shows a letter that is no longer in the store', () => {
    expect(broken(withKept('appended'))).toEqual([
      'lost: letters that are not kept byte for byte',
      'letters that became something else than they are',
      'replies outside their ticket',
    ]);
  });

  test('shows a letter whose bytes were altered', () => {
    expect(broken(withKept('opened', { sha256: 'other bytes' }))).toEqual([
      'lost: letters that are not kept byte for byte',
      'kept, and sent by nobody',
    ]);
  });

  test('shows a letter that is still in work', () => {
    expect(broken(withKept('automatic', { disposition: null, messageId: null }))).toEqual([
      'still in work',
      'letters that became something else than they are',
    ]);
  });

  test('shows a letter that has two entries', () => {
    const first = evidence.kept.find(({ disposition }) => disposition === 'opened')!;
    expect(broken({ kept: [...evidence.kept, first] })).toEqual([
      'handed over again by a renumbered mailbox (at most 0)',
      'doubled: letters with more than one entry',
    ]);
  });

  test('shows a reply in a stranger’s ticket', () => {
    expect(broken(withKept('appended', { ticket: 1 }))).toEqual(['replies outside their ticket']);
  });

  test('shows a sum that is short of a letter, and a gap of the ledger', () => {
    const { counts, missing } = evidence;
    const short = { ...counts, handedOver: counts.handedOver + 1, gap: 1 };
    expect(broken({ counts: short })).toHaveLength(2);
    const row = { account: 'support', mailbox: 'INBOX', uidValidity: '1', uid: 1 };
    expect(broken({ missing: { ...missing, rowsWithoutLetter: [row] } })).toEqual([
      'gaps between mailbox, ledger, spool and desk',
    ]);
  });

  test('shows a second acknowledgement, and one that nobody was due', () => {
    const [first] = evidence.acknowledged;
    expect(broken({ acknowledged: [...evidence.acknowledged, first!] })).toEqual(['acknowledgements over one']);
    expect(broken({ acknowledged: [...evidence.acknowledged, 'nobody@client.example'] })).toEqual([
      'acknowledged, and not entitled to it',
    ]);
  });

  test('shows an acknowledgement that is missing and not listed as unknown', () => {
    const listed = new Set(evidence.unknown);
    const sure = evidence.acknowledged.find((messageId) => !listed.has(messageId));
    const acknowledged = evidence.acknowledged.filter((messageId) => messageId !== sure);
    expect(broken({ acknowledged })).toEqual(['acknowledgements that are neither there nor listed with a reason']);
    expect(broken({ acknowledged, unknown: [...evidence.unknown, sure!] })).toEqual([]);
  });

  test('shows more unknown ones than can have been under way', () => {
    const more = Array.from({ length: evidence.allowed.unknown + 1 }, (_, i) => `unknown-${i}@client.example`);
    expect(broken({ unknown: [...evidence.unknown, ...more] })).toEqual([
      `unknown outcomes (at most ${evidence.allowed.unknown})`,
    ]);
  });

  test('shows letters left in INBOX and missing from the done folder', () => {
    expect(broken({ inbox: 1, done: 1 })).toEqual([
      'letters left in INBOX',
      'the done folder holds every letter of the mailbox',
    ]);
  });

  test('shows a daemon that is too large or never rests', () => {
    const MB = 1024 * 1024;
    const rest = { idleMemory: 201 * MB, idleCpu: 100, idleMs: 2_000 };
    expect(broken({ peakMemory: 301 * MB, rest })).toHaveLength(3);
  });

  test('shows an end of the daemon that nobody brought about', () => {
    expect(broken({ strangeEnds: ['ended with 1'] })).toHaveLength(1);
  });
});

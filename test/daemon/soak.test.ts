// The short form of `npm run soak`, and the checker itself: what it must see.

import { beforeAll, describe, expect, jest, test } from '@jest/globals';
import { account, type Evidence } from '../../scripts/soak/account.ts';
import { soak } from '../../scripts/soak/run.ts';

jest.setTimeout(90_000);

let evidence: Evidence;
beforeAll(async () => {
  evidence = await soak({ letters: 60, seed: 4711, kills: 1, wave: 8, idleMs: 2_000 }, () => {});
});

const broken = (changed: Partial<Evidence>) =>
  account({ ...evidence, ...changed })
    .filter(({ kept }) => !kept)
    .map(({ promise }) => promise);

describe('sixty letters while the daemon is killed and started again', () => {
  test('are all kept, in their tickets and answered at most once', () => {
    expect(account(evidence).filter(({ kept }) => !kept)).toEqual([]);
  });
});

describe('the account of a soak', () => {
  test('shows a letter that is no longer in the store', () => {
    const lost = evidence.kept.findIndex(({ disposition }) => disposition === 'appended');
    expect(broken({ kept: evidence.kept.toSpliced(lost, 1) })).toEqual([
      'every letter is kept once, byte for byte',
      'nothing else is kept',
      'every letter became what it is',
      'every reply is in its ticket',
    ]);
  });

  test('shows a letter whose bytes were altered', () => {
    const [first, ...rest] = evidence.kept;
    expect(broken({ kept: [{ ...first!, sha256: 'other bytes' }, ...rest] })).toEqual([
      'every letter is kept once, byte for byte',
    ]);
  });

  test('shows a letter that is still in work', () => {
    const kept = evidence.kept.map((one, i) => (i === 0 ? { ...one, disposition: null } : one));
    expect(broken({ kept })).toContain('every letter became what it is');
  });

  test('shows a reply in a stranger’s ticket', () => {
    const kept = evidence.kept.map((one) => (one.disposition === 'appended' ? { ...one, ticket: 1 } : one));
    expect(broken({ kept })).toEqual(['every reply is in its ticket']);
  });

  test('shows a second acknowledgement, and one that nobody was due', () => {
    const [first] = evidence.acknowledged;
    expect(broken({ acknowledged: [...evidence.acknowledged, first!] })).toEqual(['no letter is acknowledged twice']);
    expect(broken({ acknowledged: [...evidence.acknowledged, 'nobody@client.example'] })).toEqual([
      'nobody else is acknowledged',
    ]);
  });

  test('shows an acknowledgement that is missing and not listed as unknown', () => {
    const listed = new Set(evidence.unknown);
    const sure = evidence.acknowledged.find((messageId) => !listed.has(messageId));
    const acknowledged = evidence.acknowledged.filter((messageId) => messageId !== sure);
    expect(broken({ acknowledged })).toEqual(['every acknowledgement is there or listed as unknown']);
    expect(broken({ acknowledged, unknown: [...evidence.unknown, sure!], kills: 2 })).toEqual([]);
  });

  test('shows more unknown ones than can have been under way', () => {
    const unknown = Array.from({ length: 5 }, (_, i) => `unknown-${i}@client.example`);
    expect(broken({ unknown })).toContain('unknown are at most those under way (4)');
  });

  test('shows letters left in INBOX and missing from the done folder', () => {
    expect(broken({ inbox: 1, done: 59 })).toEqual(['INBOX is empty', 'the done folder holds every letter']);
  });

  test('shows a daemon that is too large or never rests', () => {
    const MB = 1024 * 1024;
    expect(broken({ idleMemory: 201 * MB, peakMemory: 301 * MB, idleCpu: 100 })).toHaveLength(3);
  });
});

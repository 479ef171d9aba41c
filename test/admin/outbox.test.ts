// kvitok outbox show, retry, drop: an admin looks at a letter that leaves, sends it again, or decides that it shall not.

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { eventsOf } from '../../src/store/events.ts';
import type { OutboxState } from '../../src/store/schema.ts';
import { type Desk, freshDesk } from './desk.ts';

let desk: Desk;
beforeEach(async () => {
  desk = freshDesk();
  await desk.takeIn({ from: 'Irina <irina@luch.example>', subject: 'Касса', text: 'Не печатает чек.\n' });
});
afterEach(() => desk.remove());

/** Lets the one letter of the outbox be in this state. */
const be = (state: OutboxState) =>
  desk.store(({ db }) =>
    db.updateTable('outbox').set({ state, last_error: '451 later', attempts: 7, not_before: 9e15 }).execute(),
  );
const row = () => desk.store(({ db }) => db.selectFrom('outbox').selectAll().executeTakeFirstOrThrow());

describe('a letter of the outbox', () => {
  test('is shown with the headers and the text that leave', async () => {
    const { code, stdout } = await desk.run('outbox', 'show', '1');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^acknowledgement, sent /);
    expect(stdout).toMatch(/^Return-Path: <>$/m);
    expect(stdout).toMatch(/^From: Служба поддержки <support@desk\.example>$/m);
    // the display name that a stranger chose for himself goes to nobody
    expect(stdout).toMatch(/^To: irina@luch\.example$/m);
    expect(stdout).toMatch(/^Subject: .*\[#10008\]/m);
    expect(stdout).toMatch(/^In-Reply-To: <1@client\.example>$/m);
    expect(stdout).toMatch(/^Auto-Submitted: auto-replied$/m);
    expect(stdout).toMatch(/\n\n[\s\S]*10008/);
    const { mail, state } = JSON.parse((await desk.run('outbox', 'show', '1', '--json')).stdout);
    expect({ state, to: mail.to.address }).toEqual({ state: 'sent', to: 'irina@luch.example' });
  });

  test('that goes to others than the first of its readers is listed, and shown with its ticket, as theirs', async () => {
    const { model } = await row();
    const only = JSON.stringify({ ...JSON.parse(model), only: ['olga@luch.example'] });
    await desk.store(({ db }) => db.updateTable('outbox').set({ model: only }).execute());
    for (const words of [['outbox'], ['show', '10008']]) {
      const lines = (await desk.run(...words)).stdout
        .split('\n')
        .filter((line) => line.includes('full acknowledgement'));
      expect(lines).toEqual([expect.stringContaining('olga@luch.example')]);
      expect(lines[0]).not.toContain('irina@luch.example');
    }
  });

  test('of a person who was forgotten says nothing any more', async () => {
    await desk.run('forget', 'irina@luch.example', '--yes');
    const { code, stderr } = await desk.run('outbox', 'show', '1');
    expect({ code, stderr }).toEqual({
      code: 66,
      stderr: expect.stringMatching(/^what letter 1 said is gone: erased/),
    });
    await be('failed');
    await desk.store(({ db }) => db.updateTable('outbox').set({ model: '{}' }).execute());
    expect((await desk.run('outbox', 'retry', '1')).code).toBe(66);
  });

  test.each(['failed', 'queued'] as const)('that is %s is tried again as if for the first time', async (state) => {
    await be(state);
    expect(await desk.run('outbox', 'retry', '1')).toMatchObject({
      code: 0,
      stdout: '1 letter will be tried now by kvitok run or kvitok once\n',
    });
    const { attempts, not_before, last_error, message_id } = await row();
    expect({ attempts, last_error }).toEqual({ attempts: 0, last_error: null });
    expect(not_before).toBeLessThanOrEqual(Date.now());
    await desk.run('once');
    expect(await row()).toMatchObject({ state: 'sent', message_id });
  });

  test('that perhaps arrived is not sent twice unless somebody says so', async () => {
    await be('unknown');
    expect(await desk.run('outbox', 'retry', '1')).toMatchObject({
      code: 64,
      stderr: expect.stringContaining('--yes'),
    });
    expect((await row()).state).toBe('unknown');
    expect((await desk.run('outbox', 'retry', '1', '--yes')).code).toBe(0);
    expect((await row()).state).toBe('queued');
  });

  test.each(['sending', 'sent', 'dropped'] as const)('that is %s stays so', async (state) => {
    await be(state);
    for (const words of [['retry'], ['drop', '--because', 'no']]) {
      const refused = await desk.run('outbox', ...words, '1');
      expect(refused).toMatchObject({ code: 66, stdout: 'nothing was changed\n' });
      expect(refused.stderr).toMatch(/^kvitok outbox: letter 1 (is on its way|has been sent|was dropped)/);
    }
    expect((await row()).state).toBe(state);
  });

  test('that is dropped leaves no more, and its ticket remembers who decided that and why', async () => {
    await be('queued');
    const dropped = await desk.run('outbox', 'drop', '1', '7', '--because', 'answered by phone');
    expect(dropped).toEqual({
      code: 66,
      stdout: '1 letter dropped\n',
      stderr: 'kvitok outbox: there is no letter 7 in the outbox; kvitok outbox list shows them\n',
    });
    await desk.run('once');
    expect(await row()).toMatchObject({ state: 'dropped', last_error: 'answered by phone' });
    const [event] = (await desk.store(({ db }) => eventsOf(db, 1000))).slice(-1);
    expect(event).toMatchObject({
      kind: 'letter',
      by_whom: 'admin',
      was: 'acknowledgement queued',
      became: 'dropped',
      because: 'answered by phone',
    });
    expect((await desk.run('show', '10008')).stdout).toMatch(/dropped by hand: answered by phone/);
  });

  test('is dropped for a reason, or not at all', async () => {
    await be('queued');
    expect((await desk.run('outbox', 'drop', '1')).code).toBe(64);
    expect((await desk.run('outbox', 'drop', '1', '--because', ' ')).code).toBe(64);
    expect((await row()).state).toBe('queued');
  });

  test.each(['0', 'x', '../1'])('has no number like %s', async (typed) => {
    expect(await desk.run('outbox', 'show', typed)).toMatchObject({ code: 65, stdout: '' });
    expect(await desk.run('outbox', 'retry', '1', typed)).toMatchObject({ code: 65, stdout: '' });
  });
});

test('the outbox lists its letters without being asked how', async () => {
  const listed = await desk.run('outbox');
  expect(listed).toEqual(await desk.run('outbox', 'list'));
  expect(listed.stdout).toMatch(/^letter +ticket +kind +to +written +state$/m);
  expect(JSON.parse((await desk.run('outbox', '--json')).stdout)).toHaveLength(1);
});

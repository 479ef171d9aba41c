// kvitok forget and kvitok clean: an admin sees what would go, decides, and every command says afterwards why it is gone.

import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { spawnKvitok } from '../support/command.ts';
import { type Desk, freshDesk } from './desk.ts';

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=',
  'base64',
);
const today = () => new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeZone: 'Europe/Moscow' }).format();

let desk: Desk;
beforeEach(async () => {
  desk = freshDesk({ retention: { rawDays: 1 } });
  await desk.takeIn({
    from: 'Ivan <ivan@client.example>',
    subject: 'Printer',
    parts: [{ contentType: 'image/png', content: PNG, filename: 'screen.png' }],
  });
});
afterEach(() => desk.remove());

const lines = (text: string) => text.trimEnd().split('\n');

describe('kvitok forget', () => {
  test('with --dry-run says what would be erased, and erases nothing', async () => {
    const { code, stdout } = await desk.run('forget', 'IVAN@client.example.', '--dry-run');
    expect(code).toBe(0);
    expect(lines(stdout)).toEqual([
      'kept of ivan@client.example:',
      expect.stringMatching(/^ {2}1 letter, [\d.]+ k?B, with 1 attachment$/),
      '  1 ticket of theirs, of which the numbers will stay',
      '  a part in 0 tickets of others',
      '  1 letter to them',
    ]);
    expect((await desk.run('show', '10008')).stdout).toContain('ivan@client.example');
    const { stdout: data } = await desk.run('forget', 'ivan@client.example', '--dry-run', '--json');
    expect(JSON.parse(data)).toMatchObject({ letters: 1, tickets: 1, attachments: 1 });
  });

  test('where nobody can be asked wants --yes, and erases nothing without it', async () => {
    const refused = await spawnKvitok(['forget', 'ivan@client.example', '-c', desk.configFile], desk.dir);
    expect(refused).toMatchObject({ code: 64, stderr: expect.stringContaining('--yes') });
    expect((await desk.run('show', '10008')).stdout).toContain('ivan@client.example');
  });

  test('erases with --yes, and show, attachments and tickets say so', async () => {
    const { code, stdout } = await desk.run('forget', 'ivan@client.example', '--yes');
    expect(code).toBe(0);
    expect(lines(stdout).at(-1)).toBe('ivan@client.example is erased');
    const words = `erased on request on ${today()}`;
    const shown = (await desk.run('show', '10008')).stdout;
    expect(lines(shown)[0]).toBe(`[#10008] ${words}`);
    expect(shown).toContain(`the letter itself was ${words}`);
    expect(shown.toLowerCase()).not.toContain('ivan');
    expect((await desk.run('tickets')).stdout).toMatch(new RegExp(`^10008 .*${words}`, 'm'));
    expect((await desk.run('attachments', '10008')).stdout).toBe('no attachments\n');
    expect(await desk.run('recode', '10008', 'koi8-r')).toMatchObject({
      code: 66,
      stderr: `the bytes of letter 1 were ${words}\n`,
    });
    expect((await desk.run('why', '10008')).code).toBe(0);
    expect((await desk.run('outbox', '--json')).stdout).not.toContain('ivan');
    expect((await desk.run('forget', 'ivan@client.example', '--yes')).stdout).toBe(
      'nothing is kept of ivan@client.example\n',
    );
  });

  test('finds a letter that was set aside before anybody could tell whose it is', async () => {
    await desk.store(({ db }) =>
      db
        .updateTable('letters')
        .set({ author: null, ticket_id: null, disposition: 'quarantined' })
        .where('id', '=', 1)
        .execute(),
    );
    await desk.store(({ spool }) => Promise.resolve(spool.removals.eraseEnvelopes([1])));
    expect((await desk.run('forget', 'ivan@client.example', '--yes')).code).toBe(0);
    expect(await desk.store(async ({ spool }) => spool.raw(1))).toBeNull();
  });

  test.each([
    ['ivan', 65, 'no e-mail address'],
    ['support@desk.example', 65, 'an address of this desk'],
  ])('refuses %s', async (address, code, words) => {
    const refused = await desk.run('forget', address, '--yes');
    expect(refused).toMatchObject({ code, stderr: expect.stringContaining(words) });
    expect(lines(refused.stderr)).toHaveLength(1);
  });
});

describe('kvitok clean', () => {
  const rest = () =>
    desk.store(({ db }) => db.updateTable('tickets').set({ state: 'resolved', state_since: 0 }).execute());

  test('with --dry-run shows what would go; without, it goes, and every command says when', async () => {
    await rest();
    expect((await desk.run('clean', '--dry-run')).stdout).toMatch(/^of tickets at rest +1 /m);
    expect(await desk.store(async ({ spool }) => spool.raw(1))).not.toBeNull();
    expect((await desk.run('clean')).stdout).toMatch(/^of tickets at rest +1 /m);
    const words = `removed by retention on ${today()}`;
    expect((await desk.run('show', '10008')).stdout).toContain(`(the letter itself was ${words})`);
    expect((await desk.run('show', '10008')).stdout).toContain('ivan@client.example');
    const target = path.join(desk.dir, 'saved');
    expect(await desk.run('attachments', '10008', '--save', target)).toMatchObject({
      code: 66,
      stderr: `kvitok attachments: the bytes of letter 1 were ${words}\n`,
    });
    expect(fs.readdirSync(target)).toEqual([]);
    expect((await desk.run('recode', '10008', 'koi8-r')).stderr).toBe(`the bytes of letter 1 were ${words}\n`);
    expect((await desk.run('quarantine', 'show', '1')).stderr).toBe(`the bytes of letter 1 were ${words}\n`);
    expect(JSON.parse((await desk.run('clean', '--json')).stdout)).toMatchObject({ resolved: { letters: 0 } });
  });

  test('touches no letter of a ticket that is open', async () => {
    expect((await desk.run('clean')).stdout).toMatch(/^of tickets at rest +0 /m);
    expect(await desk.store(async ({ spool }) => spool.raw(1))).not.toBeNull();
  });

  test('on a desk that keeps everything says so', async () => {
    const other = freshDesk();
    await other.takeIn({});
    expect((await other.run('clean')).stdout).toBe(
      'everything is kept: no age is set under "retention" in the configuration\n',
    );
    other.remove();
  });

  test('does not try again a set-aside letter whose bytes went', async () => {
    await rest();
    await desk.run('clean');
    await desk.store(({ db }) => db.updateTable('letters').set({ disposition: 'quarantined' }).execute());
    expect(await desk.run('quarantine', 'retry', '1')).toMatchObject({
      code: 66,
      stdout: 'nothing to try again\n',
      stderr: `kvitok quarantine: the bytes of letter 1 were removed by retention on ${today()}\n`,
    });
  });
});

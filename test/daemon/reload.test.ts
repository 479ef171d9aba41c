// SIGHUP and accidents, as an admin sees them from outside: what changes at once, what waits for a start, what ends.

import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { configSchema } from '../../src/config/schema.ts';
import { changesBetween } from '../../src/daemon/reload.ts';
import { until } from '../support/condition.ts';
import { type DaemonProcess, mailboxOf, type PostRoom, postRoom } from '../support/daemon.ts';
import { raw } from '../support/letter.ts';

jest.setTimeout(30_000);

const rooms: PostRoom[] = [];
afterEach(async () => {
  for (const room of rooms.splice(0)) await room.remove();
});

/** A daemon whose mailbox can't be reached; letters come by `kvitok ingest` beside it. */
async function daemonOf(values: object = {}): Promise<{ room: PostRoom; daemon: DaemonProcess }> {
  const room = postRoom({ mailboxes: [mailboxOf(1, 'desk')], smtp: { directory: 'outgoing' }, ...values });
  rooms.push(room);
  const daemon = room.launch();
  await daemon.said(({ msg }) => msg === 'kvitok runs', 'the daemon runs');
  return { room, daemon };
}

/** Writes other values into the configuration. */
function change(room: PostRoom, values: object): void {
  const config = JSON.parse(fs.readFileSync(room.configFile, 'utf8')) as object;
  fs.writeFileSync(room.configFile, JSON.stringify({ ...config, ...values }));
}

const reloads = (daemon: DaemonProcess) => daemon.log.filter(({ event }) => event === 'reload');

async function hangUp(daemon: DaemonProcess) {
  const before = reloads(daemon).length;
  process.kill(daemon.pid, 'SIGHUP');
  await until(() => reloads(daemon).length > before, 10_000, 'the signal is answered');
  return reloads(daemon).at(-1)!;
}

const sent = (room: PostRoom) => {
  const dir = path.join(room.dir, 'outgoing');
  return fs.existsSync(dir) ? fs.readdirSync(dir).filter((name) => name.endsWith('.eml')) : [];
};

describe('SIGHUP', () => {
  test('takes up limits, log level, hours and templates at once, and names what waits for the next start', async () => {
    const { room, daemon } = await daemonOf({ templates: 'own' });
    const write = (n: number) => room.command(['ingest'], raw({ from: `c${n}@client.example`, messageId: `${n}@c` }));
    const own = path.join(room.dir, 'own/en');
    fs.mkdirSync(own, { recursive: true });
    fs.writeFileSync(
      path.join(own, 'acknowledgement-full.txt'),
      'Subject: [#{{ number }}] written anew\n\nOpen {{ hours }}.\n',
    );
    const calendars = { support: { weekdays: '10:00-16:00', daysOff: 'closed' } };
    const limits = { acknowledge: { perDomainHour: 1 }, outbox: { giveUpAfterHours: 5 } };
    change(room, { ...limits, calendars, log: { level: 'warn' } });
    const line = await hangUp(daemon);
    expect(line).toMatchObject({
      taken: expect.arrayContaining(['calendars.support.weekdays', 'acknowledge.perDomainHour', 'log.level']),
      restart: ['outbox.giveUpAfterHours'],
    });
    await write(1);
    await until(() => sent(room).length === 1, 10_000, 'the first letter is answered');
    const answer = fs.readFileSync(path.join(room.dir, 'outgoing', sent(room)[0]!), 'utf8');
    expect(answer).toContain('written anew');
    expect(answer).toMatch(/^Open weekdays 10:00(?:–|=E2=80=93)16:00, Moscow time/m);
    await write(2);
    await daemon.said(({ level, letter }) => level === 'warn' && letter === 2, 'the limit silences the second');
    expect(daemon.log.some(({ level, letter }) => level === 'info' && letter !== undefined)).toBe(false);
    expect((await daemon.kill('SIGTERM')).code).toBe(0);
  });

  test('warns the admin of a desk with nobody in it, until somebody is named', async () => {
    const { room, daemon } = await daemonOf();
    const warnings = () => daemon.log.filter(({ level, event }) => level === 'warn' && event === 'unstaffed');
    expect(warnings()).toMatchObject([{ msg: expect.stringContaining('name the people of the desk') }]);
    change(room, { operators: [{ address: 'anna@desk.example', name: 'Anna', role: 'lead' }] });
    await hangUp(daemon);
    change(room, { operators: [] });
    await hangUp(daemon);
    await until(() => warnings().length === 2, 10_000, 'the admin is warned again');
  });

  test('with a broken configuration is one line, and everything goes on as it was', async () => {
    const { room, daemon } = await daemonOf();
    fs.writeFileSync(room.configFile, '{ "desk": ');
    expect(await hangUp(daemon)).toMatchObject({
      level: 'error',
      problems: [expect.stringContaining('kvitok.json:1')],
    });
    expect(reloads(daemon)).toHaveLength(1);
    expect((await daemon.kill('SIGTERM')).code).toBe(0);
  });
});

test('a setting that changed and one that did not are told apart, whatever their order in the file', () => {
  const of = (values: object) => configSchema.parse({ desk: { name: 'Desk', address: 'a@b.example' }, ...values });
  const old = of({ acknowledge: { perHour: 5 }, log: { level: 'info' } });
  expect(changesBetween(old, of({ log: { level: 'info' }, acknowledge: { perHour: 5 } }))).toEqual({
    taken: [],
    restart: [],
  });
  expect(changesBetween(old, of({ log: { format: 'json' }, acknowledge: { perHour: 6 } }))).toEqual({
    taken: ['acknowledge.perHour'],
    restart: ['log.format'],
  });
});

test('of what changed each setting is named by itself, as check names it, also in a list, and where one came or went', () => {
  const mailbox = { name: 'a', host: 'imap.example', user: 'u', password: 'first', startFrom: 'now' };
  const of = (values: object) => configSchema.parse({ desk: { name: 'Desk', address: 'a@b.example' }, ...values });
  const old = of({ mailboxes: [mailbox], outbox: { giveUpAfterHours: 5 } });
  const next = of({
    mailboxes: [
      { ...mailbox, password: 'second' },
      { ...mailbox, name: 'b' },
    ],
  });
  const changes = changesBetween(old, next);
  expect(changes).toEqual({
    taken: [],
    restart: expect.arrayContaining(['mailboxes[0].password', 'mailboxes[1]', 'outbox.giveUpAfterHours']),
  });
  expect(changes.restart).toHaveLength(3);
});

describe('an error that nobody expected', () => {
  const ACCIDENT = path.join(import.meta.dirname, '../../src/daemon/accident.ts');
  const LOG = path.join(import.meta.dirname, '../../src/config/log.ts');
  const endingOf = (level: string, accident: string) => {
    const program = `
      const { endOnAccident } = await import(${JSON.stringify(ACCIDENT)});
      const { createLog } = await import(${JSON.stringify(LOG)});
      endOnAccident(createLog({ level: '${level}', format: 'json' }));
      setInterval(() => {}, 1000);
      ${accident}`;
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
      encoding: 'utf8',
      timeout: 20_000,
      env: { ...process.env, NODE_OPTIONS: '--disable-warning=ExperimentalWarning' },
    });
    return { status, stderr, lines: stdout.trim().split('\n') };
  };

  test.each([
    ['thrown', "setTimeout(() => { throw new Error('out of the blue') })"],
    ['rejected', "void Promise.reject(new Error('out of the blue'))"],
  ])('%s ends the process with 70 and one line, without a stack', (_how, accident) => {
    const { status, stderr, lines } = endingOf('info', accident);
    expect({ status, stderr }).toEqual({ status: 70, stderr: '' });
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0]!)).toMatchObject({ level: 'error', event: 'accident', error: 'out of the blue' });
    expect(lines[0]).not.toContain('.ts:');
  });

  test('shows where it happened to whoever asks for debug lines', () => {
    const { status, lines } = endingOf('debug', "setTimeout(() => { throw new Error('out of the blue') })");
    expect(status).toBe(70);
    expect(lines.join('\n')).toContain('"stack"');
  });
});

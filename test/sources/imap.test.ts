import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { MailboxConfig } from '../../src/config/schema.ts';
import type { ImapDeps } from '../../src/sources/imap.ts';
import { until } from '../support/condition.ts';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { type Desk, desk, letter, mailboxAt } from './desk-mailbox.ts';
import type { MemoryStore } from './memory-store.ts';

let dovecot: Dovecot;
let user = 'nobody';
let count = 0;
const open: Desk[] = [];

beforeAll(async () => {
  dovecot = await startDovecot({
    users: Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`desk${i}`, 'secret'])),
  });
});
afterAll(() => dovecot.stop());
beforeEach(() => {
  user = `desk${count++}`;
});
afterEach(async () => {
  for (const { source } of open.splice(0)) await source.stop();
});

function watch(mailbox: Partial<MailboxConfig> = {}, changes: Partial<ImapDeps> = {}, store?: MemoryStore): Desk {
  const made = desk(mailboxAt(dovecot.port, { user, ...mailbox }), changes, store);
  open.push(made);
  return made;
}

const idle = ({ source }: Desk) => until(() => source.status().state === 'idle', 5000, 'the source idles');

describe('a letter that arrives', () => {
  test('is kept within a second, moved to a done folder that did not exist, and stays unread', async () => {
    const { source, store } = watch();
    source.start();
    await idle(open[0]!);
    const sent = performance.now();
    await dovecot.deliver(user, letter('Не открывается кабинет'), { from: 'anna@example.net' });
    await until(() => store.letters.length === 1, 1000, 'the letter is kept');
    expect(performance.now() - sent).toBeLessThan(1000);
    await until(async () => (await dovecot.count(user, 'Kvitok.Done')) === 1, 2000, 'the letter is in the done folder');
    expect(await dovecot.count(user)).toBe(0);
    expect((await dovecot.letters(user, 'Kvitok.Done'))[0]!.flags).not.toContain('\\Seen');
    const [kept] = store.letters;
    expect(kept).toMatchObject({ source: 'imap:support', envelope: { from: 'anna@example.net', to: [user] } });
    expect(kept!.key).toMatch(/^imap:support:INBOX:\d+:1$/);
    expect(Math.abs(kept!.receivedAt - Date.now())).toBeLessThan(5000);
    expect(Buffer.from(kept!.raw).toString()).toContain('Subject: Не открывается кабинет\r\n');
  });
});

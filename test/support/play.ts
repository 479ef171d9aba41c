// The stage of a play: a desk with two operators and its daemon, two customers, everybody with a mailbox in one Dovecot, and a
// post office between them. In: nothing; out: what each finds in his mailbox.

import { decode } from '../../src/decode/decode.ts';
import type { Message } from '../../src/mail/message.ts';
import type { Account, Servers } from './clients.ts';
import { until } from './condition.ts';
import { type DaemonProcess, mailboxOf, type PostRoom, postRoom } from './daemon.ts';
import { type Dovecot, startDovecot } from './dovecot.ts';
import { AUTHSERV_ID, openPostOffice, type PostOffice } from './post-office.ts';

export const ANNA: Account = { user: 'anna', name: 'Анна Смирнова', address: 'anna@desk.example' };
export const BORIS: Account = { user: 'boris', name: 'Борис Котов', address: 'boris@desk.example' };
export const IVAN: Account = { user: 'ivan', name: 'Иван Петров', address: 'ivan@client.example' };
export const MARIA: Account = { user: 'maria', name: 'Maria Weber', address: 'maria@shop.example' };

export interface Stage extends Servers {
  readonly dovecot: Dovecot;
  readonly office: PostOffice;
  readonly room: PostRoom;
  readonly daemon: DaemonProcess;
  /** The letters of a person's inbox (or another folder) in order, waiting until there are so many. */
  inbox(person: Account, letters: number, folder?: string): Promise<readonly Message[]>;
  close(): Promise<void>;
}

/** Opens the stage; `values` are added to the configuration. */
export async function openStage(values: object = {}): Promise<Stage> {
  const people = [ANNA, BORIS, IVAN, MARIA];
  const users = Object.fromEntries(['support', ...people.map(({ user }) => user)].map((user) => [user, 'secret']));
  const dovecot = await startDovecot({ users });
  const addresses = Object.fromEntries(people.map(({ user, address }) => [address, user]));
  const office = await openPostOffice(dovecot, { ...addresses, 'support@desk.example': 'support' });
  const room = postRoom({
    operators: [ANNA, BORIS].map(({ name, address }) => ({ name: name.split(' ')[0], address })),
    mailboxes: [mailboxOf(dovecot.port, 'support', { sent: { folder: ['Sent'], file: true } })],
    threading: { subaddresses: true, authservId: AUTHSERV_ID },
    smtp: { host: '127.0.0.1', port: office.port, security: 'none' },
    notifications: { digestAt: 'never' },
    ...values,
  });
  await dovecot.doveadm('support', 'mailbox', 'create', 'Sent');
  const daemon = await room.start();
  const texts = async (user: string, folder: string) =>
    (await dovecot.doveadm(user, 'fetch', 'text', 'mailbox', folder, 'ALL'))
      .split(/\f?text:\n/)
      .slice(1)
      .map((text) => decode(Buffer.from(text.replace(/\f$/, ''), 'utf8')));
  return {
    dovecot,
    office,
    room,
    daemon,
    imap: dovecot.port,
    smtp: office.port,
    inbox: (person, letters, folder = 'INBOX') =>
      until(
        async () => {
          const found = await texts(person.user, folder);
          return found.length >= letters && found;
        },
        15_000,
        `${person.name} has ${letters} letters`,
      ),
    close: async () => {
      await room.remove();
      await office.stop();
      await dovecot.stop();
    },
  };
}

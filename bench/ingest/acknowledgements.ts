// How fast acknowledgements leave: a full outbox and a fresh daemon on one side, nodemailer's pool and nothing around it on the
// other, into the same server, over as many connections.

import { readFileSync, writeFileSync } from 'node:fs';
import { createTransport } from 'nodemailer';
import type { PostRoom } from '../../test/support/daemon.ts';
import type { Sink } from './sink.ts';

const CONNECTIONS = 4;

/** Letters a second of kvitok's outbox, which holds `queued`. The room's daemon must not run. */
export async function outboxRate(room: PostRoom, queued: number, sink: Sink): Promise<number> {
  const config = JSON.parse(readFileSync(room.configFile, 'utf8')) as Record<string, unknown>;
  const smtp = { host: '127.0.0.1', port: sink.port, security: 'none', connections: CONNECTIONS };
  writeFileSync(room.configFile, JSON.stringify({ ...config, mailboxes: [], listeners: [LISTENER], smtp }));
  await sink.reset();
  const daemon = await room.start();
  const rate = await sink.rateOf(queued);
  await daemon.kill('SIGTERM');
  return rate;
}

/** A configuration without any source would be refused. */
const LISTENER = { at: { path: 'lmtp' } };

/** Letters a second of nodemailer alone: letters of the same kind, as many. */
export async function nodemailerRate(letters: number, sink: Sink): Promise<number> {
  const pool = createTransport({
    pool: true,
    host: '127.0.0.1',
    port: sink.port,
    ignoreTLS: true,
    maxConnections: CONNECTIONS,
    maxMessages: Number.POSITIVE_INFINITY,
  });
  await sink.reset();
  const sending = Array.from({ length: letters }, (_, n) => pool.sendMail(letterOf(n)));
  const rate = await sink.rateOf(letters);
  await Promise.all(sending);
  pool.close();
  return rate;
}

const TEXT = 'Здравствуйте!\n\nВаше обращение принято, его номер [#10429]. Сохраняйте его в теме письма.\n'.repeat(8);

const letterOf = (n: number) => ({
  from: { name: 'Служба поддержки', address: 'support@desk.example' },
  to: { name: '', address: `customer${n}@shop.example` },
  envelope: { from: '', to: [`customer${n}@shop.example`] },
  subject: `[#10429] Обращение принято ${n}`,
  text: TEXT,
  html: `<p>${TEXT.replaceAll('\n', '</p><p>')}</p>`,
  messageId: `<bench.${n}@kvitok.desk.example>`,
  inReplyTo: `<letter.${n}@shop.example>`,
  headers: { 'Auto-Submitted': 'auto-replied', 'X-Auto-Response-Suppress': 'All' },
});

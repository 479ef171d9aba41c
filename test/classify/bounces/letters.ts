// The bytes of a bounce: a server's announcement with the letter it gives back, as it reaches the desk by one of the ways
// that such letters take, a multipart/report by the book being only one of them.

import type { Circumstance, Draft } from './circumstance.ts';

/** How the announcement reached the desk. */
export const WAYS = [
  'report',
  'mixed',
  'status-as-text',
  'status-as-file',
  'plain',
  'disclaimer-around',
  'disclaimer-below',
  'passed-on-by-robot',
] as const;
export type Way = (typeof WAYS)[number];

export interface Sender {
  readonly from: string;
  /** Return-Path; null for a letter without one. */
  readonly path: string | null;
}

const LANGUAGE = /[а-яё]/i;
const DISCLAIMERS = {
  en: 'This e-mail is confidential and meant for its addressee only. If you got it by mistake, tell security@firma.example and delete it.',
  ru: 'Сообщение и вложения конфиденциальны. Если Вы получили его по ошибке, сообщите на security@firma.example и удалите его.',
};

const word = (text: string) =>
  /^[\x20-\x7e]*$/.test(text) ? text : `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`;

const mailbox = (text: string) => {
  const [, name = '', address = text] = /^"?([^"<]*?)"?\s*<([^>]*)>$/.exec(text) ?? [];
  return name === ''
    ? text
    : `${/^[\w .-]*$/.test(name) ? name : /^[\x20-\x7e]*$/.test(name) ? `"${name}"` : word(name)} <${address}>`;
};

/** The letter of the desk's that did not arrive. */
function original(c: Circumstance): { readonly header: string; readonly whole: string } {
  const header = [
    ...(c.chance(60) ? [`Received: from kvitok.desk.example by ${c.relay} with ESMTPS id 7A1B2; ${c.date}`] : []),
    `From: =?utf-8?B?${Buffer.from('Служба поддержки').toString('base64')}?= <${c.our.address}>`,
    `To: ${[...c.lost, ...c.reached].join(', ')}`,
    `Subject: ${word(c.our.subject)}`,
    `Message-ID: <${c.our.id}>`,
    `Date: ${c.date}`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: 8bit',
  ].join('\n');
  return { header, whole: `${header}\n\n${c.our.text}` };
}

function textPart(c: Circumstance, text: string): string {
  const encoding = c.pick('8bit', 'base64', 'base64', 'quoted');
  if (encoding === '8bit')
    return `Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n${text}\n`;
  const bytes = Buffer.from(text);
  if (encoding === 'base64')
    return `Content-Type: text/plain; charset="utf-8"\nContent-Transfer-Encoding: base64\n\n${bytes.toString('base64').replace(/.{76}/g, '$&\n')}\n`;
  const quoted = [...bytes]
    .map((byte) => {
      const plain = byte === 10 || (byte >= 32 && byte < 127 && byte !== 61);
      return plain ? String.fromCharCode(byte) : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    })
    .join('')
    .split('\n')
    .map((line) => line.match(/(?:=[0-9A-F]{2}|[^=]){1,70}/g)?.join('=\n') ?? '')
    .join('\n');
  return `Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n${quoted}\n`;
}

function body(c: Circumstance, draft: Draft, way: Way): string {
  const letter = original(c);
  const { returned, groups } = draft;
  const status = groups && `Reporting-MTA: dns; ${c.relay}\nArrival-Date: ${c.date}\n\n${groups.join('\n\n')}\n`;
  const below = way === 'disclaimer-below' ? `\n\n--\n${DISCLAIMERS[LANGUAGE.test(draft.text) ? 'ru' : 'en']}\n` : '';
  const inText = returned === 'text' || (way === 'plain' && returned !== 'none');
  const marker = draft.marker ?? '----- Original message -----\n';
  const pasted = inText ? `\n${marker}\n${c.pick(letter.whole, letter.header)}\n` : '';
  const written = way === 'plain' && status && c.chance(50) ? `\nTechnical report:\n\n${status}` : '';
  const text = `${draft.text}${written}${pasted}${below}`;
  if (way === 'plain') return textPart(c, text);
  const parts = [textPart(c, text)];
  if (draft.html !== false && c.chance(10)) parts.push('Content-Type: text/css; name=style.css\n\np { color: red }\n');
  if (status) {
    if (way === 'status-as-text') parts.push(`Content-Type: text/plain; name="details.txt"\n\n${status}`);
    else if (way === 'status-as-file')
      parts.push(
        `Content-Type: application/octet-stream; name="details.txt"\nContent-Transfer-Encoding: base64\n\n${Buffer.from(status).toString('base64').replace(/.{76}/g, '$&\n')}\n`,
      );
    else parts.push(`Content-Type: message/delivery-status\n\n${status}`);
  }
  if (returned === 'part')
    parts.push(`Content-Type: message/rfc822\nContent-Disposition: attachment\n\n${letter.whole}`);
  if (returned === 'headers') parts.push(`Content-Type: text/rfc822-headers\n\n${letter.header}\n`);
  const report = way === 'report' && status !== undefined;
  const type = report ? 'multipart/report; report-type=delivery-status' : 'multipart/mixed';
  const boundary = `b${c.random(1e9)}`;
  return `Content-Type: ${type}; boundary="${boundary}"\n\nThis is a MIME-encapsulated message.\n\n${parts.map((part) => `--${boundary}\n${part}\n`).join('')}--${boundary}--\n`;
}

function headed(
  c: Circumstance,
  { from, path }: Sender,
  subject: string,
  more: readonly string[],
  content: string,
): string {
  const lines = [
    ...(path === null ? [] : [`Return-Path: <${path}>`]),
    `Received: from ${c.relay} (${c.relay} [${c.ip}]) by mx.desk.example with ESMTP id made; ${c.date}`,
    `From: ${mailbox(from)}`,
    `To: ${c.our.address}`,
    `Subject: ${word(subject)}`,
    `Message-ID: <m${c.random(1e9)}@${c.relay}>`,
    `Date: ${c.date}`,
    ...more,
    'MIME-Version: 1.0',
  ];
  return `${lines.join('\n')}\n${content}`;
}

/** The letter as the desk gets it. */
export function bytesOf(c: Circumstance, draft: Draft, sender: Sender, way: Way): Uint8Array {
  const bounce = (inner: Way) => headed(c, sender, draft.subject, draft.headers ?? [], body(c, draft, inner));
  const disclaimer = DISCLAIMERS[LANGUAGE.test(draft.text) ? 'ru' : 'en'];
  const text = () => {
    if (way === 'disclaimer-around') {
      const inside = bounce(c.pick('report', 'mixed', 'plain'));
      const boundary = `g${c.random(1e9)}`;
      const wrapped = `Content-Type: multipart/mixed; boundary=${boundary}\n\n--${boundary}\n${textPart(c, disclaimer)}\n--${boundary}\nContent-Type: message/rfc822\nContent-Disposition: attachment; filename=originalmail.eml\n\n${inside}\n--${boundary}--\n`;
      return headed(c, sender, draft.subject, [], wrapped);
    }
    if (way === 'passed-on-by-robot') {
      const head = `---------- Forwarded message ----------\nFrom: ${draft.from}\nDate: ${c.date}\nSubject: ${draft.subject}\nTo: <${c.our.address}>\n\n`;
      const note = {
        ...draft,
        text: head + draft.text,
        returned: draft.returned === 'none' ? 'none' : 'text',
      } as const;
      return headed(c, { from: sender.from, path: '' }, `Fwd: ${draft.subject}`, [], body(c, note, 'plain'));
    }
    return bounce(way);
  };
  return new TextEncoder().encode(text().replaceAll('\n', '\r\n'));
}

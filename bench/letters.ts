// A seeded load of letters in the mix of a Russian support desk: 60 % text of 1–3 KB, 25 % with HTML of 8–20 KB, 12 % with
// a picture of 100–400 KB, 3 % with a ZIP of 1 MB; UTF-8 50 %, windows-1251 30 %, KOI8-R 20 %. All labels are right.

import {
  base64Lines,
  bytesIn,
  type Charset,
  encodedWords,
  extendedName,
  type TransferEncoding,
  transferEncoded,
} from './encodings.ts';
import { png, zippedScreenshot } from './pictures.ts';
import { between, type Chance, chance, FILES, NAMES, one, SENTENCES, SUBJECTS } from './words.ts';

export type LetterShape = 'text' | 'html' | 'picture' | 'archive';

/** A letter as bytes and what it must decode to. */
export interface LoadLetter {
  readonly raw: Buffer;
  readonly shape: LetterShape;
  readonly charset: Charset;
  readonly messageId: string;
  readonly from: { readonly name: string; readonly address: string };
  readonly subject: string;
  /** `\n` line ends. */
  readonly text: string;
  readonly file: { readonly name: string; readonly bytes: Buffer } | null;
}

function shares<T>(counts: readonly (readonly [T, number])[]): readonly T[] {
  return counts.flatMap(([value, count]) => Array<T>(count).fill(value));
}

const SHAPES = shares<LetterShape>([
  ['text', 60],
  ['html', 25],
  ['picture', 12],
  ['archive', 3],
]);
const CHARSETS = shares<Charset>([
  ['utf-8', 50],
  ['windows-1251', 30],
  ['koi8-r', 20],
]);
const TO = 'support@desk.example';

/** The n-th of a hundred in an order that the seed shuffles, so that every hundred letters have the exact mix. */
function shuffled<T>(list: readonly T[], random: Chance): T[] {
  const order = [...list];
  for (let at = order.length - 1; at > 0; at--) {
    const other = between(random, 0, at);
    [order[at], order[other]] = [order[other] as T, order[at] as T];
  }
  return order;
}

function wrapped(sentence: string): string {
  return sentence.replace(/(.{50,68}) /g, '$1\n');
}

function prose(random: Chance, bytes: number, charset: Charset, name: string): string {
  let text = 'Здравствуйте!\n';
  while (bytesIn(text, charset).length < bytes)
    text += `\n${wrapped(`${one(random, SENTENCES)} ${one(random, SENTENCES)}`)}\n`;
  return `${text}\nС уважением,\n${name}`;
}

/** The same words in the heavy markup of office mailers, as many style attributes as the size asks for. */
function officeHtml(text: string, bytes: number): string {
  const paragraphs = text.split('\n\n');
  const weight = Math.max(0, Math.round((bytes - 2 * text.length) / paragraphs.length / 60));
  const style = 'mso-style-priority:99;margin-bottom:.0001pt;line-height:115%;'.repeat(weight);
  const body = paragraphs.map(
    (paragraph) =>
      `<p class="MsoNormal" style="${style}"><span lang="RU">${paragraph.replaceAll('\n', '<br>\r\n')}</span></p>`,
  );
  return `<html><head><style>p.MsoNormal{margin:0cm;font-size:11pt}</style></head><body lang="RU">\r\n${body.join('\r\n')}\r\n</body></html>`;
}

function textEntity(random: Chance, type: string, text: string, charset: Charset): Buffer {
  const encoding = one<TransferEncoding>(random, ['8bit', 'base64', 'quoted-printable']);
  const head = `Content-Type: ${type}; charset=${charset}\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n`;
  return Buffer.concat([
    Buffer.from(head),
    transferEncoded(bytesIn(text.replace(/\r?\n/g, '\r\n'), charset), encoding),
  ]);
}

function fileEntity(random: Chance, type: string, name: string, bytes: Buffer, charset: Charset): Buffer {
  const written = random() < 0.5 ? extendedName(name, charset) : `filename="${encodedWords(name, charset)}"`;
  const head =
    `Content-Type: ${type};\r\n name="${encodedWords(name, charset)}"\r\nContent-Transfer-Encoding: base64\r\n` +
    `Content-Disposition: attachment;\r\n ${written}\r\n\r\n`;
  return Buffer.from(head + base64Lines(bytes));
}

function multipart(subtype: string, boundary: string, entities: readonly Buffer[]): Buffer {
  const head = `Content-Type: multipart/${subtype};\r\n boundary="${boundary}"\r\n\r\n`;
  const parts = entities.flatMap((entity) => [Buffer.from(`\r\n--${boundary}\r\n`), entity]);
  return Buffer.concat([Buffer.from(head), ...parts, Buffer.from(`\r\n--${boundary}--\r\n`)]);
}

function date(at: number): string {
  return new Date(at).toUTCString().replace('GMT', '+0000');
}

/** Letter `n` of the load. */
function letter(n: number, seed: number, shape: LetterShape, charset: Charset): LoadLetter {
  const random = chance(Math.imul(seed, 0x9e3779b1) ^ (n + 1));
  const name = one(random, NAMES);
  const address = `customer${n}@shop${n % 89}.example`;
  const subject = `${one(random, SUBJECTS)}, заказ ${between(random, 1000, 9999)}`;
  const text = prose(random, between(random, 1000, 2700), charset, name);
  const boundary = `----=_Next_${n}_${seed}`;
  const fileName = `${one(random, FILES)} ${n}.${shape === 'archive' ? 'zip' : 'png'}`;
  const bytes =
    shape === 'picture'
      ? png(random, between(random, 100_000, 400_000))
      : shape === 'archive'
        ? zippedScreenshot(random, 'screen.bmp')
        : null;
  const plain = textEntity(random, 'text/plain', text, charset);
  const type = shape === 'archive' ? 'application/zip' : 'image/png';
  const body =
    shape === 'html'
      ? multipart('alternative', boundary, [
          plain,
          textEntity(random, 'text/html', officeHtml(text, between(random, 8192, 20480)), charset),
        ])
      : bytes
        ? multipart('mixed', boundary, [plain, fileEntity(random, type, fileName, bytes, charset)])
        : plain;
  const sent = Date.UTC(2026, 2, 2, 6) + n * 41_000;
  const messageId = `load.${seed}.${n}@shop${n % 89}.example`;
  const head = [
    `Return-Path: <${address}>`,
    `Received: from mail.shop${n % 89}.example (mail.shop${n % 89}.example [192.0.2.${n % 250}])\r\n\tby mx.desk.example with ESMTPS id ${n}; ${date(sent + 1000)}`,
    `From: ${encodedWords(name, charset)} <${address}>`,
    `To: ${encodedWords('Поддержка', charset)} <${TO}>`,
    `Subject: ${encodedWords(subject, charset)}`,
    `Date: ${date(sent)}`,
    `Message-ID: <${messageId}>`,
    'MIME-Version: 1.0',
    `X-Mailer: ${one(random, ['Thunderbird', 'The Bat! 11', 'Outlook 16.0', 'Yamail 5.0'])}`,
  ];
  return {
    raw: Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n`), body]),
    shape,
    charset,
    messageId,
    from: { name, address },
    subject,
    text,
    file: bytes && { name: fileName, bytes },
  };
}

/** `n` letters of the load that `seed` names; the same seed gives the same letters, whatever `n` is. */
export function* letters(n: number, seed: number): Generator<LoadLetter> {
  let shapes: LetterShape[] = [];
  let charsets: Charset[] = [];
  for (let at = 0; at < n; at++) {
    if (at % 100 === 0) {
      const random = chance(Math.imul(seed, 31) + at);
      shapes = shuffled(SHAPES, random);
      charsets = shuffled(CHARSETS, random);
    }
    yield letter(at, seed, shapes[at % 100] ?? 'text', charsets[at % 100] ?? 'utf-8');
  }
}

// npm run compare [-- FOLDER ...]: every difference between kvitok and mailparser on letters, and who is right: by the
// JSON beside the letter, written by hand, or by a rule of the RFCs. Reads the fixtures, a `corpus` folder beside the
// project where there is one, and the folders named. Ends with 1 where mailparser is right or nobody was found to be.

import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type ParsedMail, simpleParser } from 'mailparser';
import { decode } from '../src/decode/decode.ts';
import { identity } from '../src/mail/address.ts';
import { cleanLine } from '../src/mail/clean.ts';
import type { Message } from '../src/mail/message.ts';

type Aspect = 'subject' | 'from' | 'name' | 'text' | 'files' | 'bytes';
type View = Readonly<Record<Aspect, string>>;

interface Difference {
  readonly file: string;
  readonly aspect: Aspect;
  readonly ours: string;
  readonly theirs: string;
  readonly message: Message;
  readonly raw: Buffer;
  readonly expected: Partial<View>;
}

interface Judgement {
  readonly right: 'kvitok' | 'mailparser' | 'neither' | 'both' | 'open';
  readonly because: string;
}

const shown = (text: string | null | undefined): string =>
  (text ?? '')
    .normalize('NFC')
    .replace(/[\s\u200b-\u200f\u2060\ufeff\u00ad]+/g, ' ')
    .trim();
const list = (values: readonly string[]): string => values.toSorted().join(' | ');

function ourView(message: Message): View {
  return {
    subject: shown(message.subject),
    from: shown(message.from[0]?.address).toLowerCase(),
    name: shown(message.from[0]?.name),
    text: shown(message.text),
    files: list(message.parts.map(({ filename }) => shown(filename))),
    bytes: list(message.parts.map(({ bytes }) => String(bytes.length))),
  };
}

function theirView(mail: ParsedMail): View {
  const from = mail.from?.value[0];
  return {
    subject: shown(mail.subject),
    from: shown(from?.address).toLowerCase(),
    name: shown(from?.name),
    text: shown(mail.text),
    files: list(mail.attachments.map(({ filename }) => shown(filename))),
    bytes: list(mail.attachments.map(({ size }) => String(size))),
  };
}

/** What the hand-written JSON beside a fixture says; empty where there is none or it is of another shape. */
function expectedOf(file: string): Partial<View> {
  const beside = file.replace(/\.[a-z]+$/, '.json');
  if (!existsSync(beside)) return {};
  const json = JSON.parse(readFileSync(beside, 'utf8')) as {
    subject?: string;
    from?: { name: string; address: string };
    text?: string;
    attachments?: readonly { filename?: string | null }[];
  };
  if (json.attachments?.some((one) => typeof one !== 'object')) return {};
  return {
    ...(json.subject === undefined ? {} : { subject: shown(json.subject) }),
    ...(json.from === undefined ? {} : { from: json.from.address.toLowerCase(), name: shown(json.from.name) }),
    ...(json.text === undefined ? {} : { text: shown(json.text) }),
    ...(json.attachments === undefined ? {} : { files: list(json.attachments.map(({ filename }) => shown(filename))) }),
  };
}

type Rule = (difference: Difference) => Judgement | null;
const kvitok = (because: string): Judgement => ({ right: 'kvitok', because });
const codes = ({ message }: Difference): string[] => message.defects.map(({ code }) => code);
const types = ({ message }: Difference): string[] => message.parts.map(({ contentType }) => contentType);
const files = ({ aspect }: Difference): boolean => aspect === 'files' || aspect === 'bytes';

const both = (because: string): Judgement => ({ right: 'both', because });
const CYRILLIC_OR_CJK = /[\u0400-\u04ff\u3040-\u9fff]/;
const bare = (text: string): string => cleanLine(text).replace(/["'\s]/g, '');
const BROKEN = /^(boundary|header|parts|multipart|mime|bare|blank|content-field|transfer|text|parameter|filename)/;

/** In their order; the first that answers is believed. */
const RULES: readonly Rule[] = [
  ({ aspect, ours, theirs, expected }) => {
    const right = expected[aspect];
    if (right === undefined) return null;
    if (ours === right) return kvitok('by the hand-written JSON');
    return { right: theirs === right ? 'mailparser' : 'neither', because: 'by the hand-written JSON' };
  },
  ({ ours, theirs }) =>
    /\ufffd|ï¿½/.test(theirs) && !/\ufffd|ï¿½/.test(ours)
      ? kvitok('the bytes are in a charset that mailparser lost')
      : null,
  ({ ours, theirs }) =>
    /[\u00a1-\u00ff]{2}/.test(theirs) && CYRILLIC_OR_CJK.test(ours) && !CYRILLIC_OR_CJK.test(theirs)
      ? kvitok('raw 8-bit bytes are no Latin-1 here')
      : null,
  ({ aspect, ours, theirs }) =>
    aspect === 'text' && theirs === '' && ours !== '' ? kvitok('the words are there') : null,
  ({ aspect, ours, theirs }) =>
    aspect === 'from' && theirs === '' && ours !== '' ? kvitok('no From: who may have written is shown') : null,
  (difference) =>
    difference.aspect === 'text' && codes(difference).includes('alternatives-differ')
      ? kvitok('RFC 2046 §5.1.4: the last form is the best, and the two say different things')
      : null,
  (difference) =>
    (files(difference) || difference.aspect === 'text') &&
    types(difference).some((type) => /^message\/|rfc822-headers$/.test(type))
      ? kvitok('RFC 2046 §5.2.1, RFC 3464: a letter or a report inside is one part')
      : null,
  (difference) =>
    files(difference) && codes(difference).includes('winmail-opened') ? kvitok('winmail.dat is opened') : null,
  (difference) =>
    codes(difference).some((code) => BROKEN.test(code))
      ? both(`a broken letter, and it is said: ${codes(difference).join(', ')}`)
      : null,
  ({ aspect, theirs }) =>
    aspect === 'name' && theirs.startsWith('=?') ? kvitok('an encoded word with blanks in it is still read') : null,
  (difference) =>
    difference.aspect === 'bytes' && difference.raw.includes('x-uuencode') ? kvitok('uuencoding is undone') : null,
  ({ aspect, raw }) =>
    aspect === 'text' && /charset="?utf-7/i.test(raw.toString('latin1')) ? kvitok('RFC 2152: UTF-7 is decoded') : null,
  ({ aspect, ours, theirs, message }) =>
    aspect === 'text' &&
    theirs.startsWith(ours) &&
    message.parts.some(({ contentType }) => contentType === 'text/plain')
      ? both('RFC 2183: a named text file that is inline is a file or text, as one likes')
      : null,
  ({ aspect, message }) =>
    message.author === null && (aspect === 'from' || aspect === 'name')
      ? both('the strict grammar finds nobody there')
      : null,
  ({ aspect, ours, theirs, message }) =>
    /subject|name|text/.test(aspect) && !ours.includes(theirs) && message.defects.some(({ code }) => code === 'charset')
      ? kvitok(`the label lies: ${message.defects.find(({ code }) => code === 'charset')?.detail}`)
      : null,
  ({ ours, theirs }) =>
    bare(ours) === bare(theirs) || bare(ours) === bare(theirs).replaceAll('\u0000', '')
      ? kvitok('controls, overrides and quotes end at one door')
      : null,
  ({ aspect, ours, theirs }) =>
    aspect === 'from' && (identity(ours) === identity(theirs) || ours.includes('@xn--'))
      ? both('one address in two spellings (IDN)')
      : null,
  ({ aspect, ours, theirs }) =>
    aspect === 'name' && ours === '' && theirs !== '' ? both('the name of a group, which is nobody') : null,
  ({ aspect, ours, theirs }) =>
    aspect === 'files' && ours.length >= 250 && theirs.startsWith(ours.slice(0, 200))
      ? both('a name is cut at 255')
      : null,
  (difference) =>
    files(difference) && difference.theirs === '' ? kvitok('a file under a name is a file (RFC 2183 §2.3)') : null,
  (difference) =>
    files(difference) && /multipart\/alternative/i.test(difference.message.fields.first('content-type') ?? '')
      ? both('RFC 2046 §5.1.4: another form of the text is no file')
      : null,
];

function judge(difference: Difference): Judgement {
  for (const rule of RULES) {
    const judgement = rule(difference);
    if (judgement !== null) return judgement;
  }
  return { right: 'open', because: 'to be looked at' };
}

async function differences(file: string): Promise<Difference[]> {
  const raw = readFileSync(file);
  const message = decode(raw);
  const mail = await simpleParser(raw, { skipHtmlToText: true, skipTextToHtml: true, skipTextLinks: true }).catch(
    () => null,
  );
  if (mail === null) return [];
  const [ours, theirs, expected] = [ourView(message), theirView(mail), expectedOf(file)];
  const compared = (Object.keys(ours) as Aspect[]).filter((aspect) => aspect !== 'text' || mail.text !== undefined);
  return compared
    .filter((aspect) => ours[aspect] !== theirs[aspect])
    .map((aspect) => ({ file, aspect, ours: ours[aspect], theirs: theirs[aspect], message, raw, expected }));
}

function lettersIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(eml|box)$/.test(name))
    .map((name) => path.join(folder, name));
}

const folders = ['fixtures/letters', ...globSync('../*/corpus'), ...process.argv.slice(2)];
const counts = new Map<string, number>();
let letters = 0;
for (const file of folders.flatMap(lettersIn)) {
  letters++;
  for (const difference of await differences(file)) {
    const { right, because } = judge(difference);
    counts.set(right, (counts.get(right) ?? 0) + 1);
    const [ours, theirs] = [difference.ours, difference.theirs].map((text) => JSON.stringify(text.slice(0, 100)));
    console.log(
      `${file} | ${difference.aspect} | right: ${right} (${because}) | kvitok ${ours} | mailparser ${theirs}`,
    );
  }
}
console.log(`${letters} letters; ${Array.from(counts, ([right, count]) => `${right} right: ${count}`).join('; ')}`);
process.exitCode = counts.has('mailparser') || counts.has('open') ? 1 : 0;

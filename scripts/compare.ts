// npm run compare [-- FOLDER ...]: every difference between kvitok and mailparser on letters, and who is right: by the
// JSON beside the letter, written by hand, or by a rule that is named (an RFC, mostly). Reads the fixtures, a `corpus`
// folder beside the project where there is one, and the folders named; 900 letters take 5 s. Ends with 1 where
// mailparser is right, neither is, or no rule decides.

import { createHash } from 'node:crypto';
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
  readonly by: string;
}

const shown = (text: string | null | undefined): string =>
  (text ?? '')
    .normalize('NFC')
    .replace(/[\s\u200b-\u200f\u2060\ufeff\u00ad]+/g, ' ')
    .trim();
/** Size and content of a file, in few characters. */
const print = (bytes: Uint8Array): string =>
  `${bytes.length}:${createHash('sha256').update(bytes).digest('hex').slice(0, 8)}`;
const list = (values: readonly string[]): string => values.toSorted().join(' | ');

function ourView(message: Message): View {
  return {
    subject: shown(message.subject),
    from: shown(message.from[0]?.address).toLowerCase(),
    name: shown(message.from[0]?.name),
    text: shown(message.text),
    files: list(message.parts.map(({ filename }) => shown(filename))),
    bytes: list(message.parts.map(({ bytes }) => print(bytes))),
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
    bytes: list(mail.attachments.map(({ content }) => print(content))),
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

const codes = ({ message }: Difference): string[] => message.defects.map(({ code }) => code);
const isFile = ({ aspect }: Difference): boolean => aspect === 'files' || aspect === 'bytes';
const holdsType = ({ message }: Difference, pattern: RegExp): boolean =>
  message.parts.some(({ contentType }) => pattern.test(contentType));

const LOST = /\ufffd|ï¿½/;
const CYRILLIC_OR_CJK = /[\u0400-\u04ff\u3040-\u9fff]/;
const BROKEN = /^(boundary|header|parts|multipart|mime|bare|blank|content-field|transfer|text|parameter|filename)/;
const bare = (text: string): string => cleanLine(text).replace(/["'\s\u0000]/g, '');
/** Every item of one list is in the other, as often. */
const within = (part: string, whole: string): boolean => {
  const rest = whole.split(' | ');
  return part.split(' | ').every((item) => item === '' || rest.splice(rest.indexOf(item) >>> 0, 1).length === 1);
};

/** mailparser writes reports into the text: without them it is the same, or nothing where all words are HTML. */
function reportsInside({ ours, theirs, message }: Difference): boolean {
  const reports = message.parts.filter(({ contentType }) => contentType === 'message/delivery-status');
  const rest = reports.reduce(
    (text, { bytes }) => text.replace(shown(Buffer.from(bytes).toString('latin1')), ''),
    theirs,
  );
  return theirs.includes(ours) || shown(rest) === ours || shown(rest) === '';
}

/** Who is right by which rule, asked in this order; the first that holds is believed. */
interface Rule {
  readonly right: 'kvitok' | 'both';
  /** The RFC (or, where none says a word, the promise of this project) that decides. */
  readonly by: string;
  readonly holds: (difference: Difference) => boolean;
}

const RULES: readonly Rule[] = [
  {
    right: 'kvitok',
    by: 'RFC 2045 §5.2, RFC 2047 §2: bytes that mailparser lost are letters of a charset',
    holds: ({ ours, theirs }) => LOST.test(theirs) && !LOST.test(ours),
  },
  {
    right: 'kvitok',
    by: 'RFC 5322 §2.2, RFC 6532: 8-bit bytes in a header have no charset, and these are no Latin-1',
    holds: ({ ours, theirs }) =>
      /[\u00a1-\u00ff]{2}/.test(theirs) && CYRILLIC_OR_CJK.test(ours) && !CYRILLIC_OR_CJK.test(theirs),
  },
  {
    right: 'kvitok',
    by: 'RFC 2045 §5.2: a body without a usable label is still text, and mailparser shows none of it',
    holds: ({ aspect, ours, theirs }) => aspect === 'text' && theirs === '' && ours !== '',
  },
  {
    right: 'kvitok',
    by: 'RFC 5322 §3.6.2: without From, Reply-To or Sender says who may have written',
    holds: ({ aspect, ours, theirs }) => aspect === 'from' && theirs === '' && ours !== '',
  },
  {
    right: 'kvitok',
    by: 'RFC 2046 §5.1.4: the last form is the best, and the two say different things',
    holds: (difference) => difference.aspect === 'text' && codes(difference).includes('alternatives-differ'),
  },
  {
    right: 'kvitok',
    by: 'RFC 2046 §5.2.1, RFC 3464 §2: a letter or report inside is one part, its words and files its own',
    holds: (difference) =>
      (isFile(difference) || (difference.aspect === 'text' && reportsInside(difference))) &&
      holdsType(difference, /^message\/|rfc822-headers$/),
  },
  {
    right: 'kvitok',
    by: 'MS-OXTNEF: winmail.dat is opened',
    holds: (difference) => isFile(difference) && codes(difference).includes('winmail-opened'),
  },
  {
    right: 'both',
    by: 'RFC 5322, RFC 2045–2047 broken by the letter, and kvitok says so in its defects',
    holds: (difference) => codes(difference).some((code) => BROKEN.test(code)),
  },
  {
    right: 'kvitok',
    by: 'RFC 2047 §2 broken by blanks in an encoded word, which is still read',
    holds: ({ aspect, theirs }) => aspect === 'name' && theirs.startsWith('=?'),
  },
  {
    right: 'kvitok',
    by: 'RFC 2045 §6.3: an x-token that is known (x-uuencode) is undone',
    holds: ({ aspect, raw }) => aspect === 'bytes' && raw.includes('x-uuencode'),
  },
  {
    right: 'kvitok',
    by: 'RFC 2152: UTF-7 is decoded',
    holds: ({ aspect, raw }) => aspect === 'text' && /charset="?utf-7/i.test(raw.toString('latin1')),
  },
  {
    right: 'both',
    by: 'RFC 2183 §2.1: a text file that is named and inline is a file or text',
    holds: (difference) =>
      difference.aspect === 'text' &&
      difference.theirs.startsWith(difference.ours) &&
      holdsType(difference, /^text\/plain$/),
  },
  {
    right: 'both',
    by: 'RFC 5322 §3.4: the field is no mailbox list; what is shown of it is anybody’s choice',
    holds: ({ aspect, message }) => message.author === null && (aspect === 'from' || aspect === 'name'),
  },
  {
    right: 'kvitok',
    by: 'RFC 2045 §5.2, RFC 2047 §2: the label lies, and kvitok says so in its defects',
    holds: (difference) =>
      /subject|name|text/.test(difference.aspect) &&
      !difference.ours.includes(difference.theirs) &&
      codes(difference).includes('charset'),
  },
  {
    right: 'kvitok',
    by: 'RFC 5322 §2.2: no controls, line ends or direction overrides come out of a field',
    holds: ({ ours, theirs }) => bare(ours) === bare(theirs),
  },
  {
    right: 'both',
    by: 'RFC 5890 §2.3: one domain in A-labels and U-labels',
    holds: ({ aspect, ours, theirs }) =>
      aspect === 'from' && (identity(ours) === identity(theirs) || ours.includes('@xn--')),
  },
  {
    right: 'both',
    by: 'RFC 5322 §3.4: the display name of a group is nobody',
    holds: ({ aspect, ours, theirs }) => aspect === 'name' && ours === '' && theirs !== '',
  },
  {
    right: 'both',
    by: 'limit: a file name is cut at 255 characters',
    holds: ({ aspect, ours, theirs }) =>
      aspect === 'files' && ours.length >= 250 && theirs.startsWith(ours.slice(0, 200)),
  },
  {
    right: 'kvitok',
    by: 'RFC 2183 §2.3: what has a file name is a file',
    holds: (difference) => isFile(difference) && within(difference.theirs, difference.ours),
  },
  {
    right: 'both',
    by: 'RFC 2046 §5.1.4: another form of the text is no file',
    holds: (difference) =>
      isFile(difference) && /multipart\/alternative/i.test(difference.message.fields.first('content-type') ?? ''),
  },
];

function judge(difference: Difference): Judgement {
  const { aspect, ours, theirs, expected } = difference;
  const written = expected[aspect];
  if (written !== undefined) {
    const right = ours === written ? 'kvitok' : theirs === written ? 'mailparser' : 'neither';
    return { right, by: 'the JSON beside the letter, written by hand' };
  }
  return RULES.find(({ holds }) => holds(difference)) ?? { right: 'open', by: 'no rule: to be looked at' };
}

/** Null where mailparser gives up on the letter. */
async function differences(file: string): Promise<Difference[] | null> {
  const raw = readFileSync(file);
  const message = decode(raw);
  const mail = await simpleParser(raw, { skipHtmlToText: true, skipTextToHtml: true, skipTextLinks: true }).catch(
    () => null,
  );
  if (mail === null) return null;
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
const rights = new Map<string, number>();
const reasons = new Map<string, number>();
const count = (counts: Map<string, number>, key: string): unknown => counts.set(key, (counts.get(key) ?? 0) + 1);
let letters = 0;
for (const file of folders.flatMap(lettersIn)) {
  letters++;
  const found = await differences(file);
  if (found === null) count(reasons, 'kvitok, by no exception: mailparser gives up on the letter');
  for (const difference of found ?? []) {
    const { right, by } = judge(difference);
    count(rights, right);
    count(reasons, `${right}, by ${by}`);
    const [ours, theirs] = [difference.ours, difference.theirs].map((text) => JSON.stringify(text.slice(0, 100)));
    console.log(`${file} | ${difference.aspect} | right: ${right}, by ${by} | kvitok ${ours} | mailparser ${theirs}`);
  }
}
for (const [reason, times] of Array.from(reasons).sort((a, b) => b[1] - a[1])) {
  console.log(`${String(times).padStart(5)} × ${reason}`);
}
console.log(`${letters} letters; ${Array.from(rights, ([right, times]) => `${right} right: ${times}`).join('; ')}`);
process.exitCode = rights.has('mailparser') || rights.has('open') || rights.has('neither') ? 1 : 0;

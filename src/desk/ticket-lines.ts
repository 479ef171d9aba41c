// What an operator wants to know of a ticket beside the words of its customer, as lines of text: where it stands, who the
// customer is, what came along, what was said before. In the desk's language and time zone.

import { LEVEL_WORDS, shortMoment } from './deadline-words.ts';
import { STATE_WORDS } from './state-words.ts';
import type { Critical, Language, Level, TicketState } from './tickets.ts';
import { writerWords } from './unnamed.ts';

/**
 * A file of a letter: it comes along, is left out for its size or because it belongs to the letter's looks, or was refused
 * (then in words why).
 */
export interface FileFacts {
  readonly name: string;
  readonly bytes: number;
  readonly fate: 'along' | 'left-out' | 'looks' | { readonly refused: string };
}

/** Another ticket, as it is named in a line. */
interface OtherTicket {
  readonly number: string;
  readonly subject: string;
}

export interface TicketFacts {
  readonly number: string;
  readonly state: TicketState;
  readonly level: Level;
  readonly critical: Critical;
  /** When an answer is due, epoch milliseconds. */
  readonly dueAt: number | null;
  /** Name of the operator whose ticket it is. */
  readonly assignee: string | null;
  readonly customer: { readonly name: string; readonly address: string };
  /** What the register says of the customer, in words. */
  readonly category: string;
  /** Number of the ticket that this one may belong with, which its writer named without being of it. */
  readonly related: string | null;
  /** Other tickets of the customer that are not ended, and one that this one seems to go on with. */
  readonly beside: { readonly follows: OtherTicket | null; readonly open: readonly OtherTicket[] };
  /** Who else stood in To and Cc, and whether he gets the answers. */
  readonly copied: readonly { readonly name: string; readonly address: string; readonly answered: boolean }[];
  /** What is known of the request, in lines. */
  readonly request: readonly string[];
  /** What stands for the sender: `pass: …`, `fail: …` or `none`; null for what no letter brought. */
  readonly proof: string | null;
  /** Why the customer got no acknowledgement of this letter, in words; null where he got one or waits for none. */
  readonly unanswered: string | null;
  readonly files: readonly FileFacts[];
  /** What of the letter was not read, in words. */
  readonly losses: readonly string[];
  /** Where the words stand that are too many for this letter: a file that comes with it, or null for the shell alone. */
  readonly tooLong: { readonly file: string | null } | null;
  /** Whether secrets were covered in the text. */
  readonly covered: boolean;
  /** Size of a letter of which only the header was read, in bytes. */
  readonly oversize: number | null;
  /** Earlier entries, oldest first. */
  readonly before: readonly {
    readonly at: number;
    readonly kind: string;
    readonly name: string;
    readonly text: string;
  }[];
}

const LINE_CHARS = 70;

/** Where the desk owes an answer, or owes one later. */
const WAITS_FOR_US: ReadonlySet<TicketState> = new Set(['new', 'open', 'deferred']);

/** The lines, without marks. */
export function ticketLines(facts: TicketFacts, language: Language, timeZone: string): readonly string[] {
  const words = WORDS[language];
  const moment = (at: number) => shortMoment(at, timeZone);
  const { name, address } = facts.customer;
  const named = (fate: string) => facts.files.filter((file) => file.fate === fate).map(sized);
  const listed = (label: string, files: readonly string[]) =>
    files.length > 0 ? [`${label}: ${files.join(', ')}`] : [];
  return [
    [
      `${words.ticket} ${facts.number}: ${STATE_WORDS[language][facts.state]}`,
      LEVEL_WORDS[language][facts.level],
      ...(facts.critical === 'no' ? [] : [words.critical[facts.critical]]),
      // the clock stands only when the answer has left, which this letter may be ahead of
      facts.dueAt === null || !WAITS_FOR_US.has(facts.state) ? words.nothingDue : `${words.due} ${moment(facts.dueAt)}`,
      `${words.assignee} ${facts.assignee ?? words.nobody}`,
    ].join('; '),
    `${words.customer}: ${address === '' ? writerWords(name, '', language) : person({ name, address })}; ${facts.category}`,
    ...copiedLines(facts, words),
    ...besideLines(facts, words),
    ...(facts.related === null ? [] : [words.related(facts.related)]),
    ...facts.request,
    ...(facts.proof === null ? [] : [proofLine(facts.proof, words)]),
    ...(facts.unanswered === null ? [] : [facts.unanswered]),
    ...(facts.oversize === null ? [] : [words.oversize(megabytes(facts.oversize))]),
    ...listed(words.along, named('along')),
    ...listed(`${words.leftOut} (${words.get(facts.number)})`, named('left-out')),
    ...listed(`${words.looks} (${words.get(facts.number)})`, named('looks')),
    ...facts.files.flatMap(({ name: file, fate }) =>
      typeof fate === 'object' ? [`${words.refused}: ${file} – ${fate.refused}`] : [],
    ),
    ...facts.losses.map((loss) => words.lost(loss)),
    ...(facts.tooLong === null ? [] : [words.tooLong(facts.tooLong.file, facts.number)]),
    ...(facts.covered ? [words.covered(facts.number)] : []),
    ...(facts.before.length > 0 ? [`${words.before}:`] : []),
    ...facts.before.map(
      (entry) => `  ${moment(entry.at)} ${entry.name}${words.kind[entry.kind] ?? ''}: ${firstLine(entry.text)}`,
    ),
    words.commands,
  ];
}

const person = ({ name, address }: { readonly name: string; readonly address: string }): string =>
  name === '' ? address : `${name} <${address}>`;

/** So many people and tickets are named in a line. */
const NAMED = 5;

/** The first of a list, and that there are more. */
const some = (names: readonly string[]): string =>
  [...names.slice(0, NAMED), ...(names.length > NAMED ? ['…'] : [])].join(', ');

function copiedLines({ copied }: TicketFacts, words: Words): readonly string[] {
  const answered = copied.filter((one) => one.answered).map(person);
  const others = copied.filter((one) => !one.answered).map(person);
  return [
    ...(answered.length > 0 ? [`${words.copied.answered}: ${some(answered)}`] : []),
    ...(others.length > 0 ? [`${words.copied.others}: ${some(others)}; ${words.copied.add}`] : []),
  ];
}

function besideLines({ beside: { follows, open } }: TicketFacts, words: Words): readonly string[] {
  const named = ({ number, subject }: OtherTicket) => (subject === '' ? number : `${number} (${firstLine(subject)})`);
  return [
    ...(follows === null ? [] : [words.follows(named(follows), follows.number)]),
    ...(open.length > 0 ? [`${words.open}: ${some(open.map(named))}; ${words.join}`] : []),
  ];
}

const sized = ({ name, bytes }: FileFacts): string => `${name} (${megabytes(bytes)})`;

/** Bytes as MB, KB below one. */
function megabytes(bytes: number): string {
  const mega = bytes / 1024 / 1024;
  return mega >= 1 ? `${mega.toFixed(1)} MB` : `${Math.max(1, Math.round(bytes / 1024))} KB`;
}

function firstLine(text: string): string {
  const line =
    text
      .split('\n')
      .find((one) => one.trim() !== '')
      ?.trim() ?? '';
  return line.length > LINE_CHARS ? `${line.slice(0, LINE_CHARS)}…` : line;
}

function proofLine(proof: string, { proven }: Words): string {
  if (proof.startsWith('pass')) return `${proven.pass} (${proof.slice('pass: '.length)})`;
  return proof.startsWith('fail') ? `${proven.fail} (${proof.slice('fail: '.length)})` : proven.none;
}

interface Words {
  readonly ticket: string;
  readonly critical: { readonly [critical in Exclude<Critical, 'no'>]: string };
  readonly due: string;
  readonly nothingDue: string;
  readonly assignee: string;
  readonly nobody: string;
  readonly customer: string;
  readonly copied: { readonly answered: string; readonly others: string; readonly add: string };
  readonly follows: (named: string, number: string) => string;
  readonly open: string;
  readonly join: string;
  readonly related: (number: string) => string;
  readonly proven: { readonly pass: string; readonly fail: string; readonly none: string };
  readonly oversize: (size: string) => string;
  readonly along: string;
  readonly leftOut: string;
  readonly looks: string;
  readonly get: (number: string) => string;
  readonly refused: string;
  readonly lost: (loss: string) => string;
  readonly tooLong: (file: string | null, number: string) => string;
  readonly covered: (number: string) => string;
  readonly before: string;
  /** Set behind the name of who wrote an earlier entry. */
  readonly kind: Readonly<Record<string, string>>;
  readonly commands: string;
}

const WORDS: { readonly [language in Language]: Words } = {
  ru: {
    ticket: 'Обращение',
    critical: { proposed: 'похоже на срочное', yes: 'СРОЧНОЕ' },
    due: 'ответить до',
    nothingDue: 'срока нет',
    assignee: 'ответственный:',
    nobody: 'никто',
    customer: 'Клиент',
    copied: {
      answered: 'В копии, получают ответы',
      others: 'В копии, ответов не получают',
      add: 'добавить: #копия адрес',
    },
    follows: (named, number) => `Похоже на продолжение обращения ${named}; соединить: #объединить ${number}`,
    open: 'Другие открытые обращения клиента',
    join: 'соединить с одним из них: #объединить номер',
    related: (number) => `Возможно, относится к обращению ${number}; соединить: #объединить ${number}`,
    proven: {
      pass: 'Отправитель подтверждён',
      fail: 'Отправитель НЕ подтверждён, письмо могло быть подделано',
      none: 'Подлинность отправителя никто не проверял',
    },
    oversize: (size) => `Письмо слишком велико (${size}): принят только заголовок, целиком оно лежит в почтовом ящике`,
    along: 'Файлы в этом письме',
    leftOut: 'Сюда не поместились',
    looks: 'Не приложены картинки из-под подписи или прежних писем',
    get: (number) => `взять: kvitok attachments ${number} --save папка`,
    refused: 'Не принят',
    lost: (loss) => `НЕ ВСЁ ПРОЧИТАНО: ${loss}; целиком письмо лежит в почтовом ящике`,
    tooLong: (file, number) =>
      `Показано только начало текста; целиком: ${file === null ? `kvitok show ${number}` : `в файле ${file}`}`,
    covered: (number) => `Пароли и доступы скрыты; прислать их вам: #доступ (или kvitok show ${number})`,
    before: 'Раньше',
    kind: {
      thanks: ' (благодарит)',
      answer: ' (ответ)',
      note: ' (заметка)',
      phone: ' (звонок)',
      automatic: ' (автоматическое письмо)',
      bounce: ' (не доставлено)',
    },
    commands:
      'Команды пишут первой строкой ответа: #закрыть, #отложить причина, #взять, #срочно, #заметка, #помощь (все команды).',
  },
  en: {
    ticket: 'Ticket',
    critical: { proposed: 'looks critical', yes: 'CRITICAL' },
    due: 'answer by',
    nothingDue: 'nothing is due',
    assignee: 'assigned to',
    nobody: 'nobody',
    customer: 'Customer',
    copied: {
      answered: 'In copy, and get the answers',
      others: 'In copy, and get no answers',
      add: 'to add one: #cc address',
    },
    follows: (named, number) => `Seems to go on with ticket ${named}; to join them: #merge ${number}`,
    open: 'Other open tickets of the customer',
    join: 'to join one: #merge number',
    related: (number) => `May belong with ticket ${number}; to join them: #merge ${number}`,
    proven: {
      pass: 'The sender is proven',
      fail: 'The sender is NOT proven, the letter may be forged',
      none: 'Nobody has checked the sender',
    },
    oversize: (size) => `The letter is too large (${size}): only its header was read, the whole lies in the mailbox`,
    along: 'Files with this letter',
    leftOut: 'Too large to come along',
    looks: 'Left out, pictures below the signature or of earlier letters',
    get: (number) => `get them: kvitok attachments ${number} --save folder`,
    refused: 'Refused',
    lost: (loss) => `NOT ALL OF IT WAS READ: ${loss}; the whole letter lies in the mailbox`,
    tooLong: (file, number) =>
      `Only the beginning of the text is shown; all of it: ${file === null ? `kvitok show ${number}` : `in the file ${file}`}`,
    covered: (number) =>
      `Passwords and access data are covered; to have them sent to you: #access (or kvitok show ${number})`,
    before: 'Before',
    kind: {
      thanks: ' (thanks)',
      answer: ' (answer)',
      note: ' (note)',
      phone: ' (call)',
      automatic: ' (automatic letter)',
      bounce: ' (not delivered)',
    },
    commands:
      'Commands stand first in an answer: #close, #defer reason, #assign me, #critical, #note, #help (all of them).',
  },
};

// Random histories of customers, operators and forgers on one desk, from a seed (SEED=<number> repeats one). Whatever the order,
// what a customer receives holds no operator's address, no internal note, no line for the desk alone, and nothing of a ticket
// that is not his. Operators make their usual slips; they say «ок» only to what they may.

import { expect, jest, test } from '@jest/globals';
import type { IngestDeps } from '../../src/ingest.ts';
import { RULES } from '../support/case.ts';
import { type TestDesk, withDesk } from '../support/desk.ts';
import type { LetterSketch } from '../support/letter.ts';
import { ANNA, answering, BORIS, toCustomers, toOperators } from '../support/operators.ts';
import type { LetterSent } from '../support/way-out.ts';

jest.setTimeout(180_000);

const HISTORIES = 6;
const STEPS = 25;
const PEOPLE = ['ivan@client.example', 'olga@other.example', 'petr@third.example'] as const;
const OPERATORS = [ANNA, BORIS] as const;
const DESK: Partial<IngestDeps> = { rules: { ...RULES, operators: OPERATORS } };

/** Numbers in [0, 1) from a seed (mulberry32). */
function numbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** What one history knows: everything that left, and whose words are whose. */
class History {
  readonly desk: TestDesk;
  readonly random: () => number;
  readonly sent: LetterSent[] = [];
  readonly notes: string[] = [];
  #count = 0;

  constructor(desk: TestDesk, random: () => number) {
    this.desk = desk;
    this.random = random;
  }

  pick<T>(from: readonly T[]): T | undefined {
    return from[Math.floor(this.random() * from.length)];
  }

  /** A word that occurs nowhere else and tells whose matter it belongs to. */
  word(owner: string): string {
    return `matter-of-${owner.slice(0, owner.indexOf('@'))}-${++this.#count}`;
  }

  async hand(sketch: LetterSketch): Promise<void> {
    const letter = {
      mailFrom: /[^<\s]+@[^>\s]+/.exec(sketch.from!)![0],
      messageId: `${++this.#count}@${sketch.from!.split('@')[1]!.replace('>', '')}`,
      ...sketch,
    };
    this.sent.push(...(await this.desk.round(letter)));
  }

  to(address: string): readonly LetterSent[] {
    return this.sent.filter(({ to }) => to[0] === address);
  }
}

/** Whose ticket a letter to an operator is about, by the words in it. */
const ownerOf = ({ message }: LetterSent): string | undefined => {
  const name = /matter-of-(\w+)-\d+/.exec(`${message.subject}\n${message.text}`)?.[1];
  return PEOPLE.find((address) => address.startsWith(`${name}@`));
};

/** Questions that nobody may say «ок» to in these histories: then an operator himself would give something away. */
const GIVES_AWAY = /внутренней заметки|другое обращение|пересланное письмо|только для сотрудников|forged/;
const isQuestion = ({ message }: LetterSent) => message.messageId!.includes('.question.');

type Move = (h: History) => Promise<void>;

async function asks(h: History, from: string): Promise<void> {
  const word = h.word(from);
  await h.hand({ from, subject: `Вопрос ${word}`, text: `Прошу помочь: ${word}.\n` });
}

const MOVES: readonly Move[] = [
  async function customerAsks(h) {
    await asks(h, h.pick(PEOPLE)!);
  },
  async function customerAnswers(h) {
    const from = h.pick(PEOPLE)!;
    const letter = h.pick(h.to(from));
    if (!letter) return;
    const { replyTo, headers } = answering(letter);
    await h.hand({ from, to: replyTo, headers, subject: letter.message.subject, text: `Ещё: ${h.word(from)}.\n` });
  },
  async function customerNamesAnothersTicket(h) {
    const [from, other] = [h.pick(PEOPLE)!, h.pick(PEOPLE)!];
    const letter = h.pick(h.to(other));
    if (!letter || from === other) return;
    const tag = /\[#\d+\]/.exec(letter.message.subject)?.[0] ?? '';
    await h.hand({ from, subject: `Re: ${tag} дайте почитать`, text: `Что там? ${h.word(from)}\n` });
  },
  ...Array.from({ length: 3 }, (): Move => operatorAnswers),
  async function operatorNotes(h) {
    const operator = h.pick(OPERATORS)!;
    const told = h.pick(h.to(operator.address).filter((one) => !isQuestion(one)));
    if (!told) return;
    const note = `для своих: клиент номер ${h.notes.length} опять не оплатил счёт и грозит уйти`;
    h.notes.push(note);
    await h.hand({ from: operator.address, ...toTold(told), text: `#note\n${note}\n` });
  },
  async function operatorSaysOk(h) {
    const operator = h.pick(OPERATORS)!;
    const question = h.pick(h.to(operator.address).filter(isQuestion));
    if (!question || GIVES_AWAY.test(question.message.text)) return;
    await h.hand({ from: operator.address, ...toTold(question), text: 'ок\n' });
  },
  async function operatorPassesOn(h) {
    const writer = h.pick(PEOPLE)!;
    const word = h.word(writer);
    const text = `-------- Пересылаемое сообщение --------\nОт кого: ${writer}\nДата: 2 марта 2026, 9:58\nТема: ${word}\n\nПрошу: ${word}.\n`;
    await h.hand({ from: h.pick(OPERATORS)!.address, subject: `Fwd: ${word}`, text });
  },
  async function forgerWritesAsOperator(h) {
    const victim = h.pick(h.to(h.pick(PEOPLE)!));
    const tag = /\[#\d+\]/.exec(victim?.message.subject ?? '')?.[0] ?? '';
    await h.hand({ from: h.pick(OPERATORS)!.address, subject: `Re: ${tag}`, text: 'forged: пришлите пароль\n' });
  },
  async function strangerFoundAToken(h) {
    const told = h.pick(h.to(h.pick(OPERATORS)!.address));
    if (!told) return;
    const { replyTo, headers } = answering(told);
    await h.hand({ from: 'mallory@evil.example', to: replyTo, headers, subject: 'Re:', text: 'forged: перешлите\n' });
  },
];

const toTold = (told: LetterSent) => ({
  subject: `Re: ${told.message.subject}`,
  headers: answering(told).headers,
});

/** An answer to any notification, old or new, with one of the slips that people make. */
async function operatorAnswers(h: History): Promise<void> {
  const operator = h.pick(OPERATORS)!;
  const told = h.pick(h.to(operator.address).filter((one) => !isQuestion(one)));
  const owner = told && ownerOf(told);
  if (!told || !owner) return;
  const words = `Ответ: ${h.word(owner)}.`;
  const quoted = told.message.text.split('\n').map((line) => `> ${line}`);
  const texts = [
    `${words}\n`,
    `${words}\n\n-- \n${operator.name}\n${operator.address}\n`,
    `${words} Пишите прямо мне: ${operator.address.toUpperCase()}\n`,
    `${words}\n\n02.03.2026 10:00, клиент пишет:\n${quoted.join('\n')}\n`,
    `${quoted.join('\n')}\n\n${words}\n`,
    `${words}\n\n${told.message.text}\n`,
    `${words}\n${h.notes.at(-1) ?? ''}\n`,
    `#взять\n\n${words}\n`,
  ];
  const other = h.pick(h.to(operator.address));
  await h.hand({
    from: `${operator.name} <${operator.address}>`,
    ...toTold(told),
    ...(h.random() < 0.15 && other ? { subject: `Re: ${other.message.subject}` } : {}),
    ...(h.random() < 0.15 ? { cc: h.pick([...PEOPLE, BORIS.address, 'mallory@evil.example'])! } : {}),
    ...(h.random() < 0.1 ? { to: answering(told).replyTo } : {}),
    text: h.pick(texts)!,
  });
}

/** Everything of a letter that its reader's program shows or keeps. */
const wholeOf = ({ message }: LetterSent): string =>
  [...message.fields.all.map(({ name, value }) => `${name}: ${value}`), message.text, message.html ?? ''].join('\n');

function complaints(h: History): readonly string[] {
  return toCustomers(h.sent).flatMap((letter) => {
    const whole = wholeOf(letter);
    const [reader] = letter.to;
    const name = reader!.slice(0, reader!.indexOf('@'));
    const foreign = [...whole.matchAll(/matter-of-(\w+)-\d+/g)].filter((match) => match[1] !== name);
    return [
      ...OPERATORS.filter(({ address }) => whole.toLowerCase().includes(address)).map(({ address }) => address),
      ...h.notes.filter((note) => whole.includes(note)),
      ...(/kvitok\s?:/i.test(whole) ? ['a line for the desk alone'] : []),
      ...(whole.includes('forged') ? ['what a forger wrote'] : []),
      ...foreign.map((match) => match[0]),
    ].map((what) => `${letter.to.join(', ')} reads ${what}: ${letter.message.text}`);
  });
}

const SEED = Number(process.env.SEED ?? 20_260_302);

test.each(Array.from({ length: HISTORIES }, (_, i) => SEED + i))(
  'in any order of letters a customer reads nothing of the desk’s own and nothing of others, seed %i',
  (seed) =>
    withDesk(async (desk) => {
      const h = new History(desk, numbers(seed));
      for (const person of PEOPLE) await asks(h, person);
      for (let step = 0; step < STEPS; step++) {
        await h.pick(MOVES)!(h);
        desk.clock.now += 7 * 60_000;
      }
      expect(complaints(h)).toEqual([]);
      // the history is one in which something happened
      expect(toCustomers(h.sent).length).toBeGreaterThan(2);
      expect(toOperators(h.sent).length).toBeGreaterThan(2);
    }, DESK),
);

// The commands of one letter, one after another: each sees the ticket as the ones before it left it. One that fails holds the
// whole letter back: nothing is changed, nothing goes to the customer, and the transcript says what would work.

import type { Ticket } from '../tickets.ts';
import { after, type CommandChange } from './change.ts';
import { type CommandCase, type CommandName, type Effect, fails, type Outcome, type Words } from './command.ts';
import { usage } from './help.ts';
import type { TypedCommand } from './parse.ts';
import { mayGive } from './permissions.ts';
import { commandOf } from './table.ts';

/** One line of the transcript. */
export interface TranscriptLine {
  readonly typed: string;
  /** `held`: it could have been done, but another command of the letter could not. */
  readonly state: 'done' | 'failed' | 'held';
  readonly says: Words;
  /** A text for the operator's eyes, such as the ready answer that goes out. */
  readonly shows: Words | null;
}

export interface CarriedOut {
  readonly lines: readonly TranscriptLine[];
  /** Whether a command failed; then nothing else here holds anything. */
  readonly held: boolean;
  readonly changes: readonly CommandChange[];
  /** Whether the letter says where the ticket goes. */
  readonly decided: boolean;
  /** The ticket after the changes: where the answer belongs, and who gets it. Null for a call without a ticket. */
  readonly ticket: Ticket | null;
  /** What goes to the customer; null where nothing does. */
  readonly answer: CommandedAnswer | null;
  /** What stays with the desk; null where nothing does. */
  readonly internal: { readonly entry: 'note' | 'phone'; readonly text: string } | null;
  /** Whether its giver is sent what letters to operators cover. */
  readonly uncover: boolean;
  /** Somebody called who has no ticket yet: one is opened for this address, of which the call is the first entry. */
  readonly call: { readonly address: string; readonly identity: string; readonly text: string } | null;
}

/** `solution` asks for a mark; `deferral` says that the matter is put off. */
export type AnswerForm = 'plain' | 'solution' | 'deferral';

/** The answer that a letter's text and commands come to. */
export interface CommandedAnswer {
  readonly form: AnswerForm;
  /** Empty for a deferral that the operator adds nothing to: it goes out under the desk's name. */
  readonly text: string;
  /** Number of the regulation's reason; null where the answer is no deferral. */
  readonly reason: number | null;
}

/** Commands that say where the ticket goes. */
const DECIDES: readonly CommandName[] = ['close', 'reopen', 'defer', 'spam'];

/** Commands that don't go together in one letter: it says once where the ticket goes, and spam is not answered. */
const APART: readonly (readonly CommandName[])[] = [DECIDES, ['answer', 'spam']];

/** Carries out the commands of a letter on paper. Takes what `needsOf` asked for as `known`. */
export function carryOut(commands: readonly TypedCommand[], c: CommandCase): CarriedOut {
  const lines: (Omit<TranscriptLine, 'state'> & { readonly done: boolean })[] = [];
  const changes: CommandChange[] = [];
  const effects: Effect[] = [];
  let ticket = c.ticket;
  const given: TypedCommand[] = [];
  for (const command of commands) {
    const outcome = outcomeOf(command, { ...c, ticket }, given);
    lines.push({
      typed: command.typed,
      done: outcome.done,
      says: outcome.says,
      shows: (outcome.done && outcome.shows) || null,
    });
    if (!outcome.done) continue;
    given.push(command);
    if (outcome.effect) effects.push(outcome.effect);
    for (const change of outcome.changes ?? []) {
      changes.push(change);
      ticket = ticket && after(ticket, change, c.now);
    }
  }
  if (lines.every(({ done }) => done))
    return {
      lines: lines.map((line) => told(line, 'done')),
      held: false,
      changes,
      decided: given.some(({ name }) => name !== null && DECIDES.includes(name)),
      ticket,
      ...spoken(effects, c),
    };
  return {
    lines: lines.map((line) => told(line, line.done ? 'held' : 'failed')),
    held: true,
    changes: [],
    decided: false,
    ticket: c.ticket,
    answer: null,
    internal: null,
    uncover: false,
    call: null,
  };
}

const told = (
  { typed, says, shows }: Pick<TranscriptLine, 'typed' | 'says' | 'shows'>,
  state: TranscriptLine['state'],
): TranscriptLine => ({ typed, state, says, shows });

function outcomeOf({ name, argument, nearest }: TypedCommand, c: CommandCase, given: readonly TypedCommand[]): Outcome {
  if (name === null) {
    return nearest === null
      ? fails('такой команды нет; #помощь перечислит все', 'there is no such command; #help lists all')
      : fails(`такой команды нет; может быть, #${nearest}?`, `there is no such command; #${nearest} perhaps?`);
  }
  if (!mayGive(name, c.by))
    return fails(
      'эта команда не для разработчиков; её может дать оператор или руководитель',
      'this command is not for developers; an operator or a lead can give it',
    );
  const other = given.find((one) => APART.some((group) => group.includes(name) && group.includes(one.name!)));
  if (other && other.name !== name)
    return fails(
      `не вместе с ${other.typed}: оставьте одну из этих команд`,
      `not together with ${other.typed}: leave one of them`,
    );
  const command = commandOf(name);
  if (argument !== '' && command.argument.en === '' && !command.freeText)
    return takesNoWords(usage(command, 'ru'), usage(command, 'en'));
  const { ticket } = c;
  if (ticket !== null) return command.carryOut(argument, { ...c, ticket });
  return (
    command.withoutTicket?.(argument, c) ??
    fails(
      'письмо не относится ни к одному обращению; ответьте на уведомление о нём',
      'the letter belongs to no ticket; answer a notification of one',
    )
  );
}

/** Words behind a command that takes none: whoever wrote them meant something by them, and only he knows what. */
const takesNoWords = (ru: string, en: string): Outcome =>
  fails(
    `за ${ru} ничего не пишут, поэтому не сделано ничего; для коллег слова пишут строкой #заметка, для клиента — ниже, без знака #`,
    `nothing is written behind ${en}, so nothing was done; words for colleagues go on a line with #note, words for the customer below, without a #`,
  );

/** What becomes of the text of a letter. */
function spoken(
  effects: readonly Effect[],
  { text, files }: CommandCase,
): Pick<CarriedOut, 'answer' | 'internal' | 'uncover' | 'call'> {
  const find = <K extends Effect['kind']>(kind: K) =>
    effects.find((effect): effect is Extract<Effect, { kind: K }> => effect.kind === kind);
  const kept = find('internal');
  const call = find('call');
  const ready = effects.flatMap((effect) => (effect.kind === 'ready' ? [effect.text] : []));
  // a line that a mail client wrapped goes on below
  const lines = effects.flatMap((effect) => (isForCustomer(effect) && effect.line !== '' ? [effect.line] : []));
  const below = kept || call ? '' : text.trim();
  const goesOn = lines.length === 1 && /[^.!?…:;]$/u.test(lines[0]!);
  const said = joined([...ready, goesOn ? `${lines[0]}\n${below}` : joined([...lines, below])]);
  const reason = find('deferral')?.reason ?? null;
  const form = reason !== null ? 'deferral' : find('solution') ? 'solution' : 'plain';
  const internal = kept && joined([kept.line, text]);
  return {
    answer: said !== '' || reason !== null || (files && !kept && !call) ? { form, text: said, reason } : null,
    internal: kept && internal ? { entry: kept.entry, text: internal } : null,
    uncover: find('uncover') !== undefined,
    call: call ? { address: call.address, identity: call.identity, text: joined([call.line, text]) } : null,
  };
}

const isForCustomer = (effect: Effect): effect is Extract<Effect, { kind: 'solution' | 'deferral' }> =>
  effect.kind === 'solution' || effect.kind === 'deferral';

const joined = (parts: readonly string[]) =>
  parts
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join('\n\n');

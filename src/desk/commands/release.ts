// #release: letters that were set aside become a person's, by their numbers; without one, what the question was about that
// the operator answers.

import type { CommandCase, DeskCommand, Outcome } from './command.ts';
import { fails } from './command.ts';
import type { LetterAside } from './known.ts';

const NUMBERS = /^(?:[№#\s,;]*\d{1,15})+[\s,;]*$/u;
const numbersIn = (argument: string): readonly number[] =>
  NUMBERS.test(argument) ? [...new Set([...argument.matchAll(/\d+/g)].map(([digits]) => Number(digits)))] : [];

const carryOut: NonNullable<DeskCommand['withoutTicket']> = (argument, c) => {
  const numbers = numbersIn(argument);
  if (argument !== '' && numbers.length === 0)
    return fails(
      'ждём номера отложенных писем, например #выпустить 12 14',
      'numbers of letters that are set aside are expected, as in #release 12 14',
    );
  const letters = argument === '' ? c.known.asked : numbers.map((id) => c.known.aside.get(id) ?? null);
  const [refused] = letters.flatMap((letter, i) => (letter?.aside ? [] : [refusal(letter, numbers[i] ?? 0)]));
  if (refused) return refused;
  const found = letters.flatMap((letter) => letter ?? []);
  return found.length > 0
    ? released(found, c)
    : fails(
        'какое письмо? #выпустить 12; номера — в утренней сводке и в kvitok quarantine list',
        'which letter? #release 12; the numbers are in the morning’s digest and in kvitok quarantine list',
      );
};

export const release: DeskCommand = {
  name: 'release',
  words: ['release', 'выпустить', 'выпусти', 'отпустить', 'отпусти'],
  argument: { ru: '<номера отложенных писем>', en: '<numbers of letters set aside>' },
  help: {
    ru: 'обработать отложенные письма как письма людей; без номеров — те, о которых вас спросили',
    en: 'deal with letters set aside as people’s; without numbers, those you were asked about',
  },
  needs: (argument) => ({ aside: numbersIn(argument) }),
  carryOut,
  withoutTicket: carryOut,
};

function refusal(letter: LetterAside | null, id: number): Outcome {
  if (letter === null) return fails(`письма ${id} нет`, `there is no letter ${id}`);
  if (letter.sameAs !== null)
    return fails(`письмо ${id} — повтор письма ${letter.sameAs}`, `letter ${id} repeats letter ${letter.sameAs}`);
  return fails(`письмо ${id} не отложено`, `letter ${id} is not set aside`);
}

function released(letters: readonly LetterAside[], { by, operators }: CommandCase): Outcome {
  const named = letters.map(({ id, author }) => (author === null ? `${id}` : `${id} (${author})`)).join(', ');
  const quiet = letters.some(({ aside }) => aside === 'automatic' || aside === 'own');
  return {
    done: true,
    says: {
      ru: `${letters.length === 1 ? 'письмо' : 'письма'} ${named}: будет обработано как письмо человека${quiet ? '; подтверждение по автоматическому не уйдёт' : ''}`,
      en: `${letters.length === 1 ? 'letter' : 'letters'} ${named}: dealt with as a person's${quiet ? '; an automatic one is not acknowledged' : ''}`,
    },
    changes: letters.map(({ id, author }) => ({
      kind: 'release-letter',
      letter: id,
      by: by.identity,
      confirmed: operators.find(({ identity }) => identity === author)?.identity ?? null,
    })),
  };
}

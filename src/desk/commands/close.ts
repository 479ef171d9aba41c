// #close: the matter is settled. With a text, the text is the solution and asks for a mark (regulation §6).

import { type DeskCommand, fails } from './command.ts';
import { moveBy } from './move-by.ts';

/** Who writes so wants no letter to leave, and least of all with this word. */
const SILENTLY = /^\s*(?:тихо|молча|без письма|silent(?:ly)?|quiet(?:ly)?)[\s.!]*$/iu;

/** A number of a ticket that the words begin with, and the rest: another ticket's, or null where it is this one's or none. */
function numberBefore(argument: string, own: string): readonly [other: string | null, rest: string] {
  const [all = '', number = ''] = /^\s*(?:\[?[#№]\s?)?(\d{4,15})\]?(?=[\s.,:;–—-]|$)[\s.,:;–—-]*/u.exec(argument) ?? [];
  if (number === '') return [null, argument];
  return number === own ? [null, argument.slice(all.length)] : [number, argument];
}

export const close: DeskCommand = {
  name: 'close',
  words: ['close', 'closed', 'resolve', 'resolved', 'закрыть', 'закрой', 'закрыто', 'решено'],
  argument: { ru: '[текст]', en: '[text]' },
  help: {
    ru: 'обращение решено; текст уйдёт клиенту с просьбой об оценке',
    en: 'the ticket is resolved; the text goes to the customer and asks for a mark',
  },
  freeText: 'for-customer',
  carryOut: (argument, { ticket, by }) => {
    if (ticket.state === 'spam')
      return fails('обращение помечено как спам; сначала #открыть', 'the ticket is marked as spam; #reopen it first');
    if (SILENTLY.test(argument))
      return fails(
        'без письма клиенту обращение закрывает #закрыть, за которым ничего нет',
        '#close with nothing behind it closes without a letter to the customer',
      );
    const [other, sentence] = numberBefore(argument, ticket.number);
    if (other !== null)
      return fails(
        `команда действует на обращение ${ticket.number}, на письмо о котором вы отвечаете; для ${other} ответьте на его письмо`,
        `a command acts on ticket ${ticket.number}, whose letter you answer; for ${other} answer its letter`,
      );
    const changes = moveBy('close', ticket, by.identity, '#close');
    return {
      done: true,
      says: changes.length
        ? { ru: 'обращение решено', en: 'the ticket is resolved' }
        : { ru: 'обращение и так решено', en: 'the ticket is resolved already' },
      changes,
      effect: { kind: 'solution', line: sentence },
    };
  },
};

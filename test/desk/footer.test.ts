import { describe, expect, test } from '@jest/globals';
import { wantsToBeCommand } from '../../src/desk/commands/parse.ts';
import { defused, footerOf, holdsFooter, isOurs, leadOf, withoutFooter } from '../../src/desk/footer.ts';

const FOOTER = footerOf(['Обращение 10429', '#помощь'], 'ru').join('\n');
const quoted = (text: string, by = '> ') => text.replace(/^/gm, by);

describe('of an operator’s letter the footer is cut', () => {
  const TABLE: readonly { how: string; text: string; left: string }[] = [
    { how: 'that a client does not quote', text: `Попробуйте ещё раз.\n\n${FOOTER}`, left: 'Попробуйте ещё раз.' },
    { how: 'that is quoted', text: `Да.\n\n${quoted(FOOTER)}`, left: 'Да.' },
    { how: 'that is quoted twice', text: `Да.\n${quoted(quoted(FOOTER))}`, left: 'Да.' },
    { how: 'in English', text: `Yes.\n${footerOf(['Ticket 10429'], 'en').join('\n')}`, left: 'Yes.' },
    { how: 'above the answer', text: `${quoted(FOOTER)}\n\nДа.`, left: 'Да.' },
    { how: 'above the answer, by a client that quotes nothing', text: `${FOOTER}\n\nДа.`, left: 'Да.' },
    {
      how: 'whose end was deleted, to the end',
      text: `Да.\n${FOOTER.split('\n').slice(0, 2).join('\n')}`,
      left: 'Да.',
    },
    {
      how: 'whose end was deleted, to the end of the quote',
      text: `${quoted(FOOTER.split('\n').slice(0, 2).join('\n'))}\n\nДа.`,
      left: 'Да.',
    },
    {
      how: 'with the end that a customer wrote into his letter',
      text: `Да.\n${footerOf(['Ранее: === kvitok: конец ===', '=== kvitok: конец ===', 'внутреннее'], 'ru').join('\n')}`,
      left: 'Да.',
    },
    {
      how: 'that is not there, no more than that',
      text: 'Строка\n=====\nkvitok: вот',
      left: 'Строка\n=====\nkvitok: вот',
    },
  ];
  test.each(TABLE)('$how', ({ text, left }) => {
    expect(withoutFooter(text)).toBe(left);
    expect(holdsFooter(withoutFooter(text))).toBe(false);
  });
});

test('a footer that lost its beginning is told of', () => {
  const rest = `Да.\n${FOOTER.split('\n').slice(1).join('\n')}`;
  expect(holdsFooter(withoutFooter(rest))).toBe(true);
});

test('a customer’s text can not pretend to be a mark', () => {
  const text = defused(`=== kvitok: конец ===\n> == KVITOK : begin\nобычная строка === 5`);
  expect(holdsFooter(text)).toBe(false);
  expect(text).toContain('обычная строка === 5');
});

test('no line of a customer’s is a command, or the desk’s own, in what is sent on', () => {
  const sent = defused('#cc a@b.example\n  *№ закрыть*\n\u200b＃note\n> #spam\n[kvitok] Обращение 1.\nзаказ #5').split(
    '\n',
  );
  expect(sent).toEqual([
    '\\#cc a@b.example',
    '  *\\№ закрыть*',
    '\u200b\\＃note',
    '> \\#spam',
    '(kvitok] Обращение 1.',
    'заказ #5',
  ]);
  expect(sent.filter(wantsToBeCommand)).toEqual([]);
  expect(sent.filter(isOurs)).toEqual([]);
});

test('the line with which a notification begins does not go to the customer, however it is quoted', () => {
  for (const mark of ['', '> ', '| ']) {
    expect(withoutFooter(`Да.\n${mark}${leadOf('10429', 'ru')}\n${mark}Касса`)).toBe(`Да.\n${mark}Касса`);
  }
});

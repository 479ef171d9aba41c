// Whether a request says how to see its problem (regulation §5.1): steps by number, or a chain of what the writer does.

const NUMBERED = /^\s{0,6}(?:шаг|step)?\s?(?<number>\d{1,2})\s?[.):]\s{0,4}(?<item>\S.*)$/iu;

// Before a word stands no letter. Those of most texts are named first, for a class of Unicode takes ten times as long.

/** What somebody does with a program, in any form in which people tell it. */
const DOES =
  /(?<![a-zа-яё]|\p{L})(?:за(?:хо(?:жу|дим|дит|дишь|дите)|йти|йдите|шел|шёл|шла|шли)|открыва(?:ю|ем|ет|ть)|откр(?:ыть|ойте|ыл|ыла|ыли)|наж(?:има(?:ю|ем|ет|ть)|ать|мите|ал|ала|али)|жм(?:у|ем|ём)|клика(?:ю|ем|ть)|кликн(?:уть|ите)|выб(?:ира(?:ю|ем|ть)|рать|ерите|рал|рала|рали)|вв(?:ожу|одим|ести|едите|ел|ела|ели)|добав(?:ля(?:ю|ем|ть)|ить|ьте|ил|ила|или)|пере(?:хожу|ходим|йти|йдите|шел|шёл|шла|шли)|сохран(?:я(?:ю|ем|ть)|ить|ите|ил|ила|или)|загруж(?:аю|аем|ать)|загруз(?:ить|ите|ил|ила|или)|заполн(?:я(?:ю|ем|ть)|ить|ите|ил|ила|или)|оформ(?:ля(?:ю|ем|ть)|ить|ил|ила|или)|став(?:лю|им|ить)|мен(?:яю|яем|ять)|авториз(?:уюсь|уемся|оваться)|вы(?:гружаю|гружаем|грузить)|click|open|press|select|choose|enter|type|add|go to|log in|save|upload|fill in|navigate)(?!\p{L})/giu;

const SAID =
  /(?<![a-zа-яё]|\p{L})(?:шаги(?: (?:для |к |по )?воспроизведени[яею]|(?=\s?:))|воспроизвести (?:так|можно так|просто|следующ\p{L}{1,4} образом)|воспроизводится (?:так|следующ\p{L}{1,4} образом|при следующ\p{L}{1,4} действи\p{L}{1,2})|чтобы (?:воспроизвести|повторить)(?: (?:ошибку|проблему))?[,:]? (?:нужно|надо|достаточно|сделайте)|порядок действий|последовательность действий|steps? to reproduce|to reproduce)(?:\s?[:—–-]|\s)/iu;
const NOT_SAID =
  /(?<![a-zа-яё]|\p{L})(?:не (?:могу|можем|удается|удаётся|получается|знаю|воспроизводится)|невозможно|нет|без|can(?:no|')t|cannot)\s[^.!?\n]{0,30}$/iu;

/** Takes the lines that `ownLines` gives. */
export const hasSteps = (lines: readonly string[]): boolean =>
  isSaid(lines) ||
  isNumbered(lines) ||
  lines
    .join('\n')
    .split(/(?<=[.!?])\s|\n\s*\n/)
    .some(isChain);

function isSaid(lines: readonly string[]): boolean {
  return lines.some((line) => {
    const said = SAID.exec(line);
    return said !== null && !NOT_SAID.test(line.slice(0, said.index));
  });
}

/** Numbers from 1 on, and most items tell of something that is done; questions by number are no steps. */
function isNumbered(lines: readonly string[]): boolean {
  const items = lines.flatMap((line) => {
    const groups = NUMBERED.exec(line)?.groups;
    return groups ? [{ number: Number(groups.number), item: groups.item ?? '' }] : [];
  });
  const run = items.filter(({ number }, at) => number === at + 1);
  const done = run.filter(({ item }) => !item.includes('?') && doings(item) > 0);
  return run.length >= 2 && done.length >= 2 && done.length * 2 >= run.length;
}

/** «Захожу в корзину, нажимаю «Оформить», появляется ошибка»: two doings in one sentence that asks nothing. */
const isChain = (sentence: string) => !sentence.includes('?') && doings(sentence) >= 2 && TOLD.test(sentence);

/** Told by somebody who does it, or did it, not asked for: «как добавить и сохранить» is no report. */
const TOLD =
  /(?<![a-zа-яё]|\p{L})(?:захо(?:жу|дим)|зашел|зашёл|зашла|зашли|открываю|открываем|открыл[аи]?|нажимаю|нажимаем|нажал[аи]?|жму|жмем|жмём|кликаю|кликаем|выбираю|выбираем|выбрал[аи]?|ввожу|вводим|ввел[аи]?|ввёл|добавляю|добавляем|добавил[аи]?|перехожу|переходим|сохраняю|сохраняем|сохранил[аи]?|загружаю|загружаем|загрузил[аи]?|заполняю|заполняем|оформляю|оформляем|ставлю|меняю|I (?:click|open|press|select|enter|add|go|log|save|upload)|we (?:click|open|press|select|enter|add|go|log|save))(?!\p{L})/iu;

const doings = (text: string) => new Set((text.match(DOES) ?? []).map((word) => word.toLowerCase().slice(0, 4))).size;

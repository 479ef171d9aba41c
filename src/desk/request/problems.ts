// Whether a letter seems to hold more than one question (regulation §3.1, case 1). A hint for operators, never a word to the
// customer: whether two questions belong together only a person can tell.

// Before a word stands no letter. Those of most texts are named first, for a class of Unicode takes ten times as long.

const TROUBLE =
  /\?|(?<![a-zа-яё]|\p{L})(?:не (?:работа|открыва|загружа|отобража|приход|отправля|сохраня|появля|видн|могу|можем|удается|удаётся|получает)|ошибк|пропал|сломал|error|fails?|does(?:n't| not)|can(?:no|')t|cannot|how (?:do|can|to)|почему|как (?:сделать|настроить|добавить|убрать|изменить|поменять|подключить))/iu;
const NUMBERED = /^\s{0,6}(?:вопрос\s|проблема\s|question\s)?№?\s?(?<number>\d{1,2})\s?[.):]\s{0,4}(?<item>\S.*)$/iu;

const ANOTHER = [
  /(?<![a-zа-яё]|\p{L})(?:второй|вторая|второе|третий|другой|ещ[её] (?:один|одна|одно)|следующий|дополнительный|отдельный) (?:вопрос|проблема|момент|просьба|ошибка)/iu,
  /(?<![a-zа-яё]|\p{L})(?:another|second|one more|further|separate) (?:question|problem|issue|thing)/iu,
  /(?<![a-zа-яё]|\p{L})(?:вопрос|проблема|question|problem|issue) ?№? ?2(?!\d)/iu,
  /(?<![a-zа-яё]|\p{L})(?:два|две|три|несколько|пара|two|three|several) (?:вопрос|проблем|question|problem|issue)/iu,
];
/** These only count before a sentence that asks or complains, behind another that does. */
const ALSO =
  /^(?:[\s,–—-]|а |и )*(?:и ещ[её]|ещ[её](?![\p{L}])|также|кроме того|помимо (?:этого|того)|заодно|плюс к этому|also|besides|in addition|and one more)/iu;

/** Takes the lines that `ownLines` gives. */
export function hasSeveralProblems(lines: readonly string[]): boolean {
  const text = lines.join('\n');
  if (ANOTHER.some((pattern) => pattern.test(text))) return true;
  const numbered = lines
    .flatMap((line) => NUMBERED.exec(line)?.groups?.item ?? [])
    .filter((item) => TROUBLE.test(item));
  // numbered steps tell of one trouble at their end, numbered questions ask in each
  if (numbered.filter((item) => item.includes('?')).length >= 2) return true;
  const sentences = text.split(/(?<=[.!?])\s+|\n+/).filter((sentence) => sentence.trim() !== '');
  return sentences.some(
    (sentence, at) =>
      ALSO.test(sentence) && TROUBLE.test(sentence) && sentences.slice(0, at).some((one) => TROUBLE.test(one)),
  );
}

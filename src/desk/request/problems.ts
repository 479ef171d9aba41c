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

/** A complaint: «не выгружается», "does not open". */
const COMPLAINT =
  /(?<![a-zа-яё]|\p{L})(?:не [а-яё]{2,20}(?:[еёи]тся|[аяую]тся|[аяеи]ет|ит|[аяую]ют|[аяуюи]т|лся|лась|лись|ла|ли|ен|на|ны)|ошибк|пропал|сломал|error|fails?|does(?:n't| not)|won't|is not)(?![a-zа-яё])/iu;
/** How to do something else: the verb, and what it is done to. */
const HOW_TO =
  /(?<![a-zа-яё]|\p{L})(?:как(?: (?:мне|нам|можно|бы|я могу))? (?<ru>[а-яё]{2,20}ть(?:ся)?)|how (?:do i|do we|can i|can we|to) (?<en>[a-z]{2,20}))\s+(?<what>[^.?!;,]{1,100})/iu;
/** How the trouble itself is ended is no second question. */
const MENDING =
  /^(?:исправ|реш|почин|устран|быть|восстанов|поступ|избе|поня|узна|нала|вылеч|fix|solve|repair|mend|avoid|get|make)/iu;
const THE_SAME = /(?<![a-zа-яё])(?:это|этого|этим|его|её|ее|их|ней|нему|it|this|that|them)(?![a-zа-яё])/iu;
const STEM = 4;

/** Whether one sentence complains and another asks how to do something that the complaint does not speak of. */
function asksBesides(sentences: readonly string[]): boolean {
  const complaints = sentences.filter((sentence) => COMPLAINT.test(sentence) && !HOW_TO.test(sentence));
  if (complaints.length === 0) return false;
  const said = complaints.join(' ').toLowerCase();
  return sentences.some((sentence) => {
    const { ru, en, what = '' } = HOW_TO.exec(sentence)?.groups ?? {};
    if (what === '' || MENDING.test(ru ?? en ?? '') || COMPLAINT.test(sentence) || THE_SAME.test(what)) return false;
    const things = (what.toLowerCase().match(/\p{L}{4,}/gu) ?? []).map((word) => word.slice(0, STEM));
    return things.length > 0 && things.every((stem) => !said.includes(stem));
  });
}

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
  if (asksBesides(sentences)) return true;
  return sentences.some(
    (sentence, at) =>
      ALSO.test(sentence) && TROUBLE.test(sentence) && sentences.slice(0, at).some((one) => TROUBLE.test(one)),
  );
}

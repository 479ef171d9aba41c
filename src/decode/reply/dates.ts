// The dates and times that mailers write into attributions, in the languages they speak. Data and two questions.
// Months are whole words and their own abbreviations: «5 серверов» begins like a Ukrainian August.

const MONTHS = [
  'январ[ья]|янв|феврал[ья]|февр|фев|марта?|мар|апрел[ья]|апр|ма[йя]|июн[ья]?|июл[ья]?|августа?|авг',
  'сентябр[ья]|сент?|октябр[ья]|окт|ноябр[ья]|нояб?|декабр[ья]|дек',
  'січня|січ|лютого|лют|березня|бер|квітня|квіт?|травня|трав|червня|черв?|липня|лип|серпня|серп?|вересня|вер|верес',
  'қаң(?:тар)?|ақп(?:ан)?|нау(?:рыз)?|сәу(?:ір)?|мам(?:ыр)?|мау(?:сым)?|шіл(?:де)?|тамыз|қыр(?:күйек)?|қаз(?:ан)?|қар(?:аша)?|жел(?:тоқсан)?',
  'сту|лют|сак|кра|чэр|ліп|жні|вер|кас(?:трычніка)?|ліс(?:тапада)?|сне',
  'жовтня|жовт?|листопада|лист?|грудня|груд|студзеня|лютага|сакавіка|красавіка|чэрвеня|ліпеня|жніўня|верасня|снежня',
  'january?|januari|jan|february?|februari|feb|march|mar|april|apr|may|june|juni|jun|july|juli|jul|august|aug',
  'september|sept?|october|oktober|o[ck]t|november|nov|december|de[cs]|desember',
  'jänner|märz|mrz|mär|mai|dezember|dez|janvier|janv|février|févr|fév|mars|avril|avr|juin|juillet|juil|août|septembre',
  'octobre|novembre|décembre|déc|enero|ene|febrero|marzo|abril|abr|mayo|junio|julio|agosto|ago|septiembre|octubre',
  'noviembre|diciembre|dic|gennaio|gen|febbraio|aprile|maggio|mag|giugno|giu|luglio|lug|settembre|set|ottobre|ott|dicembre',
  'janeiro|fevereiro|fev|março|maio|junho|julho|setembro|outubro|out|novembro|dezembro|maart|mrt|mei|augustus|augusti|maj|marts',
  'stycznia|sty|lutego|lut|marca|kwietnia|kwi|maja|czerwca|cze|lipca|lip|sierpnia|sie|września|wrz|października|paź',
  'listopada|lis|grudnia|gru|ledna|února|března|dubna|května|června|července|srpna|září|října|listopadu|prosince',
  'ocak|oca|şubat|şub|mart|nisan|nis|mayıs|haziran|haz|temmuz|tem|ağustos|ağu|eylül|eyl|ekim|eki|kasım|kas|aralık|ara',
].join('|');
const DATE = new RegExp(
  [
    '\\d{1,4}[./-]\\d{1,2}[./-]\\d{2,4}',
    '\\d{4}[年년]',
    `\\d{1,2}(?:st|nd|rd|th)?\\.?(?: de| of)?[ -]?(?:${MONTHS})(?!\\p{L})`,
    `(?<!\\p{L})(?:${MONTHS})\\.?[ -]?\\d{1,2}(?:st|nd|rd|th)?(?!\\d*\\p{L})`,
  ].join('|'),
  'iu',
);
const TIME = /\d{1,2}[:h]\d{2}|\d{1,2}\.\d{2}(?=,|\s?(?:uhr|[ap]\.?\s?m))/i;

/** Nothing but a day of the week, a month, and the word before them. */
const DATE_WORDS = new RegExp(
  [
    '^[\\s*_-]*(?:(?:on|am|le|el|il|op|den|em|w|v|в|во)[,\\s]*)?',
    '(?:(?:понедельник|вторник|сред[ау]|четверг|пятниц[ау]|суббот[ау]|воскресенье|пн|вт|ср|чт|пт|сб|вс|нд',
    '|(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tue|wed|thu|fri|sat|sun)[.,\\s]*)?',
    `(?:(?:${MONTHS})[.,\\s]*)?$`,
  ].join(''),
  'iu',
);
const DATE_WORDS_CHARS = 40;

/** True for a line that a mailer cut off before the first number of its date: «On Tue, Mar». */
export function isDateWords(line: string): boolean {
  return line.length <= DATE_WORDS_CHARS && DATE_WORDS.test(line);
}

/** Where the first date begins, -1 where there is none. */
export function dateIndex(text: string): number {
  return text.search(DATE);
}

export function hasTime(text: string): boolean {
  return TIME.test(text);
}

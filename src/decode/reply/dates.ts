// The dates and times that mailers write into attributions, in the languages they speak. Data and two questions.

const MONTHS = [
  'янв|фев|март?|апр|ма[йяю]|июн|июл|авг|сен|окт|ноя|дек',
  'січ|лют|бер|кві|трав|чер|лип|сер|вер|жов|лис|груд|студз|кастр',
  'jan|feb|mar|mär|maart|mrt|apr|ma[yijg]|mei|jun|jul|aug|sep|o[ckt]t|nov|de[czsk]',
  'ene|abr|ago|dic|gen|giu|lug|set|fev|fév|févr|avr|juin|juil|août|out',
  'sty|lut|kwi|cze|lip|sie|wrz|paź|lis|gru|led|úno|bře|dub|kvě|čer|srp|zář|říj|pro|ocak|şub|mart|nis|haz|tem|ağu|eyl|eki|kas|ara',
].join('|');
const MONTH = `(?:${MONTHS})\\p{L}{0,8}\\.?`;
const DATE = new RegExp(
  `\\d{1,4}[./-]\\d{1,2}[./-]\\d{2,4}|\\d{4}[年년]|\\d{1,2}(?:st|nd|rd|th)?\\.?(?: de| of)?[ -]?${MONTH}(?=[^\\p{L}]|$)|(?<!\\p{L})${MONTH}[ -]?\\d{1,2}`,
  'iu',
);
const TIME = /\d{1,2}[:h]\d{2}|\d{1,2}\.\d{2}(?=,|\s?(?:uhr|[ap]\.?\s?m))/i;

/** Where the first date begins, -1 where there is none. */
export function dateIndex(text: string): number {
  return text.search(DATE);
}

export function hasTime(text: string): boolean {
  return TIME.test(text);
}

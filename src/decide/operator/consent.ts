// An operator's answer to a question of kvitok: yes, no, or something else. Only a letter that says nothing but yes is one.

const YES = /^(?:ок(?:ей)?|ok(?:ay)?|да|yes|отправ(?:ь|ьте|ляй|ляйте|ить)|подтверждаю|send)$/iu;
const NO =
  /^(?:(?:нет|no) ?)?(?:нет|no|не (?:надо|нужно|отправляй(?:те)?)|отмена|cancel|(?:это |это письмо )?не (?:я|мо[её])|(?:it was )?not (?:me|mine)|don t send)$/iu;

/** Reads the writer's own words. */
export function consentIn(text: string): 'yes' | 'no' | 'other' {
  const said = text
    .replace(/[\p{P}\p{S}]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  if (YES.test(said)) return 'yes';
  return NO.test(said) ? 'no' : 'other';
}

// A bare «спасибо» to a resolved ticket says that it is resolved: it is filed and reopens nothing. Anything doubtful reopens:
// a question, a number, a file, a negation, or more words than thanks take.

const MAX_CHARS = 120;
const THANKS =
  /^(?:(?:большое |огромное )?спасибо(?: (?:вам|большое|огромное|за помощь|за ответ|всем))*|благодар(?:ю|им)(?: вас| за помощь| за ответ)*|отлично|супер|класс|ок(?:ей)?|хорошо|понял[аи]?|принято|(?:вс[её] )?(?:за)?работает|вс[её] (?:получилось|заработало|хорошо|ок|отлично)|помогло|решено|вопрос (?:решен|решён|закрыт)|\+|👍|🙏|thanks?(?: (?:you|a lot|very much|so much|again))*|thank you(?: (?:very much|so much))?|ok(?:ay)?|great|perfect|it works(?: now)?|works(?: now)?|solved|all good)$/iu;

/** Whether the writer's own words are thanks and nothing else. `files`: whether something is attached. */
export function isThanks(reply: string, files: boolean): boolean {
  const text = reply.trim();
  if (files || text === '' || text.length > MAX_CHARS || /[?？]|\p{N}/u.test(text)) return false;
  const phrases = text
    .split(/[\n,.;!…)(]+|(?:\s|^)[-–—](?:\s|$)|\s:\)+/u)
    .map((phrase) => phrase.trim())
    .filter((phrase) => phrase !== '');
  return (
    phrases.some((phrase) => THANKS.test(phrase) || GREETING.test(phrase)) &&
    phrases.every((phrase) => THANKS.test(phrase) || GREETING.test(phrase) || NAME.test(phrase)) &&
    !NO_NAME.test(text)
  );
}

/** «Спасибо, Борис!» */
const NAME = /^\p{Lu}\p{Ll}{1,20}(?: \p{Lu}\p{Ll}{1,20})?$/u;
/** What begins with a capital and is no name: «Нет, спасибо», «Спасибо. Ошибка.» */
const NO_NAME =
  /(?<!\p{L})(?:нет|но|увы|пока|почти|жд[уё]м?|жд[её]м|ошибк\p{L}*|проблем\p{L}*|опять|снова|срочно|помогите|перезвоните|позвоните|напишите|проверьте|корзин\p{L}*|касс\p{L}*|сайт\p{L}*|заказ\p{L}*|no|not|still|again|error|wait|help)(?!\p{L})/iu;
const GREETING = /^(?:здравствуйте|добрый (?:день|вечер)|доброе утро|привет|hello|hi|good (?:morning|day))$/iu;

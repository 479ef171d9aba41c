// Another desk acknowledges what we sent it, and a relay or a careless program has left it no mark at all. Its sentences are
// few: thanks for the letter, a request that was registered under a number, when somebody will answer, that nobody wrote
// this. One that says plainly that our request was taken is enough in a letter that asks nothing; of the others it takes two.
// An answer would be acknowledged in turn. The words only mute the acknowledgement: the letter stays a person's.

import { finding, type Rule } from './finding.ts';

const MAX_CHARS = 1500;
/** After a greeting the sentences come first; further down a person quotes them. */
const OPENING_LINES = 6;

const words = (...alternatives: string[]) => new RegExp(alternatives.join('|').replaceAll(' ', '\\s{1,3}'), 'iu');

const END = '(?![\\p{L}\\p{N}])';
const YOUR = '(?:ваш(?:е|а|у|ему|ей|им|ому|ій)?|your|ihr(?:e|er|em|en)?)';
const REQUEST = `(?:обращени(?:е|ю|я|ем)|запрос[уа]?|заявк(?:а|е|и|у|ой)|тикет[уа]?|вопрос[уа]?|звернення|запит[уа]?|(?:support |service )?(?:request|ticket|case|inquiry|enquiry|query|issue)|anfrage|anliegen|vorgang)${END}`;
const LETTER = `(?:письмо|сообщение|повідомлення|лист|letter|message|nachricht|schreiben|e-?mail)${END}`;
const NUMBER =
  '(?:(?: (?:за |под )?(?:номером |number |no\\.? )?(?:№|#|n)?\\s?[\\w-]{0,30}| \\([^()]{1,40}\\)| \\[[^\\[\\]]{1,40}\\]| от [\\d.]{6,10}| «[^«»]{1,120}»| "[^"]{1,120}"),?){0,2}';
const ASSIGNED =
  '(?:ему |ей )?(?:автоматически )?(?:присвоен[оа]?|назначен|присвоєно)(?: уникальный| регистрационный)? (?:номер|№|идентификатор|код)';
const TAKEN = `(?:(?:(?:был[оа]? )?(?:успешно |автоматически )?(?:зарегистрирован[оа]?|принят[оа]?|получен[оа]?|создан[оа]?|открыт[оа]?|поступил[оа]?|передан[оа]? (?:специалисту|в работу|оператору)|зареєстрован[оа]?|прийнят[оа]?|отриман[оа]?|створен[оа]?)|(?:has been|was|is|have) (?:now |successfully )?(?:been )?(?:registered|received|created|logged|opened|submitted|assigned)|(?:wurde|ist)(?: \\S{1,20}){0,5}? (?:erfasst|registriert|eingegangen|aufgenommen|angelegt|eröffnet))${END}|${ASSIGNED})`;
const WE_GOT =
  '(?:мы (?:получили|приняли|зарегистрировали)|ми (?:отримали|прийняли)|(?:thank you[,.!]? )?we(?:.ve| have)? (?:received|got|logged|registered))';
const WE_GOT_IN_GERMAN = (what: string) =>
  `wir haben ${YOUR} ${what}(?: (?:dankend|soeben|am [\\d.]{5,10})){0,2} (?:erhalten|bekommen|registriert|erfasst)`;
const GREETING =
  '(?:(?:здравствуйте|добрый день|доброго дня|спасибо|guten tag|sehr geehrt\\p{L}{1,2}|hallo|уважаем\\p{L}{2,3}|hello|hi|dear)(?![\\p{L}])[^.!,]{0,60}[.!,] |(?:just confirming|we confirm|this is to confirm) that )?';

/** A sentence begins at a line's start or behind the end of another: in the middle of one a person retells it. */
const sentence = (...alternatives: string[]) => words(`(?:^${GREETING}|[.!] )(?:${alternatives.join('|')})`);

const OPENS = words(
  `^${GREETING}(?:${YOUR} ${REQUEST}${NUMBER} ${TAKEN}|${WE_GOT} ${YOUR} ${REQUEST}|${WE_GOT_IN_GERMAN(REQUEST)})`,
);
const OPENS_LOOSELY = words(
  `^${GREETING}(?:${YOUR} (?:${REQUEST}|${LETTER})${NUMBER} ${TAKEN}|${WE_GOT} ${YOUR} ${LETTER}|${WE_GOT_IN_GERMAN(LETTER)})`,
);
const AUTOMATIC = words(
  '(?:отправлено|сформировано|создано|сгенерировано) (?:автоматически|роботом)',
  'автоматическ(?:ое|ий) (?:письмо|сообщение|уведомление|ответ)',
  'не отвечайте на (?:это|данное) (?:письмо|сообщение)',
  '(?:sent|generated) automatically',
  '(?:automatic|automated|auto-generated) (?:note|message|e-?mail|reply|response|notification)',
  '(?:do not|don.t) reply to this (?:message|e-?mail|letter)',
  'automatisch (?:erzeugt|generiert|erstellt|versendet)',
  'nicht auf diese (?:automatisch \\p{L}{5,12} )?(?:e-?mail|nachricht)',
);

/** What acknowledgements say; people who write to a desk say one of it at most. */
const SENTENCES: readonly RegExp[] = [
  sentence(
    '(?:благодарим|спасибо)(?: вас| вам)?,? (?:за (?:ваше |ваш )?(?:обращение|запрос)(?! внимания)|что (?:обратились|написали|пишете))',
    'дякуємо(?: вам)?,? за (?:ваше )?(?:звернення|запит)',
    '(?:vielen |herzlichen )?dank für ihre (?:anfrage|nachricht|e-?mail|kontaktaufnahme)',
    'thank(?:s| you) for (?:contacting|reaching out|your (?:request|inquiry|enquiry)|getting in touch)',
  ),
  sentence(
    `(?:${YOUR} (?:${REQUEST}|${LETTER})|${REQUEST})${NUMBER} ${TAKEN}`,
    `${WE_GOT} ${YOUR} (?:${REQUEST}|${LETTER})`,
    WE_GOT_IN_GERMAN(`(?:${REQUEST}|${LETTER})`),
    `(?:ihre|die) (?:ticket|vorgangs|anfrage|bearbeitungs)-?nummer(?: lautet|:)`,
    '(?:номер обращения|регистрационный номер|обращение|заявка)(?: №|:)? [\\w-]{2,30}(?:$|\\.)',
    `(?:создан|зарегистрирован|открыт|створено?)[ао]? (?:нов\\p{L}{2} )?${REQUEST} (?:№|#)?\\s?[\\w-]{0,20}\\d`,
    `(?:номер (?:${YOUR} )?${REQUEST}|${YOUR} номер|(?:the )?(?:ticket|request|case|reference) (?:id|number)(?: is| has been assigned)?)[: —–-]{1,4}(?:№|#)?\\s?[\\w-]{2,30}`,
    `${YOUR} (?:ticket|request|case|reference) (?:number|id) is`,
  ),
  sentence(
    '(?:мы|ми|наш[иа]? \\p{L}{4,20}|специалисты?|сотрудники?|оператор|менеджер)(?: [\\p{L}-]{3,20}){0,4}? (?:ответ(?:им|ит|ят)|свяж(?:емся|ется|утся)|рассмотр(?:им|ит|ят)|займ(?:ёмся|емся|ётся|ется|утся)|работаем над|відповімо|розглянемо)',
    '(?:мы )?(?:уже )?работаем над (?:ним|ней)',
    '(?:ответим|свяжемся|рассмотрим|перезвоним)(?![\\p{L}])',
    'с вами (?:[\\p{L}-]{3,20} ){0,3}свяж(?:ется|утся)',
    'ответ (?:поступит|будет (?:дан|направлен|отправлен))',
    'ожидайте (?:ответа|звонка)',
    'wir (?:melden uns|werden uns|kümmern uns|bearbeiten|antworten|werden (?:ihre|ihr))',
    'we(?:.re| are) on it',
    '(?:средн(?:ее|ий) |примерн(?:ое|ый) )?(?:срок|время) (?:рассмотрения|ответа|реакции)[: —–-]{1,4}',
    '(?:we|(?:one|a member) of our [\\p{L} ]{3,30}|our [\\p{L} ]{3,30}|someone)(?: will| shall|.ll)(?: \\p{L}{2,12})? (?:look into|get back|respond|reply|answer|contact|be in touch|review)',
    'you (?:will|should) (?:hear from us|receive (?:a|our) (?:reply|response|answer))',
  ),
];
const SUBJECT = words(
  `${YOUR} (?:${REQUEST}|${LETTER})${NUMBER} ${TAKEN}`,
  `${REQUEST}${NUMBER} ${TAKEN}`,
  `(?:подтверждение (?:получения|регистрации|обращения)|(?:request|ticket|case) (?:received|created|opened|confirmation))`,
);

export const deskWords: Rule = ({ message }) => {
  const text = message.reply.trim();
  if (text.length > MAX_CHARS) return null;
  const lines = text.split('\n').flatMap((line) => line.trim().slice(0, 500) || []);
  const opening = lines.slice(0, OPENING_LINES);
  const said = (pattern: RegExp) => opening.flatMap((line) => pattern.exec(line)?.[0] ?? [])[0];
  const automatic = AUTOMATIC.exec(text)?.[0];
  const taken = said(OPENS) ?? (automatic ? said(OPENS_LOOSELY) : undefined);
  // somebody who asks is no robot, unless he calls himself one
  if (text.includes('?')) return automatic && taken ? finding('human', 'desk-words', taken) : null;
  const signs = [...SENTENCES.map(said), automatic, SUBJECT.exec(message.subject.slice(0, 300))?.[0]];
  const [first, second] = signs.flatMap((one) => one ?? []);
  const seen = taken ?? (second === undefined ? undefined : first);
  return seen === undefined ? null : finding('human', 'desk-words', seen);
};

// What an admin reads: what is wrong in one sentence, what to do about it, and the sentence that tells its end. The same
// for the log, which is English.

import type { Language } from '../desk/tickets.ts';
import type { Cause, Trouble } from './causes.ts';

export interface Words {
  /** A sentence without its stop; the subject of the letter. */
  readonly what: string;
  readonly todo: string;
  readonly over: string;
}

/** Words for a trouble, or for one that was: then its numbers are not known any more, and are left out. */
export function wordsFor(about: Pick<Trouble, 'cause' | 'subject' | 'facts'>, language: Language): Words {
  const { cause, subject, facts } = about;
  const said = (text: string) =>
    text
      .replaceAll('{subject}', subject)
      .replaceAll(/((?:, \p{L}+)?: )\{(\w+)\}/gu, (_, before: string, name: string) =>
        name in facts ? `${before}${facts[name]}` : '',
      );
  const [what, todo, over] = WORDS[language][cause];
  return { what: said(what), todo: said(todo), over: said(over) };
}

type Row = readonly [what: string, todo: string, over: string];

const WORDS: Readonly<Record<Language, Readonly<Record<Cause, Row>>>> = {
  en: {
    unread: [
      'mailbox {subject} is not being read',
      'Run kvitok check; look whether the mail server answers. Letters wait in the mailbox and are lost by nobody.',
      'mailbox {subject} is read again',
    ],
    unfetched: [
      'letters lie in mailbox {subject} that the server does not give: {letters}',
      'Open them in a mail client; the log names their UIDs and what the server says. They are tried again at each poll, the others go on.',
      'the server gives every letter of mailbox {subject} again',
    ],
    deaf: [
      'the server of mailbox {subject} does not tell of new letters (IDLE)',
      'Nothing is lost: the poll finds them, minutes later. Where it lasts, restart kvitok, and ask whoever runs the server.',
      'the server of mailbox {subject} tells of new letters again',
    ],
    'auth-failed': [
      'the server does not let kvitok into mailbox {subject}',
      'Make a new app password, put it into the configuration, restart kvitok; kvitok check tries it.',
      'kvitok is let into mailbox {subject} again',
    ],
    consent: [
      'the consent (OAuth2) for mailbox {subject} has run out or was withdrawn',
      'Consent anew and put the new refresh token into the configuration, see docs/configuration.md; then restart kvitok.',
      'there are tokens for mailbox {subject} again',
    ],
    'ledger-gap': [
      'letters lay in mailbox {subject} that nobody took note of: {letters}',
      'They are taken in by the next pass. Run kvitok check --ledger and report what it says: it should not happen.',
      'every letter of mailbox {subject} has its row in the ledger again',
    ],
    lost: [
      'the count of letters does not come out, difference: {letters}',
      'Run kvitok check --ledger: it names them. After a restore from an older backup, follow docs/install.md.',
      'the count of letters comes out again',
    ],
    'not-listening': [
      'kvitok can’t listen at {subject}',
      'See who holds the port or the socket (ss -lxtp), and whether kvitok may write there. The mail server keeps its letters meanwhile.',
      'kvitok listens at {subject}',
    ],
    disk: [
      'the disk is almost full: no letter is taken in',
      'Make room. Letters wait on the mail server; kvitok goes on by itself when there is room.',
      'the disk has room again, letters are taken in',
    ],
    keep: [
      'letters can’t be kept',
      'Look at the disk and at who holds the databases: docs/operations.md, The disk. Letters stay on the mail server.',
      'letters are kept again',
    ],
    work: [
      'letters were kept, but can’t be worked on',
      'Look at the disk and at who holds the databases: docs/operations.md, The disk. Letters wait and get no answer.',
      'letters are worked on again',
    ],
    standstill: [
      'the work on letters stands still',
      'The service is restarted by systemd; elsewhere restart kvitok. If it comes again, report it with the log.',
      'letters are worked on again',
    ],
    quarantine: [
      'letters were set aside because they could not be handled: {letters}',
      'kvitok quarantine list names them and the reason; answer them by hand, and try them again after an upgrade.',
      'no letter is set aside any more because it could not be handled',
    ],
    'set-aside': [
      'letters were set aside within a day, many times the usual: {aside}, all: {letters}',
      'kvitok quarantine list --automatic names them and the mark that each bears. kvitok quarantine release makes a person’s letter of one; where a server of yours sets the mark, stop it there.',
      'no more letters than usual are set aside',
    ],
    outbox: [
      'letters that leave can’t be looked at',
      'Look at the disk and at who holds the databases: docs/operations.md, The disk. Letters wait.',
      'letters leave again',
    ],
    smtp: [
      'the mail server takes no letters',
      'Run kvitok check: it tries the server and the password. Letters wait; answers for days, acknowledgements for hours.',
      'letters can be sent again',
    ],
    stuck: [
      'letters are waiting in the outbox for too long: {letters}',
      'kvitok outbox list --state queued shows them and the last error; kvitok outbox retry or drop.',
      'no letter waits in the outbox for too long',
    ],
    failed: [
      'many letters were refused or given up within an hour: {letters}',
      'kvitok outbox list --state failed shows what the servers said. Is the domain on a blocklist, is SPF or DKIM broken?',
      'letters are not refused in numbers any more',
    ],
    breaker: [
      'most acknowledgements are refused: automatic letters are held back',
      'Somebody probably writes with forged senders. kvitok outbox list --state failed shows whom the answers went to. Answers of operators leave.',
      'automatic letters leave again',
    ],
    uncomposed: [
      'letters could not be put together: {letters}',
      'Operators got a bare notice in place of each, customers nothing. Run kvitok check: it tries your own templates; kvitok outbox list --state failed names the letters, kvitok outbox retry sends them.',
      'for a day every letter could be put together',
    ],
    unproven: [
      'letters in an operator’s name came without proof: {letters}',
      'Nothing went to a customer. The operator was asked, one by one or in a list; about so many nobody was: {unasked}. kvitok quarantine list shows them, kvitok quarantine release lets them go. If he wrote them, look at SPF and DKIM of his domain; if not, somebody tries to write in his name.',
      'for a day no letter in an operator’s name came without proof',
    ],
    calendar: [
      'calendar {subject} does not know the days off: {years}',
      'Deadlines are counted by the law alone. Upgrade kvitok, or put the days of the decree into calendars.{subject}.years.',
      'calendar {subject} knows the days off',
    ],
    provisional: [
      'calendar {subject} is provisional: {years}',
      'The holidays of the law are in it, the days that a decree moves are not. When the decree is out, upgrade kvitok, or put its days into calendars.{subject}.years.',
      'calendar {subject} is not provisional any more',
    ],
  },
  ru: {
    unread: [
      'Почтовый ящик {subject} не читается',
      'Выполните kvitok check; проверьте, отвечает ли почтовый сервер. Письма ждут в ящике и не пропадут.',
      'Почтовый ящик {subject} снова читается',
    ],
    unfetched: [
      'В ящике {subject} лежат письма, которые сервер не отдаёт: {letters}',
      'Откройте их в почтовой программе; журнал называет их UID и слова сервера. При каждом опросе kvitok пробует снова, остальные письма идут дальше.',
      'Сервер снова отдаёт все письма ящика {subject}',
    ],
    deaf: [
      'Сервер ящика {subject} не сообщает о новых письмах (IDLE)',
      'Ничего не потеряно: письма находит опрос, на несколько минут позже. Если это не проходит, перезапустите kvitok и обратитесь к тем, кто обслуживает сервер.',
      'Сервер ящика {subject} снова сообщает о новых письмах',
    ],
    'auth-failed': [
      'Сервер не пускает kvitok в ящик {subject}',
      'Создайте новый пароль приложения, внесите его в настройки и перезапустите kvitok; kvitok check его проверит.',
      'kvitok снова вошёл в ящик {subject}',
    ],
    consent: [
      'Согласие (OAuth2) на доступ к ящику {subject} истекло или отозвано',
      'Дайте согласие заново, внесите новый refresh token в настройки (docs/configuration.md) и перезапустите kvitok.',
      'Доступ к ящику {subject} снова есть',
    ],
    'ledger-gap': [
      'В ящике {subject} нашлись письма, не учтённые в журнале: {letters}',
      'Следующий проход их заберёт. Выполните kvitok check --ledger и сообщите нам, что он покажет: такого быть не должно.',
      'Все письма ящика {subject} снова учтены',
    ],
    lost: [
      'Счёт писем не сходится, разница: {letters}',
      'Выполните kvitok check --ledger: он назовёт эти письма. После восстановления из старой копии следуйте docs/install.md.',
      'Счёт писем снова сходится',
    ],
    'not-listening': [
      'kvitok не может принимать соединения на {subject}',
      'Посмотрите, кто занял порт или сокет (ss -lxtp) и может ли kvitok там писать. Почтовый сервер пока хранит письма у себя.',
      'kvitok снова принимает соединения на {subject}',
    ],
    disk: [
      'Диск почти заполнен: письма не принимаются',
      'Освободите место. Письма ждут на почтовом сервере; когда место появится, kvitok продолжит сам.',
      'Место на диске есть, письма снова принимаются',
    ],
    keep: [
      'Письма не удаётся сохранить',
      'Проверьте диск и кто держит базы данных: docs/operations.md, раздел The disk. Письма остаются на почтовом сервере.',
      'Письма снова сохраняются',
    ],
    work: [
      'Письма сохранены, но обработать их не удаётся',
      'Проверьте диск и кто держит базы данных: docs/operations.md, раздел The disk. Письма ждут, ответа на них нет.',
      'Письма снова обрабатываются',
    ],
    standstill: [
      'Обработка писем стоит',
      'Службу перезапустит systemd; если её нет, перезапустите kvitok. Если это повторится, сообщите нам и приложите журнал.',
      'Письма снова обрабатываются',
    ],
    quarantine: [
      'Письма отложены, потому что обработать их не удалось: {letters}',
      'kvitok quarantine list покажет их и причину. Ответьте на них вручную и повторите обработку после обновления.',
      'Писем, отложенных из-за сбоя, больше нет',
    ],
    'set-aside': [
      'За сутки отложено намного больше писем, чем обычно: {aside}, всего: {letters}',
      'kvitok quarantine list --automatic покажет их и пометку, по которой отложено каждое. kvitok quarantine release обработает письмо как письмо человека; если пометку ставит ваш сервер, уберите её там.',
      'Писем откладывается не больше обычного',
    ],
    outbox: [
      'Исходящие письма не удаётся прочитать из базы',
      'Проверьте диск и кто держит базы данных: docs/operations.md, раздел The disk. Письма ждут.',
      'Письма снова уходят',
    ],
    smtp: [
      'Почтовый сервер не принимает исходящие письма',
      'Выполните kvitok check: он проверит сервер и пароль. Письма ждут: ответы — несколько дней, подтверждения — несколько часов.',
      'Письма снова можно отправлять',
    ],
    stuck: [
      'Письма слишком долго ждут отправки: {letters}',
      'kvitok outbox list --state queued покажет их и последнюю ошибку; дальше kvitok outbox retry или drop.',
      'Писем, которые слишком долго ждут отправки, больше нет',
    ],
    failed: [
      'За час не доставлено много писем: {letters}',
      'kvitok outbox list --state failed покажет, что ответили серверы. Не попал ли домен в чёрный список, не сломаны ли SPF или DKIM?',
      'Массовых отказов больше нет',
    ],
    breaker: [
      'Большинство подтверждений отвергнуто: автоматические письма придержаны',
      'Скорее всего, кто-то пишет с поддельных адресов. kvitok outbox list --state failed покажет, кому уходили ответы. Ответы операторов отправляются.',
      'Автоматические письма снова уходят',
    ],
    uncomposed: [
      'Не удалось составить писем: {letters}',
      'Сотрудники получили вместо них короткие уведомления, клиенты не получили ничего. Выполните kvitok check: он проверит ваши шаблоны; письма покажет kvitok outbox list --state failed, отправит kvitok outbox retry.',
      'Сутки все письма составляются',
    ],
    unproven: [
      'Пришли письма от имени оператора без подтверждения подлинности: {letters}',
      'Клиентам ничего не ушло. Оператора спросили письмом, по одному или списком; не спросили о стольких: {unasked}. kvitok quarantine list покажет письма, kvitok quarantine release отпустит их. Если писал он, проверьте SPF и DKIM его домена; если нет, кто-то пытается писать от его имени.',
      'За сутки не было писем от имени оператора без подтверждения подлинности',
    ],
    calendar: [
      'Календарь {subject} не знает выходных дней: {years}',
      'Сроки считаются только по закону, без переносов. Обновите kvitok или внесите дни из постановления в calendars.{subject}.years.',
      'Календарь {subject} знает выходные дни',
    ],
    provisional: [
      'Календарь {subject} предварительный: {years}',
      'Праздники по закону в нём есть, а переносов, которые назначает правительство, ещё нет. Когда выйдет постановление, обновите kvitok или внесите его дни в calendars.{subject}.years.',
      'Календарь {subject} больше не предварительный',
    ],
  },
};

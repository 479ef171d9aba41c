// How filters and smaller servers word what they refuse or can't deliver: FortiMail, Sophos, Trend Micro, Kaspersky, Dr.Web,
// Symantec, SmarterMail, IceWarp, Axigen, Zimbra, Rackspace and Russian hosters.

import { groupsOf, type Server } from './circumstance.ts';

const fortiMail: Server = (c) => ({
  from: `MAILER-DAEMON@${c.relay}`,
  subject: 'Undeliverable message notification',
  text: `This message was created automatically by the FortiMail unit at ${c.relay}.\n\nThe message you sent to the recipients below could not be sent:\n\n${c.lost.map((address) => `  ${address}\n    Reason: ${c.reason.code} ${c.reason.status} ${c.reason.words}`).join('\n')}\n\nAdministrator: ${c.contact}\n`,
  action: 'failed',
  returned: c.pick('part', 'headers'),
  groups: c.chance(40) ? groupsOf(c, 'failed') : undefined,
});

const sophos: Server = (c) => ({
  from: `Sophos Email <no-reply@${c.relay}>`,
  subject: `Message rejected: ${c.our.subject}`,
  text: `Your email to the following recipients was not accepted by our gateway.\n\nTo: ${c.lost.join(', ')}\nReason: ${c.reason.code} ${c.reason.words}\n\nContact ${c.contact} if you believe that this is a mistake.\n`,
  action: 'failed',
  returned: c.pick('part', 'none'),
});

const trendMicro: Server = (c) => ({
  from: `InterScan MSS <imss@${c.relay}>`,
  subject: 'Returned mail: message could not be delivered',
  text: `Your message was not delivered.\n\nSubject: ${c.our.subject}\nRecipient: ${c.lost.join(', ')}\n\nThe remote server answered: ${c.reason.code} ${c.reason.words}\n`,
  action: 'failed',
  returned: c.pick('part', 'headers'),
});

const kaspersky: Server = (c) => ({
  from: `Kaspersky Secure Mail Gateway <postmaster@${c.relay}>`,
  subject: 'Сообщение не доставлено',
  text: `Сообщение не было доставлено, так как оно не прошло проверку.\n\nТема: ${c.our.subject}\nОтправитель: ${c.our.address}\nПолучатели: ${c.lost.join(', ')}\nПричина: ${c.reason.code} ${c.reason.words}\n\nАдминистратор: ${c.contact}\n`,
  action: 'failed',
  returned: c.pick('part', 'headers'),
});

const drWeb: Server = (c) => ({
  from: `DrWEB-DAEMON <DrWEB-DAEMON@${c.relay}>`,
  subject: 'Письмо не доставлено',
  text: `Здравствуйте!\n\nПисьмо, отправленное Вами (${c.our.address}) на адрес ${c.lost.join(', ')}, не было доставлено: ${c.reason.words}.\n\nОтвет сервера: ${c.reason.code} ${c.reason.status}\n\n---\nАнтивирусный фильтр Dr.Web, служба поддержки ${c.contact}\n`,
  action: 'failed',
  returned: c.pick('part', 'headers'),
});

const symantec: Server = (c) => ({
  from: `Mail Delivery System <MAILER-DAEMON@${c.relay}>`,
  subject: 'failure notice',
  text: `This is the mail delivery agent at ${c.relay}.\nI was unable to deliver your message to the following addresses.\n\n${c.lost.join('\n')}\n\nReason: ${c.reason.code} ${c.reason.status} ${c.reason.words}\n\nThe message subject was: ${c.our.subject}\nThe message identifier was: ${c.our.id}\nThe message reference was: server-9.tower!1770!1\n\nPlease do not reply to this email as it is sent from an unattended mailbox.\n`,
  action: 'failed',
  returned: c.pick('part', 'none'),
});

const smarterMail: Server = (c) => ({
  from: `System Administrator <postmaster@${c.relay}>`,
  subject: 'Delivery Failure',
  text: `Could not deliver message to the following recipient(s):\n\n${c.lost.map((address) => `Failed Recipient: ${address}\nReason: Remote host said: ${c.reason.code} ${c.reason.status} ${c.reason.words}`).join('\n\n')}\n\n   -- The header and top 20 lines of the message follows --\n`,
  action: 'failed',
  returned: c.pick('text', 'part'),
  marker: '',
});

const iceWarpSubject: Server = (c) => ({
  from: `Mail Server <postmaster@${c.relay}>`,
  subject: `Undeliverable: ${c.our.subject}`,
  text: `The message with subject '${c.our.subject}' could not be delivered to the address below because of a permanent error.\n\n${c.lost.map((address) => `${address}\nHost ${c.mx} said: ${c.reason.code} ${c.reason.words}`).join('\n\n')}\n`,
  action: 'failed',
  returned: c.pick('part', 'headers'),
});

const axigenList: Server = (c) => ({
  from: `MAILER-DAEMON@${c.relay}`,
  subject: 'Mail delivery failed',
  text: `Your mail message could not be delivered to the following recipient(s):\n\n${c.lost.map((address) => ` - ${address}: remote host ${c.mx} returned error: ${c.reason.code} ${c.reason.words}`).join('\n')}\n`,
  action: 'failed',
  returned: c.pick('part', 'headers'),
  groups: c.chance(50) ? groupsOf(c, 'failed') : undefined,
});

const zimbraBlocked: Server = (c) => ({
  from: `"Content-filter at ${c.relay}" <postmaster@${c.relay}>`,
  subject: 'BANNED contents from you (archive)',
  text: `Our content checker found\n    banned name: archive.rar\n\nin email presumably from you <${c.our.address}>\nto the following recipient${c.lost.length > 1 ? 's' : ''}:\n${c.lost.map((address) => `-> ${address}`).join('\n')}\n\nDelivery of the email was stopped!\n`,
  action: 'failed',
  returned: c.pick('part', 'headers'),
});

const rackspaceDelay: Server = (c) => ({
  from: `Mail Delivery System <MAILER-DAEMON@${c.relay}>`,
  subject: 'Delayed Mail (still being retried)',
  text: `####################################################################\n# THIS IS A WARNING ONLY.  YOU DO NOT NEED TO RESEND YOUR MESSAGE. #\n####################################################################\n\nYour message could not be delivered for more than 4 hour(s).\nIt will be retried until it is 5 day(s) old.\n\n${c.lost.map((address) => `<${address}>: connect to ${c.mx}[${c.ip}]:25: Connection timed out`).join('\n')}\n\nContact ${c.contact}.\n`,
  action: 'delayed',
  returned: c.pick('part', 'headers'),
  groups: c.chance(50) ? groupsOf(c, 'delayed') : undefined,
});

const timeweb: Server = (c) => ({
  from: `Mail Delivery System <Mailer-Daemon@${c.relay}>`,
  subject: 'Ошибка доставки: сообщение возвращено отправителю',
  text: `Это сообщение создано автоматически почтовым сервером.\n\nСообщение, которое вы отправили, не удалось доставить по одному или нескольким адресам. Это постоянная ошибка. Не удалось доставить по адресу:\n\n${c.lost.map((address) => `  ${address}\n    ${c.reason.code} ${c.reason.status} ${c.reason.words}`).join('\n')}\n\nТехническая поддержка хостинга: ${c.contact}\n`,
  action: 'failed',
  returned: c.pick('part', 'headers', 'text'),
});

const regRuQuota: Server = (c) => ({
  from: `Почтовая служба <postmaster@${c.relay}>`,
  subject: 'Письмо вернулось',
  text: `Получатель ${c.lost.join(', ')} не может принять ваше письмо: ящик переполнен (552 5.2.2).\n\nПопробуйте отправить его позже или обратитесь в поддержку: ${c.contact}\n`,
  action: 'failed',
  returned: c.pick('part', 'headers'),
});

const begetDelay: Server = (c) => ({
  from: `Mail Delivery System <Mailer-Daemon@${c.relay}>`,
  subject: 'Предупреждение: доставка письма задерживается',
  text: `Это письмо создано автоматически почтовой системой ${c.relay}.\n\nВаше письмо ещё не доставлено одному или нескольким получателям спустя 24 часа:\n\n${c.lost.map((address) => `  ${address}\n    Время задержки: 24 часа, ${c.mx}: Connection refused`).join('\n')}\n\nПовторные попытки будут предприниматься ещё несколько дней, делать ничего не нужно.\n`,
  action: 'delayed',
  returned: c.pick('part', 'headers'),
});

const accessDenied: Server = (c) => ({
  from: `Mail Administrator <postmaster@${c.relay}>`,
  subject: 'Mail could not be delivered',
  text: `Your mail has been refused by the destination.\n\n  Recipient(s) : ${c.lost.join(' ; ')}\n  Server       : ${c.mx} [${c.ip}]\n  Response     : ${c.reason.code} ${c.reason.status} ${c.reason.words}\n\nQuestions go to ${c.contact}\n`,
  action: 'failed',
  returned: c.pick('part', 'headers', 'none'),
});

const sessionOnly: Server = (c) => ({
  from: `Mail <mailer-daemon@${c.relay}>`,
  subject: 'Message undeliverable',
  text: `Session with ${c.mx} (${c.ip}):\n\n<<< 220 ${c.mx} ESMTP\n>>> EHLO ${c.relay}\n<<< 250 ok\n>>> MAIL FROM:<${c.our.address}>\n<<< 250 ok\n${c.lost.map((address) => `>>> RCPT TO:<${address}>\n<<< ${c.reason.code} ${c.reason.status} ${c.reason.words}`).join('\n')}\n>>> QUIT\n`,
  action: 'failed',
  returned: c.pick('part', 'headers'),
});

export const APPLIANCES: Readonly<Record<string, Server>> = {
  fortiMail,
  sophos,
  trendMicro,
  kaspersky,
  drWeb,
  symantec,
  smarterMail,
  iceWarpSubject,
  axigenList,
  zimbraBlocked,
  rackspaceDelay,
  timeweb,
  regRuQuota,
  begetDelay,
  accessDenied,
  sessionOnly,
};

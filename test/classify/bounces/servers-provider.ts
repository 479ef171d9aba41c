// Announcements of mailbox providers and of services that send for others.

import { groupsOf, type Server } from './circumstance.ts';

const gmail: Server = (c) => {
  const [address = ''] = c.lost;
  const russian = c.chance(50);
  const kind = c.pick('not-found', 'blocked', 'delayed');
  const response = `${c.reason.code} ${c.reason.status} ${c.reason.words}. Learn more at https://support.mail.example/?p=NoSuchUser`;
  const each = (say: (one: string) => string) => c.lost.map(say).join('\n\n');
  const text = {
    'not-found': russian
      ? `** Адрес не найден **\n\n${each((one) => `Ваше письмо не доставлено получателю ${one}, так как адрес не найден или не может принимать почту.`)}\n\nОтвет от удалённого сервера:\n${response}\n`
      : `** Address not found **\n\n${each((one) => `Your message wasn't delivered to ${one} because the address couldn't be found, or is unable to receive mail.`)}\n\nThe response from the remote server was:\n${response}\n`,
    blocked: russian
      ? `** Сообщение заблокировано **\n\n${each((one) => `Ваше сообщение для ${one} было заблокировано. Подробности ниже.`)}\n\nОтвет удаленного сервера:\n${response}\n`
      : `** Message blocked **\n\n${each((one) => `Your message to ${one} has been blocked. See technical details below for more information.`)}\n\nThe response was:\n${response}\n`,
    delayed: russian
      ? `** Доставка не завершена **\n\n${each((one) => `При доставке сообщения на адрес ${one} возникла временная проблема. Система Gmail будет повторять попытки ещё 46 ч. Если доставить письмо не удастся, вы получите уведомление.`)}\n\nОтвет:\nThe recipient server did not accept our requests to connect. [${c.mx} ${c.ip}: timed out]\n`
      : `** Delivery incomplete **\n\n${each((one) => `There was a temporary problem delivering your message to ${one}. Gmail will retry for 46 more hours. You'll be notified if the delivery fails permanently.`)}\n\nThe response was:\nThe recipient server did not accept our requests to connect. [${c.mx} ${c.ip}: timed out]\n`,
  }[kind];
  return {
    from: 'Mail Delivery Subsystem <mailer-daemon@googlemail.com>',
    subject: kind === 'delayed' ? 'Delivery Status Notification (Delay)' : 'Delivery Status Notification (Failure)',
    text,
    action: kind === 'delayed' ? 'delayed' : 'failed',
    returned: c.pick('part', 'headers', 'text'),
    marker: '----- Original message -----\n',
    groups: c.chance(50) ? groupsOf(c, kind === 'delayed' ? 'delayed' : 'failed') : undefined,
    headers: c.chance(50) && kind !== 'delayed' && c.lost.length === 1 ? [`X-Failed-Recipients: ${address}`] : [],
  };
};

const yandex: Server = (c) => {
  const russian = c.chance(60);
  const items = c.lost
    .map(
      (address) =>
        `<${address}>: host ${c.mx}[${c.ip}] said: ${c.reason.code} ${c.reason.status}\n    ${c.reason.words} (in reply to RCPT TO command)`,
    )
    .join('\n\n');
  return {
    from: 'mailer-daemon@yandex.ru',
    subject: russian ? 'Недоставленное сообщение' : 'Undelivered Mail Returned to Sender',
    text: russian
      ? `Это письмо отправлено почтовым сервером yandex.ru.\n\nК сожалению, мы вынуждены сообщить Вам о том, что Ваше письмо не может\nбыть отправлено одному или нескольким адресатам. Технические подробности можно найти ниже.\n\nВозможные причины недоставки указаны по адресу:\nhttps://help.mail.example/undelivered\n\nПожалуйста, не отвечайте на это сообщение.\n\n${items}\n`
      : `This message was created automatically by mail delivery software at Yandex.\n\nYour message could not be delivered to one or more recipients. See details below.\n\nPlease do not reply to this message.\n\n${items}\n`,
    action: 'failed',
    returned: c.pick('part', 'headers'),
    groups: c.chance(60) ? groupsOf(c, 'failed') : undefined,
  };
};

const mailRu: Server = (c) => ({
  from: 'mailer-daemon@corp.mail.ru',
  subject: 'Ваше сообщение не доставлено. Mail failure.',
  text: `Это письмо создано автоматически\nсервером Mail.Ru, отвечать на него не нужно.\n\nК сожалению, Ваше письмо не может\nбыть доставлено одному или нескольким получателям:\n\n${c.lost.map((address) => `**********************\n\n  ${address}\n\n${c.pick('Пользователь не существует. user not found', 'Ящик получателя переполнен. mailbox full', `${c.reason.code} ${c.reason.status} ${c.reason.words}`)}`).join('\n\n')}\n\n**********************\n\nВопросы о работе почты: ${c.contact}\n`,
  action: 'failed',
  returned: c.pick('text', 'part'),
  marker: '------ This is a copy of the message, including all the headers. ------',
  headers: c.chance(50) ? [`X-Failed-Recipients: ${c.lost.join(', ')}`] : [],
});

const gmx: Server = (c) => ({
  from: '"GMX Mailer Daemon" <mailer-daemon@gmx.example>',
  subject: 'Mail delivery failed: returning message to sender',
  text: `This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of\nits recipients. This is a permanent error. The following ${c.lost.length > 1 ? 'addresses' : 'address'}\nfailed:\n\n${c.lost.map((address) => `"${address}":\nSMTP error from remote server after RCPT command:\nhost: ${c.mx}\n${c.reason.status} ${c.reason.words}`).join('\n\n')}\n`,
  action: 'failed',
  returned: 'text',
  marker: '--- The header of the original message is following. ---\n',
});

const amazonSes: Server = (c) => ({
  from: 'MAILER-DAEMON@eu-west-1.amazonses.com',
  subject: c.pick('Delivery Status Notification (Failure)', 'Undeliverable'),
  text: `An error occurred while trying to deliver the mail to the following recipients:\n${c.lost.join('\n')}\n`,
  action: 'failed',
  returned: c.pick('part', 'headers', 'none'),
  groups: c.chance(70) ? groupsOf(c, 'failed') : undefined,
});

const powerMta: Server = (c) => ({
  from: `postmaster@${c.relay}`,
  subject: 'Delivery report',
  text: `Hello, this is the mail server on ${c.relay}.\n\nI am sending you this message to inform you on the delivery status of a\nmessage you previously sent.  Immediately below you will find a list of\nthe affected recipients;  also attached is a Delivery Status Notification\n(DSN) report in standard format, as well as the headers of the original\nmessage.\n\n${c.lost.map((address) => `  <${address}>  delivery failed; will not continue trying`).join('\n')}\n`,
  action: 'failed',
  returned: 'headers',
  groups: c.chance(70) ? groupsOf(c, 'failed') : undefined,
});

const zoho: Server = (c) => {
  const delayed = c.chance(25);
  return {
    from: `mailer-daemon@mail.zoho.example`,
    subject: delayed ? 'Delivery Status Notification (Delay)' : 'Undelivered Mail Returned to Sender',
    text: delayed
      ? `This message was created automatically by mail delivery software.\n\nThis is a warning message only. Delivery of your message is delayed; you do not need to resend it.\n\n${c.lost.map((address) => `[Status: Error, Address: <${address}>, ResponseCode 421, , Host not reachable.]`).join('\n')}\n\nWe will keep trying for the next 2 days.\n`
      : `This message was created automatically by mail delivery software.\n A message that you sent could not be delivered to one or more of its recipients. This is a permanent error.\n\n${c.lost.map((address) => `${address} , ERROR CODE :${c.reason.code} - ${c.reason.status} ${c.reason.words}`).join('\n')}\n`,
    action: delayed ? 'delayed' : 'failed',
    returned: c.pick('text', 'none'),
    marker: 'Received:from mail.zoho.example by mx.zoho.example',
  };
};

const tOnline: Server = (c) => ({
  from: '"Mail Delivery System" <postmaster@t-online.example>',
  subject: c.pick('Zustellung fehlgeschlagen', 'Undelivered Mail Returned to Sender'),
  text: `Ihre E-Mail konnte nicht zugestellt werden.\n\nIhre Nachricht konnte an folgende Empfänger nicht zugestellt werden:\n\n${c.lost.map((address) => `<${address}>: ${c.reason.code} ${c.reason.status} ${c.reason.words}`).join('\n')}\n\nBei Fragen wenden Sie sich bitte an ${c.contact}.\n`,
  action: 'failed',
  returned: c.pick('part', 'headers'),
  groups: c.chance(40) ? groupsOf(c, 'failed') : undefined,
});

const yahoo: Server = (c) => ({
  from: 'MAILER-DAEMON@yahoo.example',
  subject: 'Failure Notice',
  text: `Sorry, we were unable to deliver your message to the following address.\n\n${c.lost.map((address) => `<${address}>:\n${c.reason.code}: ${c.reason.status} ${c.reason.words}`).join('\n\n')}\n`,
  action: 'failed',
  returned: 'text',
  marker: '---------- Forwarded message ----------',
});

export const PROVIDERS: Readonly<Record<string, Server>> = {
  gmail,
  yandex,
  mailRu,
  gmx,
  amazonSes,
  powerMta,
  zoho,
  tOnline,
  yahoo,
};

// Announcements of relays, filters and services that write little, or write it in their own order.

import { groupsOf, type Server } from './circumstance.ts';

const ecelerity: Server = (c) => ({
  from: `Mail Delivery System <MAILER-DAEMON@${c.relay}>`,
  subject: 'Mail Delivery System: your message',
  text: `This message was created automatically by the mail system (ecelerity).\n\nA message that you sent could not be delivered to one or more of its\nrecipients. This is a permanent error. The following address(es) failed:\n\n${c.lost.map((address) => `>>> ${address} (after RCPT TO): ${c.reason.code} ${c.reason.status} ${c.reason.words}`).join('\n')}\n`,
  action: 'failed',
  returned: c.pick('text', 'part'),
  marker: '------ This is a copy of the headers of the original message. ------',
});

const surfControl: Server = (c) => ({
  from: `Mail Filter <filter@${c.relay}>`,
  subject: 'Message delivery failure',
  text: `Your message could not be sent.\nA transcript of the attempts to send the message follows.\nThe number of attempts made: 1\nAddressed To: ${c.lost.join(', ')}\n\n${c.date}\nFailed to send to identified host,\n${c.mx}: [${c.ip}], ${c.reason.code} ${c.reason.words}\n`,
  action: 'failed',
  returned: c.pick('part', 'none'),
});

const stmail: Server = (c) => {
  const delayed = c.chance(40);
  return {
    from: `Postmaster <postmaster@${c.relay}>`,
    subject: delayed ? 'Delivery delayed' : 'Delivery failed',
    text: delayed
      ? `Questions about this notice go to ${c.contact}.\n\nWe could not yet deliver your message to these addresses:\n\n${c.lost.map((address) => `- ${address}`).join('\n')}\n\nWe will continue to try until tomorrow evening.\n`
      : `Questions about this notice go to ${c.contact}.\n\nWe could not deliver your message to these addresses:\n\n${c.lost.map((address) => `- ${address} (${c.reason.code} ${c.reason.words})`).join('\n')}\n`,
    action: delayed ? 'delayed' : 'failed',
    returned: c.pick('part', 'headers'),
    groups: c.chance(30) ? groupsOf(c, delayed ? 'delayed' : 'failed') : undefined,
  };
};

const quotaNotice: Server = (c) => ({
  from: `Mail Administrator <mailadmin@${c.relay}>`,
  subject: 'Mail System Error - Returned Mail',
  text: `This Message was undeliverable due to the following reason:\n\nThe user(s) account is temporarily over quota.\n\n${c.lost.map((address) => `<${address}>`).join('\n')}\n\nPlease reply to ${c.contact}\nif you feel this message to be in error.\n`,
  action: 'failed',
  returned: c.pick('part', 'headers'),
});

const groupsInRussian: Server = (c) => ({
  from: `Система рассылки <bounce@${c.relay}>`,
  subject: 'Ваше письмо отклонено',
  text: `Уважаемый пользователь!\n\nОтправленное Вами письмо «${c.our.subject}» отклонено сервером получателя.\n\nАдрес получателя: ${c.lost.join(', ')}\nКод ответа: ${c.reason.code} ${c.reason.status} ${c.reason.words}\n\nСправка: ${c.contact}\n`,
  action: 'failed',
  returned: c.pick('part', 'none'),
});

const exchangeInSpanish: Server = (c) => ({
  from: `Microsoft Outlook <postmaster@${c.relay}>`,
  subject: `No se puede entregar: ${c.our.subject}`,
  text: `No se pudo entregar el mensaje a estos destinatarios o grupos:\n\n${c.lost.map((address) => `${address}<mailto:${address}>\nNo se encontró la dirección de correo electrónico. Póngase en contacto con ${c.contact}.`).join('\n\n')}\n`,
  action: 'failed',
  returned: c.pick('part', 'headers'),
  groups: c.chance(40) ? groupsOf(c, 'failed') : undefined,
});

const hosterInRussian: Server = (c) => {
  const delayed = c.chance(40);
  return {
    from: `Mail Delivery System <mailer-daemon@${c.relay}>`,
    subject: delayed ? 'Доставка письма отложена' : 'Невозможно доставить письмо',
    text: delayed
      ? `Сервер ${c.relay} не может сейчас передать ваше письмо:\n\n${c.lost.map((address) => `  ${address}: connection timed out`).join('\n')}\n\nСервер продолжит попытки ещё 2 дня, писать заново не нужно.\n`
      : `Сервер ${c.relay} не смог передать ваше письмо и возвращает его:\n\n${c.lost.map((address) => `  ${address}: ${c.reason.code} ${c.reason.status} ${c.reason.words}`).join('\n')}\n\nПомощь: ${c.contact}\n`,
    action: delayed ? 'delayed' : 'failed',
    returned: c.pick('part', 'text', 'headers'),
    marker: 'Заголовки вашего письма:',
  };
};

const oneLiner: Server = (c) => ({
  from: `MAILER-DAEMON@${c.relay}`,
  subject: 'Returned mail',
  text: `${c.lost.map((address) => `${c.reason.code} ${c.reason.status} <${address}>... ${c.reason.words}`).join('\n')}\n`,
  action: 'failed',
  returned: c.pick('part', 'headers', 'none'),
});

const apple: Server = (c) => ({
  from: `Mail Delivery System <noreply@${c.relay}>`,
  subject: `Your message was not delivered`,
  text: `Hello,\n\nthe message you sent on ${c.date} did not get through.\n\nRecipient(s): ${c.lost.join(', ')}\nServer: ${c.mx}\nResponse: ${c.reason.code} ${c.reason.status} ${c.reason.words}\n\nYou may want to check the address. Write to ${c.contact} for help.\n`,
  action: 'failed',
  returned: c.pick('part', 'headers', 'none'),
});

const filterInGerman: Server = (c) => ({
  from: `Mailgateway <gateway@${c.relay}>`,
  subject: 'Nachricht wurde nicht zugestellt',
  text: `Ihre E-Mail mit dem Betreff "${c.our.subject}" wurde vom Mailgateway abgewiesen und nicht zugestellt.\n\nEmpfänger: ${c.lost.join(', ')}\nGrund: ${c.reason.code} ${c.reason.words}\n\nAnsprechpartner: ${c.contact}\n`,
  action: 'failed',
  returned: c.pick('part', 'none'),
});

export const RELAYS: Readonly<Record<string, Server>> = {
  ecelerity,
  surfControl,
  stmail,
  quotaNotice,
  groupsInRussian,
  exchangeInSpanish,
  hosterInRussian,
  oneLiner,
  apple,
  filterInGerman,
};

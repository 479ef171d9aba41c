// Announcements of filters and relays that stand before somebody's mail server.

import { groupsOf, type Server } from './circumstance.ts';

const barracuda: Server = (c) => ({
  from: `Spam Firewall <postmaster@${c.relay}>`,
  subject: '**Message you sent blocked by our bulk email filter**',
  text: `Your message to: ${c.lost.join(', ')}\nwas blocked by our Spam Firewall. The email you sent with the following subject has NOT BEEN DELIVERED:\n\nSubject: ${c.our.subject}\n`,
  action: 'failed',
  returned: c.pick('headers', 'none'),
  groups: c.chance(60) ? groupsOf(c, 'failed') : undefined,
});

const mimecast: Server = (c) => ({
  from: `Postmaster <postmaster@${c.relay}>`,
  subject: `[Postmaster] Email Delivery Failure`,
  text: `Delivery of your message to the following address has failed:\n\n${c.lost.map((address) => `${address}`).join('\n')}\n\nThe remote mail system said:\n${c.reason.code} ${c.reason.words} - https://community.gateway.example/docs#${c.reason.code}\n\nMessage details\nFrom: ${c.our.address}\nSubject: ${c.our.subject}\n\nQuestions? Write to ${c.contact}.\n`,
  action: 'failed',
  returned: c.pick('headers', 'none'),
  groups: c.chance(50) ? groupsOf(c, 'failed') : undefined,
});

const antivirusGateway: Server = (c) => ({
  from: `Gateway_Filter@${c.relay}`,
  subject: c.pick('Delivery failure notification', 'Undeliverable message', 'Mail delivery failed'),
  text: `Your message with Subject: ${c.our.subject}\ncould not be delivered to the following recipients:\n\n${c.lost.join('\n')}\n\nPlease do not resend your original message.\n`,
  action: 'failed',
  returned: c.pick('part', 'none'),
});

const addressLabel: Server = (c) => ({
  from: `MAILER-DAEMON@${c.relay}`,
  subject: 'Undelivered Mail Returned to Sender',
  text: `${c.lost.map((address) => `Undeliverable Address: ${address}`).join('\n')}\n\nReason: ${c.reason.words}.\n\nSystem Contact: ${c.contact}\n`,
  action: 'failed',
  returned: 'text',
  marker: 'Original message follows:\n',
});

const marshal: Server = (c) => ({
  from: `MailGateway <postmaster@${c.relay}>`,
  subject: 'Undeliverable Mail: "Your message"',
  text: `Your message:\n  From:    ${c.our.address}\n  Subject: ${c.our.subject}\n\nCould not be delivered because of\n\n  ${c.reason.code} ${c.reason.status} ${c.reason.words}\n\nThe following recipients were affected:\n${c.lost.map((address) => `    ${address}`).join('\n')}\n\nAdditional Information\n======================\nContact the administrator at ${c.contact}.\n`,
  action: 'failed',
  returned: c.pick('part', 'headers', 'none'),
});

const corporateInRussian: Server = (c) => {
  const delayed = c.chance(30);
  return {
    from: `Почтовый шлюз <gateway@${c.relay}>`,
    subject: delayed ? 'Задержка доставки сообщения' : c.pick('Сообщение не доставлено', 'Уведомление о недоставке'),
    text: delayed
      ? `Доставка вашего сообщения с темой «${c.our.subject}» задерживается.\n\nПолучатель: ${c.lost.join(', ')}\n\nСервер получателя временно недоступен, попытки доставки будут продолжаться. Повторно отправлять письмо не нужно.\n\nСлужба поддержки: ${c.contact}\n`
      : `Ваше сообщение с темой «${c.our.subject}» не доставлено.\n\n${c.lost.map((address) => `Получатель: ${address}`).join('\n')}\nПричина: ${c.reason.code} ${c.reason.status} ${c.reason.words}\n\nСлужба поддержки: ${c.contact}\n`,
    action: delayed ? 'delayed' : 'failed',
    returned: c.pick('part', 'headers', 'text'),
    marker: c.pick('Исходное сообщение:', 'Заголовки исходного письма:'),
  };
};

export const GATEWAYS: Readonly<Record<string, Server>> = {
  barracuda,
  mimecast,
  antivirusGateway,
  addressLabel,
  marshal,
  corporateInRussian,
};

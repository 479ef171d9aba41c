// Announcements in German, French and Ukrainian, and of servers that hosters and providers run.

import { groupsOf, type Server } from './circumstance.ts';

const ironPort: Server = (c) => {
  const delayed = c.chance(30);
  return {
    from: `Mail Delivery System <MAILER-DAEMON@${c.relay}>`,
    subject: delayed ? 'Delivery Status Notification (Delay)' : 'Undeliverable Message',
    text: delayed
      ? `The following message to <${c.lost.join('>, <')}> has not been delivered yet.\nThe reason for the problem:\n4.1.0 - Unknown address error 421-'try later'\nDelivery will be attempted again for 3 days.\n`
      : `The following message to <${c.lost.join('>, <')}> was undeliverable.\nThe reason for the problem:\n${c.reason.status} - Unknown address error ${c.reason.code}-'${c.reason.words}'\n`,
    action: delayed ? 'delayed' : 'failed',
    returned: c.pick('part', 'headers'),
    groups: c.chance(50) ? groupsOf(c, delayed ? 'delayed' : 'failed') : undefined,
  };
};

const messageLabs: Server = (c) => ({
  from: `"Mail Delivery Agent" <MAILER-DAEMON@${c.relay}>`,
  subject: 'failure notice',
  text: `This is the mail delivery agent at ${c.relay}.\nI was unable to deliver your message to the following addresses:\n\n${c.lost.map((address) => `${address}\n\nReason: ${c.reason.code} ${c.reason.words}`).join('\n\n')}\n\nThe message subject was: ${c.our.subject}\n`,
  action: 'failed',
  returned: c.pick('part', 'headers'),
});

const dragonFly: Server = (c) => ({
  from: c.pick('MAILER-DAEMON <>', `MAILER-DAEMON@${c.relay}`),
  subject: 'Mail delivery failed',
  text: [c.lost.map((address) => `<${address}>`).join(', ')]
    .map(
      (addresses) =>
        `This is the DragonFly Mail Agent v0.13 at ${c.relay}.\n\nThere was an error delivering your mail to ${addresses}.\n\n${c.mx} [${c.ip}] did not like our RCPT TO:\n${c.reason.code} ${c.reason.status} ${c.reason.words}\n`,
    )
    .join('\n'),
  action: 'failed',
  returned: 'text',
  marker: 'Message headers follow.\n',
});

const notesInGerman: Server = (c) => ({
  from: `Postmaster@${c.relay}`,
  subject: `Unzustellbar: ${c.our.subject}`,
  text: `Ihre Nachricht\n\n  Betreff: ${c.our.subject}\n\nwurde nicht zugestellt an:\n\n${c.lost.map((address) => `  ${address}`).join('\n')}\n\nGrund:\n\n  Der Benutzer ist im Verzeichnis nicht aufgeführt\n`,
  action: 'failed',
  returned: c.pick('part', 'none'),
});

const hosterInGerman: Server = (c) => ({
  from: `Mail Delivery Subsystem <noreply@${c.relay}>`,
  subject: 'Ihre E-Mail konnte nicht zugestellt werden',
  text: `Guten Tag,\n\ndie folgenden Empfängeradressen konnten nicht erreicht werden:\n\n${c.lost.map((address) => `* ${address}`).join('\n')}\n\nAntwort des Servers: ${c.reason.code} ${c.reason.status} ${c.reason.words}\n\nBei Fragen: ${c.contact}\n`,
  action: 'failed',
  returned: c.pick('part', 'headers'),
});

const providerInFrench: Server = (c) => ({
  from: `MAILER-DAEMON@${c.relay}`,
  subject: 'Échec de la distribution de votre message',
  text: `Votre message n'a pas été distribué aux destinataires suivants :\n\n${c.lost.map((address) => `  ${address}`).join('\n')}\n\nMotif : ${c.reason.code} ${c.reason.status} ${c.reason.words}\n\nContact : ${c.contact}\n`,
  action: 'failed',
  returned: c.pick('part', 'text'),
  marker: 'Message original :',
});

const providerInUkrainian: Server = (c) => ({
  from: `mailer-daemon@${c.relay}`,
  subject: 'Лист не доставлено',
  text: `Ваш лист не вдалося доставити за адресою: ${c.lost.join(', ')}\n\nПричина: ${c.reason.code} ${c.reason.status} ${c.reason.words}\n\nЗ питаннями звертайтеся: ${c.contact}\n`,
  action: 'failed',
  returned: c.pick('part', 'headers'),
});

const newMailRu: Server = (c) => ({
  from: 'mailer-daemon@corp.mail.ru',
  subject: 'Письмо не доставлено',
  text: `Ваше письмо не доставлено\n\n${c.lost.map((address) => `Мы не смогли доставить письмо на адрес ${address}: такого ящика нет или он переполнен.`).join('\n')}\n\nОтвет почтового сервера получателя:\n${c.reason.code} ${c.reason.status} ${c.reason.words}\n\nПодробности в справке.\n`,
  action: 'failed',
  returned: c.pick('part', 'headers'),
});

const workMailInRussian: Server = (c) => {
  const delayed = c.chance(40);
  return {
    from: `Почтовая служба <postmaster@${c.relay}>`,
    subject: delayed ? 'Доставка письма задерживается' : 'Ошибка при доставке письма',
    text: delayed
      ? `Письмо «${c.our.subject}» всё ещё не доставлено:\n\n${c.lost.map((address) => `• ${address}`).join('\n')}\n\nСервер будет повторять попытки до 6 марта. Отправлять письмо заново не требуется.\n`
      : `Не удалось доставить сообщение «${c.our.subject}»:\n\n${c.lost.map((address) => `• ${address} — ${c.reason.code} ${c.reason.status} ${c.reason.words}`).join('\n')}\n\nАдминистратор: ${c.contact}\n`,
    action: delayed ? 'delayed' : 'failed',
    returned: c.pick('part', 'headers', 'text'),
    marker: 'Текст исходного сообщения:',
    groups: c.chance(30) ? groupsOf(c, delayed ? 'delayed' : 'failed') : undefined,
  };
};

const messagingServer: Server = (c) => ({
  from: `Internet Mail Delivery <postmaster@${c.relay}>`,
  subject: 'Delivery Notification: Delivery has failed',
  text: `This report relates to a message you sent with the following header fields:\n\n  Message-id: <${c.our.id}>\n  Date: ${c.date}\n  From: Support <${c.our.address}>\n  To: ${[...c.lost, ...c.reached].join(', ')}\n  Subject: ${c.our.subject}\n\nYour message cannot be delivered to the following recipients:\n\n${c.lost.map((address) => `  Recipient address: ${address}\n  Reason: Remote SMTP server has rejected address\n  Diagnostic code: smtp;${c.reason.code} ${c.reason.status} ${c.reason.words}\n  Remote system: dns;${c.mx} (TCP|192.0.2.5|25)`).join('\n\n')}\n`,
  action: 'failed',
  returned: c.pick('part', 'headers', 'none'),
  groups: c.chance(60) ? groupsOf(c, 'failed') : undefined,
});

const surgeMail: Server = (c) => ({
  from: `<postmaster@${c.relay}>`,
  subject: 'Undeliverable Email',
  text: `Your message cannot be delivered to the following recipients:\n\n${c.lost.map((address) => `Delivery failed 20 attempts: ${address}`).join('\n')}\n\nLast error: ${c.reason.code} ${c.reason.words}\n`,
  action: 'failed',
  returned: c.pick('part', 'text'),
  marker: 'Your original message:',
});

const haraka: Server = (c) => ({
  from: `MAILER-DAEMON@${c.relay}`,
  subject: `failed mail from <${c.our.address}>`,
  text: `This is the Haraka mailer program at ${c.relay}.\n\nI'm afraid I wasn't able to deliver your message to the following\naddresses. This is a permanent error; I've given up.\nSorry it didn't work out.\n\nIntended Recipients: ${c.lost.map((address) => `<${address}>`).join(', ')}\nFailure Reason: ${c.reason.code} ${c.reason.status} ${c.reason.words}\n`,
  action: 'failed',
  returned: c.pick('part', 'headers'),
  groups: c.chance(50) ? groupsOf(c, 'failed') : undefined,
});

const relayThatGivesUp: Server = (c) => ({
  from: `Mail Relay <relay@${c.relay}>`,
  subject: 'Message could not be delivered',
  text: `We tried for five days to deliver your e-mail, and will not try again.\n\nFor: ${c.lost.join(', ')}\nLast answer of ${c.mx}: 451 4.4.1 No answer from host\n\nQuestions are answered by ${c.contact}.\n`,
  action: 'failed',
  returned: c.pick('part', 'headers'),
});

export const ABROAD: Readonly<Record<string, Server>> = {
  ironPort,
  messageLabs,
  dragonFly,
  notesInGerman,
  hosterInGerman,
  providerInFrench,
  providerInUkrainian,
  newMailRu,
  workMailInRussian,
  messagingServer,
  surgeMail,
  haraka,
  relayThatGivesUp,
};

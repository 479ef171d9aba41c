// Announcements of the mail servers of Windows and of groupware.

import { groupsOf, type Server } from './circumstance.ts';

const SYSTEM = { en: 'System Administrator', ru: 'Системный администратор', de: 'Systemadministrator' };

const exchange2003: Server = (c) => {
  const language = c.pick('en', 'ru', 'de');
  const head = {
    en: `Your message\n\n  To:      ${[...c.lost, ...c.reached].join('; ')}\n  Subject: ${c.our.subject}\n  Sent:    ${c.date}\n\ndid not reach the following recipient(s):\n\n`,
    ru: `Ваше сообщение\n\n  Кому:      ${[...c.lost, ...c.reached].join('; ')}\n  Тема: ${c.our.subject}\n  Отправлено:    ${c.date}\n\nне было доставлено следующим получателям:\n\n`,
    de: `Ihre Nachricht\n\n  An:      ${[...c.lost, ...c.reached].join('; ')}\n  Betreff: ${c.our.subject}\n  Gesendet am:    ${c.date}\n\nhat den/die folgenden Empfänger nicht erreicht:\n\n`,
  }[language];
  const on = { en: 'on', ru: 'в', de: 'am' }[language];
  const why = {
    en: 'The e-mail account does not exist at the organization this message was sent to.',
    ru: 'Учётная запись электронной почты не существует в организации получателя.',
    de: 'Das E-Mail-Konto ist in der Organisation nicht vorhanden.',
  }[language];
  return {
    from: `${SYSTEM[language]} <postmaster@${c.relay}>`,
    subject: { en: 'Undeliverable: ', ru: 'Недоставленное: ', de: 'Unzustellbar: ' }[language] + c.our.subject,
    text: `${head}${c.lost.map((address) => `${address} ${on} ${c.date}\n            ${why}\n            <${c.relay} #${c.reason.status}>`).join('\n')}\n`,
    action: 'failed',
    returned: c.pick('part', 'none'),
  };
};

const exchange: Server = (c) => {
  const language = c.pick('en', 'ru', 'de', 'fr');
  const delayed = c.chance(20);
  const head = delayed
    ? {
        en: 'Delivery is delayed to these recipients or groups:',
        ru: 'Доставка этим получателям или группам задерживается:',
        de: 'Die Zustellung an folgende Empfänger oder Gruppen verzögert sich:',
        fr: 'La remise à ces destinataires ou groupes est retardée :',
      }[language]
    : {
        en: 'Delivery has failed to these recipients or groups:',
        ru: 'Не удалось выполнить доставку следующим получателям или группам:',
        de: 'Fehler bei der Nachrichtenzustellung an folgende Empfänger oder Gruppen:',
        fr: 'Échec de la remise pour ces destinataires ou groupes :',
      }[language];
  const advice = {
    en: `The e-mail address you entered couldn't be found. Please check the recipient's e-mail address and try to resend the message. If the problem continues, please contact your helpdesk at ${c.contact}.`,
    ru: `Введённый адрес электронной почты не найден. Проверьте адрес и попробуйте отправить сообщение ещё раз. Если проблема не исчезнет, обратитесь в службу поддержки: ${c.contact}.`,
    de: `Die eingegebene E-Mail-Adresse wurde nicht gefunden. Wenden Sie sich an ${c.contact}.`,
    fr: `L'adresse de messagerie entrée est introuvable. Contactez ${c.contact}.`,
  }[language];
  const still = {
    en: 'This message has not yet been delivered. Attempts to deliver the message will continue.',
    ru: 'Сообщение пока не доставлено. Попытки доставить его будут продолжаться.',
    de: 'Diese Nachricht wurde noch nicht zugestellt. Die Zustellversuche werden fortgesetzt.',
    fr: "Ce message n'a pas encore été remis. Les tentatives de remise vont continuer.",
  }[language];
  const details = `Diagnostic information for administrators:\n\nGenerating server: ${c.relay}\n\n${c.lost.map((address) => `${address}\n${c.mx} #${c.reason.code} ${c.reason.status} ${c.reason.words} ##`).join('\n')}\n`;
  const name = c.chance(40)
    ? (address: string) => `${address.split('@')[0]} (${address})<mailto:${address}>`
    : (address: string) => `${address}<mailto:${address}>`;
  return {
    from: `Microsoft Outlook <${c.pick('postmaster', 'MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e')}@${c.relay}>`,
    subject:
      (delayed
        ? {
            en: 'Delivery delayed: ',
            ru: 'Доставка отложена: ',
            de: 'Zustellung verzögert: ',
            fr: 'Remise retardée : ',
          }[language]
        : { en: 'Undeliverable: ', ru: 'Не удается доставить: ', de: 'Unzustellbar: ', fr: 'Non remis : ' }[language]) +
      c.our.subject,
    text: `${head}\n\n${c.lost.map((address) => `${name(address)}\n${delayed ? still : advice}`).join('\n\n')}\n\n${delayed ? '' : details}`,
    action: delayed ? 'delayed' : 'failed',
    returned: c.pick('part', 'headers'),
    groups: c.chance(70) ? groupsOf(c, delayed ? 'delayed' : 'failed') : undefined,
  };
};

const windowsSmtp: Server = (c) => {
  const delayed = c.chance(30);
  return {
    from: `postmaster@${c.relay}`,
    subject: delayed ? 'Delivery Status Notification (Delay)' : 'Delivery Status Notification (Failure)',
    text: delayed
      ? `This is an automatically generated Delivery Status Notification.\n\nTHIS IS A WARNING MESSAGE ONLY.\n\nYOU DO NOT NEED TO RESEND YOUR MESSAGE.\n\nDelivery to the following recipients has been delayed.\n\n${c.lost.map((address) => `       ${address}`).join('\n')}\n`
      : `This is an automatically generated Delivery Status Notification.\n\nDelivery to the following recipients failed.\n\n${c.lost.map((address) => `       ${address}`).join('\n')}\n`,
    action: delayed ? 'delayed' : 'failed',
    returned: c.pick('part', 'headers', 'none'),
    groups: c.chance(60) ? groupsOf(c, delayed ? 'delayed' : 'failed') : undefined,
  };
};

const exchangeOnline: Server = (c) => {
  const [first = ''] = c.lost;
  const [local, host] = first.split('@');
  const russian = c.chance(40);
  const many = c.lost.map((address) =>
    russian
      ? `Ваше сообщение не удалось доставить на адрес ${address}.`
      : `Your message to ${address} couldn't be delivered.`,
  );
  const words = russian
    ? `${many.join('\n')}\n\nПользователь ${local} не найден в домене ${host}.\n\nsupport\tOffice 365\t${local}\nТребуется действие\t\tПолучатель\n\nНеизвестный адрес получателя\n\nКак исправить\nПроверьте адрес. Если он верен, попросите администратора (${c.contact}) проверить его.\n\nБыло ли это полезно? Сообщите нам: feedback@office.example\n`
    : `${many.join('\n')}\n\n${local} wasn't found at ${host}.\n\nsupport\tOffice 365\t${local}\nAction Required\t\tRecipient\n\nUnknown To address\n\nHow to Fix It\nThe address may be misspelled or may not exist. Try one or more of the following: send the message again, or contact ${c.contact}.\n\nWas this helpful? Send feedback to feedback@office.example.\n`;
  return {
    from: `Microsoft Outlook <postmaster@${c.relay}>`,
    subject: (russian ? 'Недоставлено: ' : 'Undeliverable: ') + c.our.subject,
    text: `${words}\nOriginal Message Details\nCreated Date:\t${c.date}\nSender Address:\t${c.our.address}\nRecipient Address:\t${first}\nSubject:\t${c.our.subject}\n\nError Details\nReported error:\t${c.reason.code} ${c.reason.status} ${c.reason.words}\n`,
    action: 'failed',
    returned: c.pick('part', 'headers', 'none'),
    groups: c.chance(60) ? groupsOf(c, 'failed') : undefined,
  };
};

const domino: Server = (c) => ({
  from: c.pick(`Postmaster@${c.relay}`, `Mail Router <MailRouter@${c.relay}>`),
  subject: `DELIVERY FAILURE: User ${c.lost[0]?.split('@')[0]} (${c.lost[0]}) not listed in Domino Directory`,
  text: `Your message\n\n  Subject: ${c.our.subject}\n\nwas not delivered to:\n\n${c.lost.map((address) => `  ${address}`).join('\n')}\n\nbecause:\n\n  User ${c.lost[0]?.split('@')[0]} (${c.lost[0]}) not listed in Domino Directory\n\n`,
  action: 'failed',
  returned: c.pick('part', 'headers'),
  groups: c.chance(60) ? groupsOf(c, 'failed') : undefined,
});

const imail: Server = (c) => ({
  from: `Mail Administrator <postmaster@${c.relay}>`,
  subject: c.pick('Undeliverable Mail', 'undeliverable mail'),
  text: `${c.lost.map((address) => c.pick(`User mailbox exceeds allowed size: ${address}`, `Unknown user: ${address}`, `undeliverable to ${address}`)).join('\n')}\n`,
  action: 'failed',
  returned: 'text',
  marker: 'Original message follows.\n',
});

const mdaemon: Server = (c) => {
  const delayed = c.chance(30);
  return {
    from: `MDaemon at ${c.relay} <MDaemon@${c.relay}>`,
    subject: delayed
      ? 'Warning: Delivery Delayed'
      : c.pick('Permanent Delivery Failure', 'MDaemon Notification -- Permanent Delivery Failure'),
    text: delayed
      ? `The attached message is still in the retry queue of ${c.relay} after 60 minutes.\nMDaemon will keep trying for 5 days.\n\n${c.lost.map((address) => `Waiting for: ${address}`).join('\n')}\n`
      : `The attached message had PERMANENT fatal delivery errors!\n\nAfter one or more unsuccessful delivery attempts the attached message has\nbeen removed from the mail queue on this server.\n\nYOUR MESSAGE WAS NOT DELIVERED TO ONE OR MORE RECIPIENTS!\n\n${c.lost.map((address) => `Failed address: ${address}`).join('\n')}\n\n--- Session Transcript ---\n --> MAIL FROM:<support@desk.example> SIZE=3512\n <-- 250 OK\n --> RCPT TO:<${c.lost[0]}>\n <-- ${c.reason.code} ${c.reason.status} ${c.reason.words}\n --> QUIT\n--- End Transcript ---\n`,
    action: delayed ? 'delayed' : 'failed',
    returned: c.pick('part', 'headers', 'none'),
    groups: c.chance(50) ? groupsOf(c, delayed ? 'delayed' : 'failed') : undefined,
  };
};

const kerio: Server = (c) => ({
  from: `Mail Delivery System <postmaster@${c.relay}>`,
  subject: c.pick('Undeliverable mail', `Undeliverable: ${c.our.subject}`),
  text: `Your message\n\n  To:      ${c.lost.join(', ')}\n  Subject: ${c.our.subject}\n  Date:    ${c.date}\n\ncould not be delivered to the following recipient(s):\n\n${c.lost.map((address) => `<${address}>\n  ${c.mx}: ${c.reason.code} ${c.reason.status} ${c.reason.words}`).join('\n')}\n\nPlease contact ${c.contact} if you need help.\n`,
  action: 'failed',
  returned: c.pick('part', 'headers'),
  groups: c.chance(50) ? groupsOf(c, 'failed') : undefined,
});

const hMailServer: Server = (c) => ({
  from: `mailer-daemon@${c.relay}`,
  subject: `Message undeliverable: ${c.our.subject}`,
  text: `Your message did not reach some or all of the intended recipients.\n\n   Sent: ${c.date}\n   Subject: ${c.our.subject}\n\nThe following recipient(s) could not be reached:\n\n${c.lost.map((address) => `${address}\n   Error Type: SMTP\n   Remote server (${c.ip}) issued an error.\n   hMailServer sent: RCPT TO:<${address}>\n   Remote server replied: ${c.reason.code} ${c.reason.status} ${c.reason.words}`).join('\n\n')}\n\nhMailServer\n`,
  action: 'failed',
  returned: 'none',
});

export const WINDOWS: Readonly<Record<string, Server>> = {
  exchange2003,
  exchange,
  windowsSmtp,
  exchangeOnline,
  domino,
  imail,
  mdaemon,
  kerio,
  hMailServer,
};

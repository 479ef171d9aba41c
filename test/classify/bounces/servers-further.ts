// Announcements of servers that are rarer: groupware, small mailers, services that send for others.

import { groupsOf, type Server } from './circumstance.ts';

const james: Server = (c) => ({
  from: `postmaster@${c.relay}`,
  subject: `Re: ${c.our.subject}`,
  text: `Hi. This is the James mail server at ${c.relay}.\nI'm afraid I wasn't able to deliver your message to the following addresses.\nThis is a permanent error; I've given up. Sorry it didn't work out. Below\nI include the list of recipients and the reason why I was unable to deliver\nyour message.\n\nFailed recipient(s):\n${c.lost.join('\n')}\n\nError message:\n${c.reason.code} ${c.reason.status} ${c.reason.words}\n`,
  action: 'failed',
  returned: c.pick('part', 'none'),
  groups: c.chance(40) ? groupsOf(c, 'failed') : undefined,
});

const groupWise: Server = (c) => ({
  from: `<Mailer-Daemon@${c.relay}>`,
  subject: 'Message status - undeliverable',
  text: `The attached file had the following undeliverable recipient(s):\n${c.lost.map((address) => `${address}\n   Transcript of session follows:\n   Command: RCPT TO:<${address}>\n   Response: ${c.reason.code} ${c.reason.words}`).join('\n')}\n`,
  action: 'failed',
  returned: c.pick('part', 'headers'),
});

const xmail: Server = (c) => ({
  from: `root@${c.relay}`,
  subject: `Error sending message [1700000000.1.${c.relay}] from [${c.relay}]`,
  text: `[<00>] XMail bounce: Rcpt=[${c.lost[0]}];Error=[${c.reason.code} ${c.reason.status} ${c.reason.words}]\n\n\n[<01>] Error sending message [1700000000.1.${c.relay}] from [${c.relay}].\n\nID:        <S1A2B3>\nMail From: <${c.our.address}>\n${c.lost.map((address) => `Rcpt To:   <${address}>`).join('\n')}\nServer:    <${c.mx}> [${c.ip}]\n\n\n[<02>] The reason of the delivery failure was:\n\n${c.reason.code} ${c.reason.status} ${c.reason.words}\n\n\n`,
  action: 'failed',
  returned: 'text',
  marker: '[<05>] Here is listed the initial part of the message:\n',
});

const stalwart: Server = (c) => {
  const delayed = c.chance(40);
  return {
    from: `Mail Delivery Subsystem <MAILER-DAEMON@${c.relay}>`,
    subject: delayed ? 'Warning: Delay in message delivery' : 'Failed to deliver message',
    text: delayed
      ? `There was a temporary problem delivering your message to the following recipients:\n\n${c.lost.map((address) => `<${address}> (connection to '${c.mx}' failed: timed out)`).join('\n')}\n\nDelivery will be attempted again until Fri, 06 Mar 2026.\n`
      : `Your message could not be delivered to the following recipients:\n\n${c.lost.map((address) => `<${address}> (host '${c.mx}' rejected command 'RCPT TO:<${address}>' with code ${c.reason.code} (${c.reason.status}) '${c.reason.words}')`).join('\n')}\n`,
    action: delayed ? 'delayed' : 'failed',
    returned: c.pick('headers', 'part'),
    groups: c.chance(50) ? groupsOf(c, delayed ? 'delayed' : 'failed') : undefined,
  };
};

const iceWarp: Server = (c) => ({
  from: `postmaster@${c.relay}`,
  subject: `Undeliverable: ${c.our.subject}`,
  text: `Dear user,\n\nyour message to the following recipient${c.lost.length > 1 ? 's' : ''} was not delivered:\n\n${c.lost.map((address) => `    ${address}`).join('\n')}\n\nThe server ${c.mx} said:\n\n    ${c.reason.code} ${c.reason.words}\n\nFor help write to ${c.contact}.\n`,
  action: 'failed',
  returned: c.pick('part', 'none'),
});

const proofpoint: Server = (c) => ({
  from: `Mail Delivery System <postmaster@${c.relay}>`,
  subject: 'Email Delivery Failure',
  text: `The email you sent to ${c.lost.join(', ')} could not be delivered.\n\nReason: ${c.reason.code} ${c.reason.status} ${c.reason.words}\n\nIf you believe this is a mistake, ask ${c.contact} or resend to helpline@filter.example.\n`,
  action: 'failed',
  returned: c.pick('headers', 'none'),
  groups: c.chance(40) ? groupsOf(c, 'failed') : undefined,
});

const orange: Server = (c) => ({
  from: `MAILER-DAEMON@orange.example`,
  subject: c.pick('Échec de la remise', 'Undelivered Mail Returned to Sender'),
  text: `Bonjour,\n\nvotre message n'a pas pu être remis aux destinataires suivants :\n\n${c.lost.map((address) => `<${address}>: ${c.reason.code} ${c.reason.status} ${c.reason.words}`).join('\n')}\n\nPour toute question : ${c.contact}\n`,
  action: 'failed',
  returned: c.pick('part', 'headers'),
  groups: c.chance(40) ? groupsOf(c, 'failed') : undefined,
});

const proton: Server = (c) => {
  const delayed = c.chance(30);
  return {
    from: `Mail Delivery System <MAILER-DAEMON@mail.proton.example>`,
    subject: delayed ? 'Your email is delayed' : 'Your email could not be delivered',
    text: delayed
      ? `The email you sent has not reached its recipients yet:\n\n${c.lost.join('\n')}\n\nWe will keep trying to deliver it for 4 days; there is no need to send it again.\n`
      : `Sorry, the email that you sent could not be delivered to:\n\n${c.lost.join('\n')}\n\nThe receiving server answered: ${c.reason.code} ${c.reason.status} ${c.reason.words}\n`,
    action: delayed ? 'delayed' : 'failed',
    returned: c.pick('part', 'headers'),
    groups: c.chance(40) ? groupsOf(c, delayed ? 'delayed' : 'failed') : undefined,
  };
};

const mailgun: Server = (c) => ({
  from: `Mailgun <postmaster@mg.service.example>`,
  subject: 'Undelivered mail',
  text: `We were not able to deliver your message.\n\nRecipient: ${c.lost.join(', ')}\nCode: ${c.reason.code}\nDescription: ${c.reason.status} ${c.reason.words}\n`,
  action: 'failed',
  returned: c.pick('part', 'headers'),
  groups: c.chance(40) ? groupsOf(c, 'failed') : undefined,
});

const providerInRussian: Server = (c) => {
  const delayed = c.chance(40);
  return {
    from: `Служба доставки почты <noreply@${c.relay}>`,
    subject: delayed ? 'Письмо ожидает доставки' : 'Не удалось доставить письмо',
    text: delayed
      ? `Здравствуйте!\n\nМы пока не смогли доставить ваше письмо «${c.our.subject}» на адрес ${c.lost.join(', ')}.\n\nМы продолжим попытки в течение двух суток и сообщим о результате.\n\nС уважением, служба поддержки, ${c.contact}\n`
      : `Здравствуйте!\n\nВаше письмо «${c.our.subject}» не удалось доставить на адрес ${c.lost.join(', ')}.\n\nОтвет сервера: ${c.reason.code} ${c.reason.status} ${c.reason.words}\n\nС уважением, служба поддержки, ${c.contact}\n`,
    action: delayed ? 'delayed' : 'failed',
    returned: c.pick('part', 'headers', 'text'),
    marker: '-------- Исходное письмо --------',
  };
};

export const FURTHER: Readonly<Record<string, Server>> = {
  james,
  groupWise,
  xmail,
  stalwart,
  iceWarp,
  proofpoint,
  orange,
  proton,
  mailgun,
  providerInRussian,
};

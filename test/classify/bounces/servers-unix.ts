// Announcements of the mail servers of Unix, each in the wording its users know.

import { groupsOf, type Server } from './circumstance.ts';

const daemon = (relay: string) => `Mail Delivery System <MAILER-DAEMON@${relay}>`;

const postfix: Server = (c) => {
  const delayed = c.chance(25);
  const forwarded = !delayed && c.chance(30);
  const said = `${c.reason.code} ${c.reason.status} <%>: Recipient address rejected: ${c.reason.words}`;
  const items = c.lost.map((address) => {
    const final = forwarded ? c.forwardsTo(address) : address;
    const from = forwarded ? ` (expanded from <${address}>)` : '';
    return delayed
      ? `<${final}>: connect to ${c.mx}[${c.ip}]:25: Connection timed out`
      : `<${final}>${from}: host ${c.mx}[${c.ip}] said:\n    ${said.replace('%', final)} (in reply to RCPT TO\n    command)`;
  });
  const groups = c.lost.map((address) => {
    const final = forwarded ? c.forwardsTo(address) : address;
    const action = delayed ? 'delayed' : 'failed';
    return `Final-Recipient: rfc822; ${final}\nOriginal-Recipient: rfc822;${address}\nAction: ${action}\nStatus: ${delayed ? '4.4.1' : c.reason.status}\nDiagnostic-Code: smtp; ${said.replace('%', final)}`;
  });
  const warning =
    '####################################################################\n# THIS IS A WARNING ONLY.  YOU DO NOT NEED TO RESEND YOUR MESSAGE. #\n####################################################################\n\n' +
    `Your message could not be delivered for more than ${c.random(9) + 1} hour(s).\nIt will be retried until it is 5 day(s) old.\n`;
  const failure =
    "I'm sorry to have to inform you that your message could not\nbe delivered to one or more recipients. It's attached below.\n";
  return {
    from: daemon(c.relay),
    subject: delayed ? 'Delayed Mail (still being retried)' : 'Undelivered Mail Returned to Sender',
    text: `This is the mail system at host ${c.relay}.\n\n${delayed ? warning : failure}\nFor further assistance, please send mail to ${c.pick('postmaster', c.contact)}.\n\nIf you do so, please include this problem report. You can\ndelete your own text from the attached returned message.\n\n                   The mail system\n\n${items.join('\n\n')}\n`,
    action: delayed ? 'delayed' : 'failed',
    returned: delayed ? 'headers' : c.pick('part', 'headers'),
    groups,
  };
};

const exim: Server = (c) => {
  const delayed = c.chance(25);
  const forwarded = c.chance(25);
  const items = c.lost.map((address) => {
    const from = forwarded ? `\n    (${c.pick('generated', 'ultimately generated')} from ${address})` : '';
    const why = delayed
      ? '    Delay reason: host lookup did not complete'
      : `    host ${c.mx} [${c.ip}]\n    SMTP error from remote mail server after RCPT TO:<${address}>:\n    ${c.reason.code} ${c.reason.status} ${c.reason.words}`;
    return `  ${forwarded ? c.forwardsTo(address) : address}${from}\n${why}`;
  });
  const failure = `This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of its\nrecipients. This is a permanent error. The following address(es) failed:\n\n${items.join('\n')}\n`;
  const warning = `This message was created automatically by mail delivery software.\nA message that you sent has not yet been delivered to one or more of its\nrecipients after more than 24 hours on the queue on ${c.relay}.\n\nThe message identifier is:     1abCDe-0001Xy-2z\nThe subject of the message is: ${c.our.subject}\n\nThe address to which the message has not yet been delivered is:\n\n${items.join('\n')}\n\nNo action is required on your part. Delivery attempts will continue for\nsome time, and this warning may be repeated at intervals if the message\nremains undelivered.\n`;
  return {
    from: `Mail Delivery System <Mailer-Daemon@${c.relay}>`,
    subject: delayed
      ? 'Warning: message 1abCDe-0001Xy-2z delayed 24 hours'
      : 'Mail delivery failed: returning message to sender',
    text: delayed ? warning : failure,
    action: delayed ? 'delayed' : 'failed',
    returned: delayed ? 'none' : 'text',
    marker: c.pick(
      '------ This is a copy of the message, including all the headers. ------',
      "------ This is a copy of the message's header. ------",
    ),
    headers: forwarded || delayed ? [] : [`X-Failed-Recipients: ${c.lost.join(', ')}`],
  };
};

const sendmail: Server = (c) => {
  const delayed = c.chance(25);
  const forwarded = !delayed && c.chance(20);
  const final = (address: string) => (forwarded ? c.forwardsTo(address) : address);
  const head = `The original message was received at ${c.date}\nfrom ${c.mx} [${c.ip}]\n\n`;
  const failed = c.lost
    .map(
      (address) =>
        `<${final(address)}>\n    (reason: ${c.reason.code} ${c.reason.status} <${final(address)}>... ${c.reason.words})${forwarded ? `\n    (expanded from: <${address}>)` : ''}`,
    )
    .join('\n');
  const dialogue = c.lost
    .map((address) =>
      delayed
        ? `<${address}>... Deferred: Connection timed out with ${c.mx}.`
        : `>>> RCPT To:<${final(address)}>\n<<< ${c.reason.code} ${c.reason.status} <${final(address)}>... ${c.reason.words}\n${c.reason.code} ${c.reason.status} <${final(address)}>... ${c.reason.words}`,
    )
    .join('\n');
  return {
    from: `Mail Delivery Subsystem <MAILER-DAEMON@${c.relay}>`,
    subject: delayed ? 'Warning: could not send message for past 4 hours' : `Returned mail: see transcript for details`,
    text: delayed
      ? `    **********************************************\n    **      THIS IS A WARNING MESSAGE ONLY      **\n    **  YOU DO NOT NEED TO RESEND YOUR MESSAGE  **\n    **********************************************\n\n${head}   ----- Transcript of session follows -----\n${dialogue}\nWarning: message still undelivered after 4 hours\nWill keep trying until message is 5 days old\n`
      : `${head}   ----- The following addresses had permanent fatal errors -----\n${failed}\n\n   ----- Transcript of session follows -----\n... while talking to ${c.mx}.:\n${dialogue}\n`,
    action: delayed ? 'delayed' : 'failed',
    returned: c.pick('part', 'headers', 'text'),
    marker: '   ----- Original message follows -----',
    groups: forwarded || c.chance(30) ? undefined : groupsOf(c, delayed ? 'delayed' : 'failed'),
  };
};

const qmail: Server = (c) => ({
  from: `MAILER-DAEMON@${c.relay}`,
  subject: 'failure notice',
  text: `Hi. This is the qmail-send program at ${c.relay}.\nI'm afraid I wasn't able to deliver your message to the following addresses.\nThis is a permanent error; I've given up. Sorry it didn't work out.\n\n${c.lost.map((address) => `<${address}>:\n${c.ip} does not like recipient.\nRemote host said: ${c.reason.code} ${c.reason.status} ${c.reason.words}, write to ${c.contact}\nGiving up on ${c.ip}.`).join('\n\n')}\n`,
  action: 'failed',
  returned: 'text',
  marker: '--- Below this line is a copy of the message.\n\nReturn-Path: <support@desk.example>',
});

const courier: Server = (c) => {
  const delayed = c.chance(30);
  const bar = '-'.repeat(75);
  return {
    from: `"Courier mail server at ${c.relay}" <@>`,
    subject: delayed ? 'WARNING: Delayed Mail' : 'NOTICE: mail delivery status.',
    text: `This is a delivery status notification from ${c.relay},\nrunning the Courier mail server, version 0.73.\n\nThe original message was received on ${c.date}\nfrom ${c.mx} (${c.mx} [${c.ip}])\n\n${bar}\n\n                           ${delayed ? 'DELAYED MAIL' : 'UNDELIVERABLE MAIL'}\n\nYour message to the following recipients ${delayed ? 'has not been delivered yet:' : 'cannot be delivered:'}\n\n${c.lost.map((address) => `<${address}>:\n     ${c.mx} [${c.ip}]:\n${delayed ? '<<< 451 try again later' : `>>> RCPT TO:<${address}>\n<<< ${c.reason.code} ${c.reason.words}`}`).join('\n\n')}\n\n${delayed ? 'The mail system will continue trying to deliver your message.\n' : ''}${bar}\n`,
    action: delayed ? 'delayed' : 'failed',
    returned: 'part',
    groups: groupsOf(c, delayed ? 'delayed' : 'failed'),
  };
};

const openSmtpd: Server = (c) => {
  const delayed = c.chance(30);
  const said = delayed
    ? '    A message is delayed for more than 4 hours for the following\n    list of recipients:'
    : '    An error has occurred while attempting to deliver a message for\n    the following list of recipients:';
  return {
    from: `Mailer Daemon <MAILER-DAEMON@${c.relay}>`,
    subject: delayed ? 'Delivery status notification: delayed' : 'Delivery status notification: error',
    text: `    Hi!\n\n    This is the MAILER-DAEMON, please DO NOT REPLY to this email.\n\n${said}\n\n${c.lost.map((address) => `${address}: ${delayed ? '451 Temporary failure' : `${c.reason.code} ${c.reason.status} ${c.reason.words}`}`).join('\n')}\n\n    Below is a copy of the original message:\n`,
    action: delayed ? 'delayed' : 'failed',
    returned: c.pick('part', 'headers'),
    groups: c.chance(70) ? groupsOf(c, delayed ? 'delayed' : 'failed') : undefined,
  };
};

const smail: Server = (c) => ({
  from: `<MAILER-DAEMON@${c.relay}>`,
  subject: 'mail failed, returning to sender',
  text: `|------------------------- Message log follows: -------------------------|\n no valid recipients were found for this message\n|------------------------- Failed addresses follow: ---------------------|\n${c.lost.map((address) => ` <${address}> ... unknown user`).join('\n')}\n`,
  action: 'failed',
  returned: 'text',
  marker: '|------------------------- Message text follows: ------------------------|',
});

const communigate: Server = (c) => {
  const delayed = c.chance(30);
  const host = c.lost[0]?.split('@')[1];
  return {
    from: `Mail Delivery System <MAILER-DAEMON@${c.relay}>`,
    subject: delayed ? 'Message delivery delayed' : 'Undeliverable mail',
    text: c.lost
      .map((address) =>
        delayed
          ? `Message delivery to '${address}' delayed\nSMTP module(domain ${host}) reports:\n ${c.mx}: connection timed out\n`
          : `Failed to deliver to '${address}'\nSMTP module(domain ${host}) reports:\n host ${c.mx} says:\n ${c.reason.code} ${c.reason.status} ${c.reason.words}\n`,
      )
      .join('\n'),
    action: delayed ? 'delayed' : 'failed',
    returned: c.pick('part', 'headers'),
    groups: c.chance(60) ? groupsOf(c, delayed ? 'delayed' : 'failed') : undefined,
  };
};

const hosterInRussian: Server = (c) => {
  const delayed = c.chance(30);
  const items = c.lost
    .map(
      (address) =>
        `  ${address}\n    ${delayed ? '451 4.7.1 повторите позже' : `${c.reason.code} ${c.reason.status} ${c.reason.words}`}`,
    )
    .join('\n');
  return {
    from: `Почтовая система <MAILER-DAEMON@${c.relay}>`,
    subject: delayed ? 'Предупреждение: письмо пока не доставлено' : 'Письмо не доставлено: возвращаем отправителю',
    text: delayed
      ? `Это письмо создано почтовым сервером ${c.relay} автоматически.\n\nВаше письмо до сих пор не доставлено следующим получателям:\n\n${items}\n\nОт Вас ничего не требуется: попытки доставки будут продолжаться ещё 3 дня.\nПо вопросам: ${c.contact}\n`
      : `Это письмо создано почтовым сервером ${c.relay} автоматически.\n\nОтправленное Вами письмо не удалось доставить одному или нескольким получателям.\nЭто постоянная ошибка. Не доставлено на адреса:\n\n${items}\n\nПо вопросам пишите на ${c.contact}\n`,
    action: delayed ? 'delayed' : 'failed',
    returned: c.pick('part', 'text', 'none'),
    marker: c.pick(
      '------ Это копия исходного письма. ------',
      '--- Исходное письмо ---',
      '------ Копия письма с заголовками ------',
    ),
  };
};

const astraInRussian: Server = (c) => ({
  from: `Система доставки почты <postmaster@${c.relay}>`,
  subject: 'Недоставленное письмо возвращено отправителю',
  text: `Это почтовая система узла ${c.relay}.\n\nС сожалением сообщаем, что Ваше сообщение не может быть доставлено\nодному или нескольким получателям. Оно приложено ниже.\n\nЗа помощью обращайтесь к <${c.contact}>.\n\n                   Почтовая система\n\n${c.lost.map((address) => `<${address}>: узел ${c.mx}[${c.ip}] ответил: ${c.reason.code} ${c.reason.status}\n    <${address}>: ${c.reason.words} (в ответ на команду RCPT TO)`).join('\n')}\n`,
  action: 'failed',
  returned: c.pick('part', 'headers'),
  groups: c.chance(60) ? groupsOf(c, 'failed') : undefined,
});

export const UNIX: Readonly<Record<string, Server>> = {
  postfix,
  exim,
  sendmail,
  qmail,
  courier,
  openSmtpd,
  smail,
  communigate,
  hosterInRussian,
  astraInRussian,
};

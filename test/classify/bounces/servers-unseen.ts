// Announcements that no rule was made for or mended by, kept so on purpose: they show how the rules do on servers that nobody
// here has met. What they miss stays missed until real letters of such a kind have been seen.

import { groupsOf, type Server } from './circumstance.ts';

const axigen: Server = (c) => ({
  from: `Mail Transfer Agent <mta@${c.relay}>`,
  subject: 'Failure notice from the mail transfer agent',
  text: `The mail transfer agent at ${c.relay} reports a failure.\n\nThe following recipients did not accept the message:\n\n${c.lost.map((address) => `  * ${address}: ${c.reason.code} ${c.reason.words}`).join('\n')}\n\nYour administrator is ${c.contact}.\n`,
  action: 'failed',
  returned: c.pick('part', 'headers'),
});

const scalix: Server = (c) => ({
  from: `Postmaster <postmaster@${c.relay}>`,
  subject: `Non-Delivery Report: ${c.our.subject}`,
  text: `${c.lost.map((address) => `Intended recipient: ${address}\nReason: ${c.reason.words} (${c.reason.status})`).join('\n\n')}\n\nHelp desk: ${c.contact}\n`,
  action: 'failed',
  returned: c.pick('part', 'none'),
});

const corporateDelay: Server = (c) => ({
  from: `Mail Gateway <mailgw@${c.relay}>`,
  subject: 'Your e-mail is waiting',
  text: `Your e-mail to ${c.lost.join(' and ')} is waiting in our queue because ${c.mx} does not answer.\n\nWe will try again every hour until Friday. There is nothing for you to do.\n`,
  action: 'delayed',
  returned: c.pick('part', 'headers'),
});

const schoolInRussian: Server = (c) => ({
  from: `Почтовый робот <robot@${c.relay}>`,
  subject: 'Возврат письма',
  text: `Ваше письмо возвращено.\n\nАдресат: ${c.lost.join(', ')}\nПричина возврата: ${c.reason.code} ${c.reason.words}\n\nПо вопросам работы почты: ${c.contact}\n`,
  action: 'failed',
  returned: c.pick('part', 'headers', 'text'),
  marker: 'Возвращаемое письмо:',
});

const ministryInRussian: Server = (c) => ({
  from: `postmaster@${c.relay}`,
  subject: 'Уведомление почтового сервера',
  text: `Доставка сообщения абонентам\n\n${c.lost.map((address) => `    ${address}`).join('\n')}\n\nне выполнена: ${c.reason.words} (${c.reason.code}).\nДежурный администратор ${c.contact}\n`,
  action: 'failed',
  returned: c.pick('part', 'headers'),
});

const modernService: Server = (c) => ({
  from: `Postbox <no-reply@${c.relay}>`,
  subject: 'We couldn’t deliver your email',
  text: `Hi there,\n\nWe couldn’t deliver your email to ${c.lost.join(', ')}.\n\nWhat happened?\nThe other server refused it: ${c.reason.code} ${c.reason.status} ${c.reason.words}\n\nNeed a hand? ${c.contact}\n`,
  action: 'failed',
  returned: c.pick('part', 'headers'),
  groups: c.chance(30) ? groupsOf(c, 'failed') : undefined,
});

const providerInItalian: Server = (c) => ({
  from: `MAILER-DAEMON@${c.relay}`,
  subject: 'Mancato recapito del messaggio',
  text: `Il messaggio non è stato recapitato ai seguenti destinatari:\n\n${c.lost.map((address) => `<${address}>: ${c.reason.code} ${c.reason.words}`).join('\n')}\n\nAssistenza: ${c.contact}\n`,
  action: 'failed',
  returned: c.pick('part', 'headers'),
});

const providerInPolish: Server = (c) => ({
  from: `Mail Delivery System <MAILER-DAEMON@${c.relay}>`,
  subject: 'Niedostarczona wiadomość',
  text: `Twoja wiadomość nie została dostarczona do odbiorcy:\n\n${c.lost.map((address) => `${address}: ${c.reason.code} ${c.reason.status} ${c.reason.words}`).join('\n')}\n\nPomoc: ${c.contact}\n`,
  action: 'failed',
  returned: c.pick('part', 'headers'),
});

export const UNSEEN: Readonly<Record<string, Server>> = {
  axigen,
  scalix,
  corporateDelay,
  schoolInRussian,
  ministryInRussian,
  modernService,
  providerInItalian,
  providerInPolish,
};

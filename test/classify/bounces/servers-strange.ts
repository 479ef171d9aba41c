// More announcements that no rule was made for, beside servers-unseen.ts: filters, small servers and providers abroad.

import { groupsOf, type Server } from './circumstance.ts';

const spamTitan: Server = (c) => ({
  from: `SpamTitan Gateway <gateway@${c.relay}>`,
  subject: 'Mail delivery problem',
  text: `The mail gateway at ${c.relay} could not pass your message on.\n\nAffected recipients\n-------------------\n${c.lost.map((address) => `${address}\n  ${c.mx} said: ${c.reason.code} ${c.reason.status} ${c.reason.words}`).join('\n')}\n\nGateway administrator: ${c.contact}\n`,
  action: 'failed',
  returned: c.pick('part', 'headers'),
});

const ironPortList: Server = (c) => ({
  from: `Mail Delivery System <MAILER-DAEMON@${c.relay}>`,
  subject: 'Delivery Status Notification (Failure)',
  text: `${c.lost.map((address) => `The following message to <${address}> was undeliverable.\nThe reason for the problem:\n5.1.0 - Unknown address error ${c.reason.code}-'${c.reason.status} ${c.reason.words}'`).join('\n\n')}\n`,
  action: 'failed',
  returned: c.pick('part', 'headers'),
  groups: c.chance(60) ? groupsOf(c, 'failed') : undefined,
});

const communigatePro: Server = (c) => ({
  from: `MAILER-DAEMON@${c.relay}`,
  subject: `Undeliverable mail: ${c.our.subject}`,
  text: `${c.lost.map((address) => `Failed to deliver to '${address}'\nSMTP module(domain ${address.slice(address.indexOf('@') + 1)}) reports:\n host ${c.mx} says:\n ${c.reason.code} ${c.reason.status} ${c.reason.words}`).join('\n\n')}\n`,
  action: 'failed',
  returned: c.pick('part', 'headers'),
});

const mdaemonInGerman: Server = (c) => ({
  from: `MDaemon <MDaemon@${c.relay}>`,
  subject: 'WARNUNG: Nachricht konnte nicht zugestellt werden',
  text: `Die beigefügte Nachricht hatte permanente Zustellfehler!\n\nNach erfolglosen Zustellversuchen wurde die Nachricht aus der Warteschlange entfernt.\n\nFehlerhafte Adresse: ${c.lost.join(', ')}\n\n--- Sitzungsprotokoll ---\n <-- ${c.reason.code} ${c.reason.status} ${c.reason.words}\n--- Ende ---\n`,
  action: 'failed',
  returned: c.pick('part', 'headers'),
});

const kerioInCzech: Server = (c) => ({
  from: `Mail Delivery Subsystem <postmaster@${c.relay}>`,
  subject: 'Oznámení o nedoručení zprávy',
  text: `Vaši zprávu se nepodařilo doručit těmto příjemcům:\n\n${c.lost.map((address) => `   ${address}\n    (${c.reason.code} ${c.reason.words})`).join('\n')}\n`,
  action: 'failed',
  returned: c.pick('part', 'headers'),
});

const ovhInFrench: Server = (c) => ({
  from: `Mail Delivery System <MAILER-DAEMON@${c.relay}>`,
  subject: 'Courrier en échec',
  text: `Bonjour,\n\nLe serveur ${c.relay} n’est pas parvenu à remettre votre courriel à :\n\n${c.lost.map((address) => `<${address}>: ${c.reason.code} ${c.reason.words}`).join('\n')}\n\nPour obtenir de l’aide : ${c.contact}\n`,
  action: 'failed',
  returned: c.pick('part', 'headers'),
});

const hetznerInGerman: Server = (c) => ({
  from: `Mail Delivery System <Mailer-Daemon@${c.relay}>`,
  subject: 'Mail delivery failed: returning message to sender',
  text: `Diese Nachricht wurde automatisch vom Mailserver erzeugt.\n\nEine von Ihnen gesendete Nachricht konnte an einen oder mehrere Empfänger nicht ausgeliefert werden. Dies ist ein dauerhafter Fehler. Die folgenden Adressen sind betroffen:\n\n${c.lost.map((address) => `  ${address}\n    ${c.reason.code} ${c.reason.words}`).join('\n')}\n`,
  action: 'failed',
  returned: c.pick('part', 'headers'),
});

const wpInPolish: Server = (c) => ({
  from: `Poczta <postmaster@${c.relay}>`,
  subject: 'Twoja wiadomość wróciła',
  text: `Serwer odbiorcy odrzucił Twoją wiadomość.\n\nOdbiorca: ${c.lost.join(', ')}\nPowód: ${c.reason.code} ${c.reason.words}\n\nPomoc: ${c.contact}\n`,
  action: 'failed',
  returned: c.pick('part', 'headers'),
});

const arubaInItalian: Server = (c) => ({
  from: `Posta <postmaster@${c.relay}>`,
  subject: 'Errore di consegna',
  text: `Si è verificato un errore durante la consegna del messaggio.\n\nDestinatario: ${c.lost.join(', ')}\nErrore: ${c.reason.code} ${c.reason.status} ${c.reason.words}\n\nAssistenza clienti: ${c.contact}\n`,
  action: 'failed',
  returned: c.pick('part', 'headers'),
});

const movistarInSpanish: Server = (c) => ({
  from: `Sistema de correo <MAILER-DAEMON@${c.relay}>`,
  subject: 'Error en la entrega del mensaje',
  text: `Este es un mensaje automático del servidor de correo.\n\nEl mensaje que envió no llegó a su destino:\n\n${c.lost.map((address) => `${address} - ${c.reason.code} ${c.reason.words}`).join('\n')}\n`,
  action: 'failed',
  returned: c.pick('part', 'headers'),
});

const turkTelekom: Server = (c) => ({
  from: `MAILER-DAEMON@${c.relay}`,
  subject: 'İleti ulaştırılamadı',
  text: `Gönderdiğiniz e-posta alıcıya ulaştırılamadı.\n\nAlıcı: ${c.lost.join(', ')}\nSebep: ${c.reason.code} ${c.reason.status} ${c.reason.words}\n`,
  action: 'failed',
  returned: c.pick('part', 'headers'),
});

const ukrNet: Server = (c) => ({
  from: `Пошта <postmaster@${c.relay}>`,
  subject: 'Помилка доставки',
  text: `Цей лист створено автоматично.\n\nНе вдалося передати Ваш лист отримувачам:\n\n${c.lost.map((address) => `  ${address}\n   ${c.reason.code} ${c.reason.words}`).join('\n')}\n\nПідтримка: ${c.contact}\n`,
  action: 'failed',
  returned: c.pick('part', 'headers'),
});

const hosterTicket: Server = (c) => ({
  from: `Почтовый сервер <postmaster@${c.relay}>`,
  subject: `Возврат: ${c.our.subject}`,
  text: `Сервер ${c.mx} отказался принять письмо.\n\nКому: ${c.lost.join(', ')}\nОтвет сервера: ${c.reason.code} ${c.reason.status} ${c.reason.words}\n\nСлужба эксплуатации, ${c.contact}\n`,
  action: 'failed',
  returned: c.pick('part', 'headers'),
});

const delayInRussian: Server = (c) => ({
  from: `Почтовый сервер <postmaster@${c.relay}>`,
  subject: 'Письмо в очереди',
  text: `Ваше письмо для ${c.lost.join(', ')} стоит в очереди: сервер ${c.mx} не отвечает.\n\nОтправка будет повторяться каждые 15 минут в течение 3 суток.\n`,
  action: 'delayed',
  returned: c.pick('part', 'headers'),
});

const zimbraSpanishGoogle: Server = (c) => ({
  from: `Mail Delivery Subsystem <mailer-daemon@${c.relay}>`,
  subject: 'Delivery Status Notification (Failure)',
  text: c.lost
    .map(
      (address) =>
        `Adresse introuvable\n\nVotre message n'est pas parvenu à ${address}, car l'adresse est introuvable ou ne peut pas recevoir de messages.`,
    )
    .join('\n\n')
    .concat(`\n\nRéponse : ${c.reason.code} ${c.reason.status} ${c.reason.words}\n`),
  action: 'failed',
  returned: c.pick('part', 'headers'),
});

export const STRANGE: Readonly<Record<string, Server>> = {
  spamTitan,
  ironPortList,
  communigatePro,
  mdaemonInGerman,
  kerioInCzech,
  ovhInFrench,
  hetznerInGerman,
  wpInPolish,
  arubaInItalian,
  movistarInSpanish,
  turkTelekom,
  ukrNet,
  hosterTicket,
  delayInRussian,
  zimbraSpanishGoogle,
};

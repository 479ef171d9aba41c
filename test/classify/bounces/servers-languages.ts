// How providers and clouds word bounces in the languages of our customers' customers: Italian, Polish, Spanish, French,
// German, Turkish, Ukrainian, Dutch, Czech.

import { type Circumstance, groupsOf, type Server } from './circumstance.ts';

interface Wording {
  readonly from: string;
  readonly subject: string;
  /** Above the addresses; `%` is the first of them where the sentence names it itself. */
  readonly lead: string;
  readonly tail: string;
  readonly inline?: true;
  readonly delayed?: boolean;
}

const item = (c: Circumstance, address: string, delayed: boolean, style: number) =>
  delayed
    ? `<${address}>: connect to ${c.mx}[${c.ip}]:25: Connection timed out`
    : ([
        `<${address}>: ${c.reason.code} ${c.reason.status} ${c.reason.words}`,
        `  ${address}\n    ${c.reason.code} ${c.reason.words}`,
        `${address} (${c.reason.words})`,
      ][style] as string);

const wording =
  ({ from, subject, lead, tail, inline, delayed = false }: Wording): Server =>
  (c) => {
    const answer = `${c.mx}: ${c.reason.code} ${c.reason.status} ${c.reason.words}`;
    const style = c.random(3);
    const text = inline
      ? c.lost.map((address) => lead.replace('%', address)).join('\n') + (delayed ? '' : `\n\n${answer}`)
      : `${lead}\n\n${c.lost.map((address) => item(c, address, delayed, style)).join('\n')}`;
    return {
      from: `${from}@${c.relay}>`,
      subject: subject.replace('%', c.our.subject),
      text: `${text}\n\n${tail.replace('%', c.contact)}\n`,
      action: delayed ? 'delayed' : 'failed',
      returned: c.pick('part', 'headers'),
      groups: c.chance(30) ? groupsOf(c, delayed ? 'delayed' : 'failed') : undefined,
    };
  };

const delayInFrench: Server = (c) => ({
  from: `Mail Delivery System <MAILER-DAEMON@${c.relay}>`,
  subject: 'Courrier retardé',
  text: `Votre message n’a pas encore pu être remis à :\n\n${c.lost.map((address) => `<${address}>: connect to ${c.mx}: Connection refused`).join('\n')}\n\nDe nouvelles tentatives auront lieu pendant 5 jours. Vous n’avez rien à faire.\n`,
  action: 'delayed',
  returned: c.pick('part', 'headers'),
});

export const LANGUAGES: Readonly<Record<string, Server>> = {
  italian: wording({
    from: 'Sistema di posta <postmaster',
    subject: 'Notifica di mancata consegna',
    lead: 'Non è stato possibile consegnare il messaggio ai seguenti indirizzi:',
    tail: 'Per assistenza scrivere a %',
  }),
  italianInline: wording({
    from: 'Mail Delivery Subsystem <mailer-daemon',
    subject: 'Delivery Status Notification (Failure)',
    lead: 'Indirizzo non trovato\n\nIl tuo messaggio non è stato recapitato a % perché l’indirizzo non è stato trovato o non può ricevere messaggi.',
    tail: 'La risposta era quella sopra.',
    inline: true,
  }),
  polish: wording({
    from: 'System pocztowy <MAILER-DAEMON',
    subject: 'Zwrot wiadomości do nadawcy',
    lead: 'Nie udało się dostarczyć wiadomości do następujących odbiorców:',
    tail: 'W razie pytań prosimy o kontakt: %',
  }),
  polishInline: wording({
    from: 'Mail Delivery Subsystem <mailer-daemon',
    subject: 'Delivery Status Notification (Failure)',
    lead: 'Nie znaleziono adresu\n\nWiadomość nie została dostarczona na adres %, ponieważ nie znaleziono takiego adresu lub nie może on odbierać wiadomości.',
    tail: 'Odpowiedź serwera znajduje się powyżej.',
    inline: true,
  }),
  spanish: wording({
    from: 'Correo <postmaster',
    subject: 'Mensaje devuelto',
    lead: 'Su mensaje no se ha podido entregar a los siguientes destinatarios:',
    tail: 'Si necesita ayuda escriba a %',
  }),
  spanishInline: wording({
    from: 'Mail Delivery Subsystem <mailer-daemon',
    subject: 'Delivery Status Notification (Failure)',
    lead: 'No se ha encontrado la dirección\n\nNo se ha entregado tu mensaje a % porque no se ha encontrado la dirección o esta no puede recibir correo.',
    tail: 'La respuesta fue la de arriba.',
    inline: true,
  }),
  french: wording({
    from: 'Service de messagerie <postmaster',
    subject: 'Message non délivré : %',
    lead: 'Votre message n’a pas pu être distribué aux destinataires suivants :',
    tail: 'Assistance : %',
  }),
  german: wording({
    from: 'Mailsystem <postmaster',
    subject: 'Zustellung fehlgeschlagen: %',
    lead: 'Ihre Nachricht konnte den folgenden Empfängern nicht zugestellt werden:',
    tail: 'Bei Fragen wenden Sie sich an %',
  }),
  germanInline: wording({
    from: 'Mail Delivery Subsystem <mailer-daemon',
    subject: 'Delivery Status Notification (Failure)',
    lead: 'Adresse nicht gefunden\n\nIhre Nachricht wurde nicht an % zugestellt, weil die Adresse nicht gefunden wurde oder keine E-Mails empfangen kann.',
    tail: 'Die Antwort des Servers steht oben.',
    inline: true,
  }),
  turkish: wording({
    from: 'Posta Sistemi <postmaster',
    subject: 'Teslim edilemedi: %',
    lead: 'İletiniz aşağıdaki alıcılara teslim edilemedi:',
    tail: 'Yardım için: %',
  }),
  ukrainian: wording({
    from: 'Поштовий сервер <postmaster',
    subject: 'Лист не доставлено',
    lead: 'Ваш лист не може бути доставлений таким адресатам:',
    tail: 'З питань роботи пошти звертайтеся: %',
  }),
  ukrainianInline: wording({
    from: 'Mail Delivery Subsystem <mailer-daemon',
    subject: 'Delivery Status Notification (Failure)',
    lead: 'Адресу не знайдено\n\nВаше повідомлення не доставлено на адресу %, оскільки її не знайдено або вона не може отримувати пошту.',
    tail: 'Відповідь сервера наведено вище.',
    inline: true,
  }),
  dutch: wording({
    from: 'Mailsysteem <postmaster',
    subject: 'Niet bezorgd: %',
    lead: 'Uw bericht kon niet worden bezorgd bij de volgende ontvangers:',
    tail: 'Vragen? Mail naar %',
  }),
  germanDelay: wording({
    from: 'Mailsystem <MAILER-DAEMON',
    subject: 'Verzögerte Zustellung',
    lead: 'Ihre Nachricht konnte den folgenden Empfängern noch nicht zugestellt werden. Die Zustellung wird weiterhin versucht:',
    tail: 'Fragen beantwortet %',
    delayed: true,
  }),
  italianDelay: wording({
    from: 'Sistema di posta <MAILER-DAEMON',
    subject: 'Consegna in ritardo',
    lead: 'Il messaggio non è ancora stato consegnato ai seguenti destinatari. Il server continuerà a tentare la consegna:',
    tail: 'Assistenza: %',
    delayed: true,
  }),
  polishDelay: wording({
    from: 'System pocztowy <MAILER-DAEMON',
    subject: 'Opóźnienie w dostarczeniu wiadomości',
    lead: 'Wiadomość nie została jeszcze dostarczona do odbiorców. Serwer będzie nadal próbował ją dostarczyć:',
    tail: 'Pomoc: %',
    delayed: true,
  }),
  exchangeGerman: wording({
    from: 'Microsoft Outlook <postmaster',
    subject: 'Unzustellbar: %',
    lead: 'Fehler bei der Nachrichtenzustellung an folgende Empfänger oder Gruppen:',
    tail: 'Diagnoseinformationen für Administratoren.',
  }),
  exchangeItalian: wording({
    from: 'Microsoft Outlook <postmaster',
    subject: 'Non recapitabile: %',
    lead: 'Recapito non riuscito per i seguenti destinatari o gruppi:',
    tail: 'Informazioni di diagnostica per gli amministratori.',
  }),
  exchangePolish: wording({
    from: 'Microsoft Outlook <postmaster',
    subject: 'Niedostarczalne: %',
    lead: 'Nie można dostarczyć wiadomości do następujących adresatów lub grup:',
    tail: 'Informacje diagnostyczne dla administratorów.',
  }),
  exchangeTurkish: wording({
    from: 'Microsoft Outlook <postmaster',
    subject: 'Teslim Edilemez: %',
    lead: 'Aşağıdaki alıcılara veya gruplara teslim başarısız oldu:',
    tail: 'Yöneticiler için tanılama bilgileri.',
  }),
  delayInFrench,
};

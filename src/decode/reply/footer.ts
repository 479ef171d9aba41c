// The line that a mailer or a scanner sets under a letter by itself: «Отправлено с iPhone», "Sent from my …".

const LINK = /\s?[<(]https?:\/\/[^\s<>()]{1,300}[>)]/g;
const MOST_CHARS = 90;
/** A person who begins like that goes on: "Sent from my desk, which is easier …". */
const SENTENCE = /[,;!?]|\.\s/;

const FOOTERS: readonly RegExp[] = [
  /^отправлено (?:с|со|из|через) (?:моего |моей |мобильн|устройств|смартфона|телефона|планшета|яндекс|почты (?:mail|для|яндекс|windows)|приложения|[a-z]?[A-Z][a-zA-Z])/i,
  /^надіслано (?:з|із) (?:мого |мобільн|i?[A-Z])/i,
  /^[Ss]ent (?:from|via) (?:my |mobile|[a-z]?[A-Z])/,
  /^(?:get|скачать|скачайте|загрузить|получить|получите|завантажити|отримати) outlook (?:for|для) /i,
  /^(?:von meinem .{1,40} gesendet|gesendet von |envoyé (?:de|depuis) |enviado (?:desde|do) |inviato da |verzonden vanaf |verstuurd vanaf |skickat från |sendt fra |wysłano z )/i,
  /^(?:без вирусов|virus-free|не содержит вирусов)\.?(?:\s?www\.avast|\s?www\.avg|$)/i,
  /^это (?:электронное )?(?:письмо|сообщение) проверено на (?:отсутствие|наличие) вирусов/i,
];

/** True for a line that no person typed under this letter. */
export function isFooter(line: string): boolean {
  const words = line
    .trim()
    .replace(LINK, '')
    .replace(/^[*_]+|[*_.]+$/g, '');
  return (
    words.length > 0 &&
    words.length <= MOST_CHARS &&
    !SENTENCE.test(words) &&
    FOOTERS.some((footer) => footer.test(words))
  );
}

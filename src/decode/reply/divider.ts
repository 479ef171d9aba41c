// The lines with which a mailer says that another letter begins: «-----Исходное сообщение-----» (the earlier one, which is
// history) or «-------- Пересылаемое сообщение --------» (one passed on, which is what the writer wants to show).

import type { Mark } from './mark.ts';

const HISTORY: ReadonlySet<string> = new Set([
  'исходное сообщение',
  'исходное письмо',
  'первоначальное сообщение',
  'оригинальное сообщение',
  'вихідне повідомлення',
  'original message',
  'original appointment',
  'reply message',
  'ursprüngliche nachricht',
  'originalnachricht',
  'original-nachricht',
  'antwort nachricht',
  "message d'origine",
  'message d’origine',
  'message original',
  'mensaje original',
  'mensagem original',
  'messaggio originale',
  'oorspronkelijk bericht',
  'oprindelig meddelelse',
  'opprinnelig melding',
  'originalmeddelande',
  'ursprungligt meddelande',
  'wiadomość oryginalna',
  'oryginalna wiadomość',
  'původní zpráva',
  'alkuperäinen viesti',
  'eredeti üzenet',
  'özgün ileti',
  'orijinal mesaj',
]);
const FORWARDED =
  /пересылаем|пересланн|перенаправленн|переадресованн|переслане|forwarded message|weitergeleitete nachricht|message transféré|mensaje reenviado|mensagem encaminhada|messaggio inoltrato|doorgestuurd bericht|videresendt|vidarebefordrat|przekazana wiadomość/;
const DASHED = /^[\s*_]{0,6}-{2,}\s?([^-].{1,60}?)\s?-{2,}[\s*_]{0,6}$/;
/** Yahoo sets the header fields behind it on the same line. */
const DASHED_BEFORE_FIELDS = /^[\s*_]{0,6}-{2,}\s?([^-].{1,60}?)\s?-{2,}\s{0,3}(?:from|от|de|von)\s?[:：]\s/i;
const APPLE = /^(?:begin forwarded message|начало (?:переадресованного|пересылаемого|пересланного) сообщения):$/;

/** Finds a divider on this line. */
export function dividerAt(lines: readonly string[], at: number): Mark | null {
  const line = (lines[at] ?? '').trim();
  if (line.startsWith('--') && FORWARDED.test(DASHED_BEFORE_FIELDS.exec(line.slice(0, 120))?.[1]?.toLowerCase() ?? ''))
    return { kind: 'forwarded', length: 1 };
  if (line.length > 120 || !(line.includes('--') || line.endsWith(':'))) return null;
  if (APPLE.test(line.toLowerCase())) return { kind: 'forwarded', length: 1 };
  const words = DASHED.exec(line)?.[1]?.trim().toLowerCase();
  if (!words) return null;
  if (HISTORY.has(words)) return { kind: 'history', length: 1 };
  return FORWARDED.test(words) ? { kind: 'forwarded', length: 1 } : null;
}

// A letter that was embedded in winmail.dat, written out again as a letter (RFC 5322, 2046), so that it is one attachment
// that every mail client opens. In: what was found in it. Out: bytes in ASCII; names and texts as UTF-8 inside.

import type { Tnef } from './tnef-content.ts';

const BOUNDARY = '=_embedded_letter_';

/** Composes the letter. Takes cleaned values; an address that is none (Exchange's X.500 names) is left out. */
export function letterOf(letter: Tnef, sender: { readonly name: string; readonly address: string }): Buffer {
  const address = /^[^\s@<>"]+@[^\s@<>"]+$/.test(sender.address) ? `<${sender.address}>` : '<>';
  const bodies = [
    ...(letter.text === null ? [] : [bodyPart('text/plain', letter.text)]),
    ...(letter.html === null ? [] : [bodyPart('text/html', letter.html)]),
  ];
  const parts = [
    ...(bodies.length > 0 ? [multipart('alternative', bodies)] : []),
    ...letter.attachments.map(({ filename, contentType, bytes }) =>
      part(
        `${contentType}`,
        `attachment${filename === null ? '' : `; filename*=utf-8''${percent(filename)}`}`,
        Buffer.from(bytes),
      ),
    ),
  ];
  const head = [
    ...(sender.name || address !== '<>' ? [`From: ${word(sender.name)} ${address}`] : []),
    ...(letter.subject === null ? [] : [`Subject: ${word(letter.subject)}`]),
    'MIME-Version: 1.0',
  ];
  return Buffer.from(`${head.join('\r\n')}\r\n${multipart('mixed', parts)}`, 'latin1');
}

/** One encoded word a 45 bytes of UTF-8 (RFC 2047 §2), never split inside a character. */
function word(text: string): string {
  const words: string[] = [];
  let bytes = Buffer.alloc(0);
  for (const char of text) {
    const next = Buffer.from(char);
    if (bytes.length + next.length > 45) {
      words.push(bytes.toString('base64'));
      bytes = Buffer.alloc(0);
    }
    bytes = Buffer.concat([bytes, next]);
  }
  if (bytes.length > 0) words.push(bytes.toString('base64'));
  return words.map((base64) => `=?utf-8?B?${base64}?=`).join('\r\n ');
}

const percent = (name: string): string =>
  encodeURIComponent(name).replace(/['()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);

const bodyPart = (type: string, text: string): string => part(`${type}; charset=utf-8`, 'inline', Buffer.from(text));

function part(type: string, disposition: string, bytes: Buffer): string {
  const lines = bytes.toString('base64').replace(/.{76}(?=.)/g, '$&\r\n');
  return `Content-Type: ${type}\r\nContent-Disposition: ${disposition}\r\nContent-Transfer-Encoding: base64\r\n\r\n${lines}\r\n`;
}

/** base64 has no `=_`, and header values here no line breaks: the boundary can stand in no part but a nested one's. */
function multipart(kind: string, parts: readonly string[]): string {
  const boundary = `${BOUNDARY}${kind}`;
  const body = parts.map((one) => `--${boundary}\r\n${one}`).join('');
  return `Content-Type: multipart/${kind}; boundary="${boundary}"\r\n\r\n${body}--${boundary}--\r\n`;
}

// How letters are written down: charsets, transfer encodings, encoded words and file names, as correct mailers do it
// (RFC 2045, 2047, 2231).

import iconv from 'iconv-lite';

export type Charset = 'utf-8' | 'windows-1251' | 'koi8-r';
export type TransferEncoding = '8bit' | 'base64' | 'quoted-printable';

export function bytesIn(text: string, charset: Charset): Buffer {
  return iconv.encode(text, charset);
}

export function base64Lines(bytes: Buffer): string {
  return `${bytes.toString('base64').replace(/.{76}(?=.)/g, '$&\r\n')}\r\n`;
}

const hex = (byte: number): string => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`;

/** Lines end in CRLF in the bytes and stay line ends. */
function quotedPrintable(bytes: Buffer): string {
  return bytes
    .toString('latin1')
    .split('\r\n')
    .map((line) => {
      let out = '';
      let column = 0;
      for (const char of line.replace(/[ \t]$/, (blank) => hex(blank.charCodeAt(0)))) {
        const code = char.charCodeAt(0);
        const written = (code > 32 && code < 127 && char !== '=') || char === ' ' || char === '\t' ? char : hex(code);
        if (column + written.length > 75) {
          out += '=\r\n';
          column = 0;
        }
        out += written;
        column += written.length;
      }
      return out;
    })
    .join('\r\n');
}

export function transferEncoded(bytes: Buffer, encoding: TransferEncoding): Buffer {
  if (encoding === 'base64') return Buffer.from(base64Lines(bytes));
  return encoding === 'quoted-printable' ? Buffer.from(quotedPrintable(bytes)) : bytes;
}

/** A value as encoded words of at most 75 characters, no character cut in two. */
export function encodedWords(text: string, charset: Charset): string {
  const words: string[] = [];
  let held = '';
  const word = (part: string): string => `=?${charset}?B?${bytesIn(part, charset).toString('base64')}?=`;
  for (const char of text) {
    if (word(held + char).length > 66) {
      words.push(word(held));
      held = '';
    }
    held += char;
  }
  return [...words, word(held)].join('\r\n ');
}

/** `filename*=…`, one line: names of the load are short. */
export function extendedName(name: string, charset: Charset): string {
  const encoded = Array.from(bytesIn(name, charset), (byte) =>
    /[\w.-]/.test(String.fromCharCode(byte)) ? String.fromCharCode(byte) : `%${hex(byte).slice(1)}`,
  );
  return `filename*=${charset}''${encoded.join('')}`;
}

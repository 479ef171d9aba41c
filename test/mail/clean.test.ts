import { expect, test } from '@jest/globals';
import { cleanLine, cleanText } from '../../src/mail/clean.ts';

test('a subject in Russian, German or English is left as its writer wrote it', () => {
  for (const text of ['Счёт № 5 — «срочно»', 'Grüße, Jürgen…', 'Price: 5 €', '日本語', 'всё 👍 ']) {
    expect(cleanLine(text)).toBe(text.trim());
  }
});

test('a subject cannot forge a header or a line of the log', () => {
  expect(cleanLine('Заказ\r\nBcc: victim@shop.example')).toBe('Заказ Bcc: victim@shop.example');
  expect(cleanLine('a\u0000b\u001b[31mc\u0085d\u2028e')).toBe('a b [31mc d e');
});

test('a file name cannot read backwards or hide letters', () => {
  expect(cleanLine('photo\u202egpj.exe')).toBe('photogpj.exe');
  expect(cleanLine('при\u200bвет\ufeff')).toBe('привет');
  expect(cleanLine('a\u{e0041}b')).toBe('ab');
});

test('half of a surrogate pair becomes a replacement character', () => {
  expect(cleanLine('a\ud83d')).toBe('a\ufffd');
  expect(cleanText('a\ud83d\r\n')).toBe('a\ufffd\n');
});

test('a text keeps its lines whatever its mailer ended them with', () => {
  expect(cleanText('раз\r\nдва\rтри\nчетыре\u2028пять')).toBe('раз\nдва\nтри\nчетыре\nпять');
  expect(cleanText('раз\r\n\r\nдва\tтри')).toBe('раз\n\nдва\tтри');
  expect(cleanText('a\r\r\nb')).toBe('a\n\nb');
});

test('a text loses its other controls and what turns it round', () => {
  expect(cleanText('при\u0007вет\u202e мир\u0000')).toBe('привет мир');
});

import { afterAll, describe, expect, test } from '@jest/globals';
import { FURTHER_TYPES, REGULATION } from '../../src/attachments/policy.ts';
import { zip } from './archives.ts';
import { closeJudge, outcome } from './asking.ts';
import { bytes } from './pictures.ts';

afterAll(closeJudge);

const generous = { ...REGULATION, allow: FURTHER_TYPES };
const pdf = bytes('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\nxref\n0 1\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n');
const types = (main: string) =>
  bytes(
    `<?xml version="1.0"?><Types><Override PartName="/${main}" ContentType="application/vnd.openxmlformats"/></Types>`,
  );
const docx = [
  { name: '[Content_Types].xml', data: types('word/document.xml') },
  { name: '_rels/.rels', data: bytes('<Relationships/>') },
  { name: 'word/document.xml', data: bytes('<w:document/>') },
];
const xlsx = [
  { name: '[Content_Types].xml', data: types('xl/workbook.xml') },
  { name: 'xl/workbook.xml', data: bytes('<workbook/>') },
];
const macro = { name: 'word/vbaProject.bin', data: bytes('\xd0\xcf\x11\xe0') };

describe('a desk that takes documents', () => {
  test.each([
    ['price.pdf', pdf],
    ['notes.txt', Buffer.from('Добрый день')],
    ['app.log', Buffer.from('2026-11-22 ошибка\n', 'utf8')],
    ['export.csv', bytes('a;b\n1;2\n')],
    ['letter.docx', zip(docx)],
    ['table.xlsx', zip(xlsx)],
  ])('accepts %s', async (name, file) => {
    expect(await outcome(name, file, generous)).toBe('accepted');
  });

  test.each([
    ['a document with macros', 'letter.docx', zip([...docx, macro]), 'document-macros'],
    [
      'a document with an embedded program',
      'a.docx',
      zip([...docx, { name: 'word/embeddings/oleObject1.bin' }]),
      'document-macros',
    ],
    ['a program named .txt', 'notes.txt', bytes('MZ', new Uint8Array(100)), 'executable'],
    ['a web page named .txt', 'notes.txt', bytes('<html><script>alert(1)</script></html>'), 'html'],
    ['a PDF cut off', 'price.pdf', pdf.subarray(0, 40), 'truncated'],
    ['a PDF with a program behind it', 'price.pdf', bytes(pdf, 'MZ', new Uint8Array(60)), 'trailing-executable'],
    ['a spreadsheet in a damaged package', 'table.xlsx', bytes(zip(xlsx), 'x'), 'trailing-data'],
  ])('refuses %s', async (_, name, file, reason) => {
    expect(await outcome(name, file, generous)).toBe(reason);
  });
});

describe('a desk that keeps to the regulation', () => {
  test.each([
    ['price.pdf', pdf, 'document'],
    ['letter.docx', zip(docx), 'document'],
    ['letter.docm', zip([...docx, macro]), 'document-macros'],
    ['notes.txt', bytes('hello'), 'type-not-allowed'],
    ['shots.7z', bytes('7z\xbc\xaf\x27\x1c', new Uint8Array(40)), 'archive-format'],
  ])('refuses %s', async (name, file, reason) => {
    expect(await outcome(name, file)).toBe(reason);
  });
});

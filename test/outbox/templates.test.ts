import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { openTemplates } from '../../src/outbox/templates.ts';

const made: string[] = [];
afterAll(() => {
  for (const dir of made) fs.rmSync(dir, { recursive: true, force: true });
});

const VALUES = {
  number: '10429',
  desk: 'ООО «Крепёж» <b>',
  address: 'support@desk.example',
  hours: 'всегда',
  site: null,
  accepted: [],
  refused: [],
  matter: null,
  missing: [],
  notices: [],
  level: 'поддержка',
  due: '21 ноября 2026 г., 11:30',
};
const FORMS = ['acknowledgement-full', 'acknowledgement-brief', 'acknowledgement-oversize'];

test.each(FORMS.flatMap((form) => [[form, 'ru'] as const, [form, 'en'] as const]))(
  '%s in %s carries the number in subject, text and HTML',
  (form, language) => {
    const letter = openTemplates(undefined).render(form, language, VALUES);
    expect(letter.subject.match(/\[#10429\]/g)).toHaveLength(1);
    expect(letter.text).toContain('10429');
    expect(letter.html).toContain('10429');
    expect(/\p{Script=Cyrillic}/u.test(letter.subject)).toBe(language === 'ru');
  },
);

test.each(FORMS.flatMap((form) => [[form, 'ru'] as const, [form, 'en'] as const]))(
  '%s in %s fits a telephone, however long the name of a file is that holds no space',
  (form, language) => {
    const { html } = openTemplates(undefined).render(form, language, VALUES);
    expect(html).toContain('<meta name="viewport" content="width=device-width, initial-scale=1">');
    // Some mail clients know the one word for breaking inside a name, some the other; Outlook needs the fixed table.
    expect(html).toMatch(/max-width:560px;table-layout:fixed;overflow-wrap:anywhere;word-break:break-word/);
  },
);

test('what is text is not escaped, what is HTML is', () => {
  const letter = openTemplates(undefined).render('acknowledgement-full', 'ru', VALUES);
  expect(letter.text).toContain('<b>');
  expect(letter.html).toContain('&lt;b&gt;');
  expect(letter.html).not.toContain('<b>');
});

function deskTemplate(name: string, content: string): string {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'kvitok-templates-'));
  made.push(dir);
  fs.mkdirSync(path.join(dir, 'ru'));
  fs.writeFileSync(path.join(dir, 'ru', name), content);
  return dir;
}

test("a desk's own template goes before ours, and what it leaves out comes from ours", () => {
  const dir = deskTemplate('acknowledgement-full.txt', 'Subject: Заявка {{ number }}\n\nПринято.\n');
  const letter = openTemplates(dir).render('acknowledgement-full', 'ru', VALUES);
  expect(letter).toMatchObject({ subject: 'Заявка 10429', text: 'Принято.\n' });
  expect(letter.html).toContain('10429');
});

test.each([
  ['without a subject line', 'Принято.\n', /must begin with a line "Subject/],
  ['with a name that is not there', 'Subject: x\n\n{{ secret }}\n', /secret/],
  ['that reads a file', 'Subject: x\n\n{% include "/etc/passwd" %}\n', /./],
  ['that never ends', 'Subject: x\n\n{% for i in (1..100000000) %}x{% endfor %}\n', /limit/],
])('a template %s fails instead of being sent', (_what, content, error) => {
  const dir = deskTemplate('acknowledgement-full.txt', content);
  expect(() => openTemplates(dir).render('acknowledgement-full', 'ru', VALUES)).toThrow(error);
});

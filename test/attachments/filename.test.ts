import { describe, expect, test } from '@jest/globals';
import { safeName, shownName } from '../../src/attachments/filename.ts';

describe('the name an operator sees', () => {
  test.each([
    ['photo.jpeg', 'jpg', 'photo.jpeg'],
    ['photo.png', 'jpg', 'photo.jpg'],
    ['photo', 'png', 'photo.png'],
    ['photo.jpg.exe', 'jpg', 'photo.jpg.exe.jpg'],
    ['archive', 'zip', 'archive.zip'],
    ['notes.txt', null, 'notes.txt'],
    ['a\u0000b\r\n.png', 'png', 'a b .png'],
    ['gpj\u202egnp.exe', null, 'gpjgnp.exe'],
    [null, 'png', 'attachment-1.3.png'],
    ['', null, 'attachment-1.3'],
  ])('of %j with content %j is %j', (declared, type, shown) => {
    expect(shownName(declared, type, '1.3')).toBe(shown);
  });

  test('of 300 letters is cut and keeps its extension', () => {
    const shown = shownName(`${'Я'.repeat(300)}.png`, 'png', '2');
    expect(Array.from(shown)).toHaveLength(150);
    expect(shown).toMatch(/^Я+…\.png$/);
  });
});

describe('the name a file is saved under', () => {
  test.each([
    ['../../etc/passwd.png', '_.._etc_passwd.png'],
    ['C:\\temp\\a.png', 'C__temp_a.png'],
    ['.htaccess', 'htaccess'],
    ['-rf.png', 'rf.png'],
    ['CON', '_CON'],
    ['nul.png', '_nul.png'],
    ['a.png. .', 'a.png'],
    ['a%2e%2e.png', 'a_2e_2e.png'],
    ['...', '_'],
    ['Снимок экрана.png', 'Снимок экрана.png'],
  ])('for %j is %j', (shown, safe) => {
    expect(safeName(shown)).toBe(safe);
  });

  test('is short enough for every file system, in whole letters, with its extension', () => {
    const safe = safeName(`${'Я'.repeat(145)}.png`);
    expect(Buffer.byteLength(safe)).toBeLessThanOrEqual(200);
    expect(safe).toMatch(/^Я{80,}\.png$/);
  });
});

import { afterAll, describe, expect, test } from '@jest/globals';
import { openJudge } from '../../src/attachments/judge.ts';
import { REGULATION } from '../../src/attachments/policy.ts';
import { readRarHeaders } from '../../src/attachments/rar-blocks.ts';
import { block4, rar4, rar5, type ZipEntry, zip } from './archives.ts';
import { closeJudge, outcome, part, verdictOn } from './asking.ts';
import { bmp, bytes, gif, jpeg, png, seeded } from './pictures.ts';

afterAll(closeJudge);

const picture = { name: 'screen.bmp', data: bmp() };
const program = bytes('MZ', new Uint8Array(100));
const namesIn = (file: Uint8Array): readonly string[] => {
  const headers = readRarHeaders(file);
  return headers.ok ? headers.entries.map(({ name }) => name) : [];
};
const ofZip = (entries: readonly ZipEntry[]) => outcome('shots.zip', zip(entries));

describe('a ZIP', () => {
  const cases: [string, readonly ZipEntry[], string][] = [
    [
      'with pictures of all four kinds',
      [picture, { name: 'a.jpg', data: jpeg() }, { name: 'b.gif', data: gif() }, { name: 'c.png', data: png() }],
      'accepted',
    ],
    ['with stored entries', [{ ...picture, store: true }], 'accepted'],
    [
      'with pictures in a folder',
      [
        { name: 'shots/', store: true },
        { name: 'shots/a.bmp', data: bmp() },
      ],
      'accepted',
    ],
    ['with pictures two folders deep', [{ name: 'a/b/c.bmp', data: bmp() }], 'archive-folders'],
    [
      'from a Mac',
      [picture, { name: '__MACOSX/._screen.bmp', data: bytes('\0\x05\x16\x07', new Uint8Array(60)) }],
      'accepted',
    ],
    ['from Windows', [picture, { name: 'desktop.ini', data: bytes('[.ShellClassInfo]\r\n') }], 'accepted'],
    [
      'with a program under a name that macOS uses',
      [picture, { name: '__MACOSX/._screen.bmp', data: program }],
      'archive-content',
    ],
    ['with a text beside the pictures', [picture, { name: 'readme.txt', data: bytes('hello') }], 'archive-content'],
    ['with a program', [{ name: 'setup.exe', data: program }], 'archive-content'],
    ['with a program named .bmp', [{ name: 'screen.bmp', data: program }], 'archive-content'],
    ['with a picture that Windows would run', [{ name: 'screen.hta', data: gif() }], 'archive-content'],
    ['with a damaged picture', [{ name: 'screen.bmp', data: bmp().subarray(0, 80) }], 'archive-picture'],
    ['with nothing in it', [], 'archive-content'],
    ['in a ZIP', [{ name: 'inner.zip', data: zip([picture]) }], 'archive-nested'],
    ['in a ZIP by another name', [{ name: 'inner.bmp', data: rar5([picture]) }], 'archive-nested'],
    ['with a password', [{ ...picture, flags: 1 }], 'encrypted'],
    ['with a password of the newer kind', [{ ...picture, method: 99 }], 'encrypted'],
    ['packed by LZMA', [{ ...picture, method: 14 }], 'archive-method'],
    ['with a path that climbs out', [{ ...picture, name: '../../a.bmp' }], 'archive-path'],
    ['with a path that climbs out by backslashes', [{ ...picture, name: '..\\a.bmp' }], 'archive-path'],
    ['with an absolute path', [{ ...picture, name: '/etc/a.bmp' }], 'archive-path'],
    ['with a drive', [{ ...picture, name: 'C:a.bmp' }], 'archive-path'],
    ['with a NUL in a name', [{ ...picture, name: 'a.exe\0.bmp' }], 'archive-path'],
    ['with a link', [{ name: 'a.bmp', data: bytes('/etc/passwd'), mode: 0o120777 }], 'archive-link'],
    ['with two entries of one name', [picture, { ...picture, name: 'SCREEN.bmp' }], 'archive-duplicate'],
    ['with another name in the local header', [{ ...picture, localName: 'screen.exe' }], 'archive-mismatch'],
    ['with a wrong CRC', [{ ...picture, crc: 1 }], 'damaged'],
    ['that unpacks to more than it says', [{ ...picture, declaredSize: 50 }], 'damaged'],
    [
      'with bytes of nobody between the entries',
      [
        { ...picture, gap: bytes('hidden') },
        { ...picture, name: 'b.bmp' },
      ],
      'archive-overlap',
    ],
    ['that says it holds 4 GB', [{ ...picture, declaredSize: 0xfffffffe }], 'archive-too-large'],
    ['with 101 entries', Array.from({ length: 101 }, (_, i) => ({ ...picture, name: `${i}.bmp` })), 'archive-entries'],
  ];
  test.each(cases)('%s: %3$s', async (_, entries, expected) => {
    expect(await ofZip(entries)).toBe(expected);
  });

  const good = zip([picture]);
  const elsewhere = Buffer.from(good);
  elsewhere.writeUInt16LE(1, good.indexOf('PK\x01\x02') + 34);
  test.each([
    ['an entry that says it begins in another volume', elsewhere, 'archive-volume'],
    ['bytes before it', bytes('#!/bin/sh\n', good), 'executable'],
    ['a stub before it', bytes(program, good), 'executable'],
    ['bytes behind it', bytes(good, program), 'trailing-data'],
    ['a second ZIP behind it', bytes(good, zip([{ name: 'a.exe', data: program }])), 'archive-mismatch'],
    ['its end cut off', good.subarray(0, -5), 'truncated'],
    ['nothing of a ZIP but its name', bytes('\x8a\x01\x02 random', new Uint8Array(40)), 'not-an-archive'],
  ])('with %s is refused', async (_, file, expected) => {
    expect(await outcome('shots.zip', file)).toBe(expected);
  });

  test('with a comment is accepted', async () => {
    expect(await outcome('shots.zip', zip([picture], 'made by WinZip'))).toBe('accepted');
  });

  test('of a Word document is refused as a document', async () => {
    const parts = [
      { name: '[Content_Types].xml', data: bytes('<Types/>') },
      { name: 'word/document.xml', data: bytes('<w/>') },
    ];
    expect(await outcome('letter.docx', zip(parts))).toBe('document');
    expect(await outcome('letter.docm', zip(parts))).toMatch(/^document/);
  });
});

describe('names inside a ZIP', () => {
  const russian = 'Снимок экрана.bmp';
  const cp866 = Uint8Array.from(russian, (c) => {
    const code = c.charCodeAt(0);
    if (code < 0x80) return code;
    return code < 0x440 ? code - 0x410 + 0x80 : code - 0x440 + 0xe0;
  });

  test('are read as Windows writes them', async () => {
    const verdict = await verdictOn('a.zip', zip([{ name: cp866, data: bmp() }]));
    expect(verdict.inside.map(({ name }) => name)).toEqual([russian]);
  });

  test('are read as UTF-8 where they are, with or without the flag', async () => {
    const verdict = await verdictOn(
      'a.zip',
      zip([
        { name: russian, data: bmp() },
        { name: `2 ${russian}`, data: bmp(), flags: 0x800 },
      ]),
    );
    expect(verdict.inside.map(({ name }) => name)).toEqual([russian, `2 ${russian}`]);
  });

  test("go through the caller's detector all at once, so that they decide together", async () => {
    const judge = openJudge();
    const seen: string[] = [];
    const names = (raw: Uint8Array) => {
      seen.push(Buffer.from(raw).toString('latin1'));
      return 'первый.bmp\nвторой.bmp';
    };
    const archive = zip([
      { name: bytes([0xf0], '.bmp'), data: bmp() },
      { name: bytes([0xf1], '.bmp'), data: bmp() },
    ]);
    const [verdict] = await judge.judge([part('a.zip', archive)], REGULATION, names);
    await judge.close();
    expect(seen).toEqual(['\xf0.bmp\n\xf1.bmp']);
    expect(verdict?.inside.map(({ name }) => name)).toEqual(['первый.bmp', 'второй.bmp']);
  });

  test('lose what would turn them around on the screen', async () => {
    const verdict = await verdictOn('a.zip', zip([{ name: 'a\u202egpj.bmp', data: bmp() }]));
    expect(verdict.inside.map(({ name }) => name)).toEqual(['agpj.bmp']);
  });
});

describe('a RAR', () => {
  const link = [5, 1, 0, 4, 0x2e, 0x2e, 0x2f, 0x78];
  const cases: [string, Uint8Array, string][] = [
    ['of generation 4 with a wrong CRC', rar4([{ ...picture, crc: 1 }]), 'damaged'],
    ['of generation 5 with a wrong CRC', rar5([{ ...picture, crc: 1 }]), 'damaged'],
    ['of generation 4 that climbs out', rar4([{ ...picture, name: '..\\..\\a.bmp' }]), 'archive-path'],
    ['of generation 5 that climbs out', rar5([{ ...picture, name: '../../a.bmp' }]), 'archive-path'],
    ['of generation 4 with a link', rar4([{ ...picture, mode: 0o120777 }]), 'archive-link'],
    ['of generation 5 with a link', rar5([{ ...picture, extra: [link] }]), 'archive-link'],
    ['of generation 4 with encrypted names', rar4([picture], 0x80), 'encrypted'],
    ['of generation 4 with a password', rar4([{ ...picture, flags: 4 }]), 'encrypted'],
    ['of generation 5 with a password', rar5([{ ...picture, extra: [[1, 0, 0]] }]), 'encrypted'],
    ['of generation 4 in volumes', rar4([picture], 1), 'archive-volume'],
    ['of generation 4 whose main header lacks what its flags promise', rar4([picture], 0x200), 'damaged'],
    ['of generation 5 in volumes', rar5([picture], 1), 'archive-volume'],
    ['of generation 5 that goes on in the next volume', rar5([{ ...picture, flags: 0x10 }]), 'archive-volume'],
    ['of generation 4 that says it holds 4 GB', rar4([{ ...picture, declaredSize: 0xfffffffe }]), 'archive-too-large'],
    [
      'of generation 5 that says it holds 2^62 bytes',
      rar5([{ ...picture, declaredSize: 2 ** 62 }]),
      'archive-too-large',
    ],
    [
      'of generation 5 that wants 4 GB of memory',
      rar5([{ ...picture, compression: 0x80 | (15 << 10) }]),
      'archive-too-large',
    ],
    ['of generation 5 that says it holds less than it does', rar5([{ ...picture, declaredSize: 20 }]), 'damaged'],
    ['with a program', rar5([{ name: 'setup.exe', data: program }]), 'archive-content'],
    ['with a ZIP', rar4([{ name: 'inner.zip', data: zip([picture]) }]), 'archive-nested'],
    ['with two entries of one name', rar5([picture, picture]), 'archive-duplicate'],
    ['with its signature only', bytes('Rar!\x1a\x07\0'), 'truncated'],
    ['cut in the middle', rar5([picture]).subarray(0, 90), 'truncated'],
    ['with a byte changed in a header', Buffer.from(rar5([picture])).fill(9, 20, 21), 'damaged'],
    ['with bytes behind its end', bytes(rar5([picture]), 'hidden'), 'trailing-data'],
  ];
  test.each(cases)('%s: %3$s', async (_, file, expected) => {
    expect(await outcome('shots.rar', file)).toBe(expected);
  });

  const signed = Buffer.from(block4(0x76, 0, Buffer.alloc(7))).fill(0, 0, 2);
  const owner = Buffer.from(block4(0x77, 0x8000, Buffer.from([0, 0, 0, 0, 0x01, 0x01, 0]))).fill(0, 0, 2);
  const ofOldRar: [string, Uint8Array][] = [
    ['with a comment', rar4([picture], 0, 'screens of the till')],
    [
      'with a comment on a file',
      rar4([
        { ...picture, version: 15, comment: 'the error' },
        { name: 'b.bmp', data: bmp() },
      ]),
    ],
    ['signed by its owner', rar4([picture], 0, undefined, signed)],
    ['with the owner of a file', rar4([picture], 0, undefined, owner)],
    [
      'with a folder that is one by its attributes',
      rar4([
        { name: 'shots', version: 15, attributes: 0x10 },
        { ...picture, name: 'shots\\a.bmp', version: 15 },
      ]),
    ],
  ];
  test.each(ofOldRar)('made before RAR 3.0 %s is accepted', async (_, file) => {
    expect(await outcome('shots.rar', file)).toBe('accepted');
  });

  test('changed at random never breaks the walk over its headers, and cut inside a block it is refused', () => {
    const random = seeded(20_261_201);
    const good = [...ofOldRar.map(([, file]) => Buffer.from(file)), rar4([picture]), rar5([picture])];
    for (const file of good)
      for (let round = 0; round < 1_000; round++) {
        const changed = Buffer.from(file);
        for (let i = random(4); i >= 0; i--) changed[random(file.length)] = random(256);
        for (const one of [changed, file.subarray(0, random(file.length)), changed.subarray(0, random(file.length))]) {
          const headers = readRarHeaders(one);
          if (!headers.ok) continue;
          const names = headers.entries.map(({ name }) => name);
          expect(names.length).toBeLessThanOrEqual(2);
          // only at the end of a block does nothing show that something is missing
          if (file.subarray(0, one.length).equals(one)) expect(names).toEqual(namesIn(file).slice(0, names.length));
        }
      }
  });

  test('made before RAR 3.0 with a comment is refused where a byte that the CRC covers was changed', async () => {
    expect(await outcome('shots.rar', Buffer.from(rar4([picture], 0, 'words')).fill(1, 15, 16))).toBe('damaged');
    const file = rar4([{ ...picture, comment: 'words' }]);
    expect(await outcome('shots.rar', Buffer.from(file).fill(0x58, 53, 54))).toBe('damaged');
  });

  test('of generation 5 whose second file goes on from the first is accepted', async () => {
    const solid = { name: 'b.bmp', data: bmp(5, 5), compression: 0x40 };
    expect(await outcome('shots.rar', rar5([{ ...picture, name: 'a.bmp' }, solid]))).toBe('accepted');
    expect(await outcome('shots.rar', rar5([{ ...solid }]))).toBe('damaged');
  });

  test('with Russian names shows them', async () => {
    const verdict = await verdictOn('a.rar', rar5([{ name: 'Снимок экрана.bmp', data: bmp() }]));
    expect(verdict.inside.map(({ name }) => name)).toEqual(['Снимок экрана.bmp']);
  });

  test('named __proto__ harms nobody', async () => {
    expect(await outcome('a.rar', rar5([{ name: '__proto__', data: bmp() }]))).toBe('archive-content');
    expect(await outcome('a.rar', rar5([picture]))).toBe('accepted');
  });
});

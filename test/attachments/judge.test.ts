import { afterAll, describe, expect, test } from '@jest/globals';
import { openJudge } from '../../src/attachments/judge.ts';
import { REGULATION } from '../../src/attachments/policy.ts';
import { rar4, rar5, zip } from './archives.ts';
import { closeJudge, outcome, part, verdictOn } from './asking.ts';
import { bmp, bytes, gif, jpeg, png } from './pictures.ts';

afterAll(closeJudge);
const judge = openJudge();
afterAll(() => judge.close());

describe('a customer sends a picture', () => {
  test.each([
    ['screen.jpg', jpeg()],
    ['screen.gif', gif()],
    ['screen.png', png()],
  ])('%s that is whole is accepted', async (name, file) => {
    const verdict = await verdictOn(name, file);
    expect(verdict).toMatchObject({
      verdict: 'accepted',
      filename: name,
      reason: null,
      size: file.length,
      keep: file.length,
    });
  });

  test('a bare BMP is told to be packed', async () => {
    expect(await outcome('screen.bmp', bmp())).toBe('bmp-not-archived');
  });

  test('a damaged BMP is told to be damaged, for packing it would not help', async () => {
    expect(await outcome('screen.bmp', bmp().subarray(0, 60))).toBe('truncated');
  });

  test('a PNG named .jpg is shown as .png', async () => {
    expect(await verdictOn('photo.JPG', png())).toMatchObject({
      verdict: 'accepted',
      type: 'png',
      filename: 'photo.png',
    });
  });

  test('a PNG that goes by the name of a program gets a name that opens as a picture', async () => {
    expect((await verdictOn('invoice.exe', png())).filename).toBe('invoice.exe.png');
  });

  test.each([
    ['logo.svg', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', 'svg'],
    ['logo.png', '<?xml version="1.0"?><svg onload="alert(1)"/>', 'not-a-picture'],
    ['page.png', '<!DOCTYPE html><html><body>hello</body></html>', 'not-a-picture'],
    ['photo.jpg', `MZ${'\0'.repeat(200)}`, 'not-a-picture'],
    ['photo.jpg', 'just words', 'not-a-picture'],
    ['page.html', '<html><body>hello</body></html>', 'html'],
    ['setup.exe', `MZ${'\0'.repeat(200)}`, 'executable'],
  ])('%s that holds %.20s… is refused as %3$s', async (name, content, reason) => {
    expect(await outcome(name, bytes(content))).toBe(reason);
  });

  test('an iPhone photo is refused with the cure for HEIC even when renamed to .jpg', async () => {
    const heic = bytes([0, 0, 0, 24], 'ftypheic', [0, 0, 0, 0], 'mif1heic', new Uint8Array(40));
    expect(await outcome('IMG_0001.HEIC', heic)).toBe('heic');
    expect(await outcome('IMG_0001.jpg', heic)).toBe('heic');
  });

  test('a WebP picture is refused with the cure for WebP', async () => {
    expect(await outcome('a.webp', bytes('RIFF', [20, 0, 0, 0], 'WEBPVP8 ', new Uint8Array(20)))).toBe('webp');
  });

  test('an empty file is refused as empty', async () => {
    expect(await outcome('screen.png', bytes())).toBe('empty');
  });
});

describe('a customer packs BMP pictures', () => {
  test.each([
    [
      'ZIP',
      'shots.zip',
      zip([
        { name: 'a.bmp', data: bmp() },
        { name: 'two/b.bmp', data: bmp(2, 2) },
      ]),
    ],
    [
      'RAR 4',
      'shots.rar',
      rar4([
        { name: 'a.bmp', data: bmp() },
        { name: 'two\\b.bmp', data: bmp(2, 2) },
      ]),
    ],
    [
      'RAR 5',
      'shots.rar',
      rar5([
        { name: 'a.bmp', data: bmp() },
        { name: 'two/b.bmp', data: bmp(2, 2) },
      ]),
    ],
  ])('in a %s, and the pictures inside are listed', async (_, name, file) => {
    const verdict = await verdictOn(name, file);
    expect(verdict.verdict).toBe('accepted');
    expect(verdict.inside).toMatchObject([
      { name: 'a.bmp', type: 'bmp', size: bmp().length, width: 4, height: 4 },
      { type: 'bmp', width: 2, height: 2 },
    ]);
  });
});

describe('a letter with several attachments', () => {
  test('has one verdict a part, in order, under its own path', async () => {
    const verdicts = await judge.judge(
      [
        part('a.png', png(), { path: '2' }),
        part('b.txt', bytes('hello'), { path: '3' }),
        part('c.gif', gif(), { path: '4.1' }),
      ],
      REGULATION,
    );
    expect(verdicts.map(({ path, verdict, reason }) => [path, verdict, reason])).toEqual([
      ['2', 'accepted', null],
      ['3', 'rejected', 'type-not-allowed'],
      ['4.1', 'accepted', null],
    ]);
  });

  test('gets the same three photos named alike accepted three times', async () => {
    const verdicts = await judge.judge(
      ['2', '3', '4'].map((path) => part('photo.png', png(), { path })),
      REGULATION,
    );
    expect(verdicts.map(({ verdict }) => verdict)).toEqual(['accepted', 'accepted', 'accepted']);
  });

  test('loses the attachments beyond the twentieth, and says so', async () => {
    const parts = Array.from({ length: 22 }, (_, i) => part('a.png', png(), { path: `${i + 2}` }));
    const verdicts = await judge.judge(parts, REGULATION);
    expect(verdicts.map(({ reason }) => reason)).toEqual([...new Array(20).fill(null), 'too-many', 'too-many']);
  });

  test('is told which file is too large, and which made the letter too large', async () => {
    const policy = { ...REGULATION, fileBytes: 100, letterBytes: 150 };
    const parts = [
      part('a.png', png()),
      part('b.png', png(40, 40, new Uint8Array(90))),
      part('c.png', png()),
      part('d.png', png()),
    ];
    const reasons = (await judge.judge(parts, policy)).map(({ reason }) => reason);
    expect(reasons[0]).toBe(null);
    expect(reasons[1]).toBe('too-large');
    expect(reasons[3]).toBe('letter-too-large');
  });

  test('has no file accepted on which two readers of its structure disagree', async () => {
    const [verdict] = await judge.judge([part('a.png', png(), { ambiguous: true })], REGULATION);
    expect(verdict).toMatchObject({ verdict: 'rejected', reason: 'ambiguous' });
  });

  const pasted = {
    disposition: 'inline',
    contentId: 'image001@firm.example',
    contentType: 'image/png',
  } as const;

  test('does not clutter the list with the logo below its signature, and says why', async () => {
    const logo = part('image001.png', png(), { ...pasted, belowSignature: true });
    const [inlined, listed] = await judge.judge([logo, part('screen.png', png(), { path: '3' })], REGULATION);
    expect(inlined).toMatchObject({ verdict: 'accepted', inlined: true, detail: 'stands below the signature' });
    expect(listed).toMatchObject({ verdict: 'accepted', inlined: false, logoSized: false });
  });

  test('lists a small screenshot that was pasted into the text: it may be a logo only where it comes again', async () => {
    const [small] = await judge.judge([part('image001.png', png(380, 120), pasted)], REGULATION);
    expect(small).toMatchObject({ verdict: 'accepted', inlined: false, logoSized: true, detail: null });
  });

  test('lists a large picture below its signature', async () => {
    const large = part('image001.png', png(1280, 800), { ...pasted, belowSignature: true });
    expect((await judge.judge([large], REGULATION))[0]).toMatchObject({ inlined: false, logoSized: false });
  });

  test('lists a screenshot that was pasted into the text', async () => {
    const pasted = part('image002.png', png(1280, 800), { disposition: 'inline', contentId: 'image002@firm.example' });
    expect((await judge.judge([pasted], REGULATION))[0]).toMatchObject({ verdict: 'accepted', inlined: false });
  });

  test('does not clutter the list with its digital signature', async () => {
    const signature = part('smime.p7s', bytes([0x30, 0x80, 6, 9]), { contentType: 'application/pkcs7-signature' });
    expect((await judge.judge([signature], REGULATION))[0]).toMatchObject({ reason: 'mail-part', inlined: true });
  });
});

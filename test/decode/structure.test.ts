import { describe, expect, test } from '@jest/globals';
import { decode } from '../../src/decode/decode.ts';
import { LIMITS } from '../../src/mail/limits.ts';

const HEAD = 'From: ivan@client.example\r\nTo: support@desk.example\r\nSubject: s\r\n';

function letter(rest: string, head = HEAD): ReturnType<typeof decode> {
  return decode(Buffer.from(head + rest, 'latin1'));
}

function mixed(body: string, boundary = 'b'): ReturnType<typeof decode> {
  return letter(`Content-Type: multipart/mixed; boundary="${boundary}"\r\n\r\n${body}`);
}

const codes = (message: ReturnType<typeof decode>): string[] => message.defects.map(({ code }) => code);
const FILE = 'Content-Type: application/pdf; name=a.pdf\r\n\r\n%PDF\r\n';

describe('a multipart letter is cut where its delimiters are', () => {
  test('a longer boundary that begins alike cuts nothing', () => {
    const message = mixed(
      '--b\r\nContent-Type: multipart/mixed; boundary="b-inner"\r\n\r\n--b-inner\r\n\r\ninner words\r\n--b-inner--\r\n--b\r\n\r\nouter words\r\n--b--\r\n',
    );
    expect(message.text).toBe('inner words\nouter words');
    expect(message.defects).toEqual([]);
  });

  test('blanks behind a delimiter and LF line ends are nothing special', () => {
    expect(mixed('--b \t\r\n\r\none\r\n--b\n\ntwo\n--b--  \n').text).toBe('one\ntwo');
  });

  test('the words of a letter whose last delimiter is lost are there', () => {
    const message = mixed(`--b\r\n\r\nwords\r\n--b\r\n${FILE}`);
    expect(message.text).toBe('words');
    expect(message.parts.map(({ filename }) => filename)).toEqual(['a.pdf']);
    expect(codes(message)).toEqual(['boundary-unclosed']);
  });

  test('a part behind the last delimiter is shown and not trusted', () => {
    const message = mixed(`--b\r\n\r\nwords\r\n--b--\r\n--b\r\n${FILE}--b--\r\n`);
    expect(message.parts.map(({ filename, ambiguous }) => [filename, ambiguous])).toEqual([['a.pdf', true]]);
    expect(codes(message)).toEqual(['parts-after-close']);
  });

  test.each([
    ['no boundary parameter', 'Content-Type: multipart/mixed\r\n\r\n', 'boundary-missing'],
    ['an empty boundary', 'Content-Type: multipart/mixed; boundary=""\r\n\r\n', 'boundary-missing'],
    ['a boundary that never appears', 'Content-Type: multipart/mixed; boundary=x\r\n\r\n', 'boundary-never-used'],
  ])('with %s the raw text is shown', (_, head, code) => {
    const message = letter(`${head}these words must stay`);
    expect(message.text).toBe('these words must stay');
    expect(codes(message)).toEqual([code]);
  });

  test('an inner multipart that takes the outer boundary again loses no words', () => {
    const message = mixed(
      '--b\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\n\r\nwords\r\n--b--\r\n--b--\r\n',
    );
    expect(message.text).toContain('words');
  });

  test('a part without header and blank line is text, even if its first words look like a field', () => {
    expect(mixed('--b\r\nNote: the basket is empty\r\n--b--\r\n').text).toBe('Note: the basket is empty');
  });

  test('a multipart that was encoded as a whole is opened, and its parts are not trusted', () => {
    const inside = Buffer.from(`--b\r\n\r\nwords\r\n--b\r\n${FILE}--b--\r\n`).toString('base64');
    const message = letter(
      `Content-Type: multipart/mixed; boundary=b\r\nContent-Transfer-Encoding: base64\r\n\r\n${inside}\r\n`,
    );
    expect(message.text).toBe('words');
    expect(message.parts.map(({ ambiguous }) => ambiguous)).toEqual([true]);
  });

  test('multiparts that were each encoded as a whole, one in the other, are opened as far as two copies of the letter', () => {
    const wrapped = (inside: string, depth: number): string =>
      `Content-Type: multipart/mixed; boundary=b${depth}\r\nContent-Transfer-Encoding: base64\r\n\r\n` +
      Buffer.from(`--b${depth}\r\n${inside}\r\n--b${depth}--\r\n`).toString('base64').replace(/.{76}/g, '$&\r\n');
    const words = 'words '.repeat(2000).trim();
    let nested = `Content-Type: text/plain\r\n\r\n${words}`;
    for (let depth = 0; depth < 10; depth++) {
      nested = wrapped(nested, depth);
      const isOpened = depth < 2;
      expect([depth, letter(nested).text === words]).toEqual([depth, isOpened]);
      expect(codes(letter(nested)).slice(0, 2)).toEqual(
        isOpened ? ['multipart-encoded'] : ['multipart-encoded', 'boundary-never-used'],
      );
    }
  });

  test('two Content-Type fields that say two things are told, and the part is not trusted', () => {
    const message = mixed(`--b\r\nContent-Type: text/html\r\n${FILE}--b--\r\n`);
    expect(codes(message)).toEqual(['content-field-twice']);
    expect(message.parts.every(({ ambiguous }) => ambiguous)).toBe(true);
  });
});

describe('words that stand where no mail program looks', () => {
  const picture = '--b\r\nContent-Type: image/png; name=p.png\r\n\r\nPNG\r\n';

  test.each([
    ['before the first delimiter', `Касса молчит\r\n${picture}--b--\r\n`],
    ['behind the last delimiter', `${picture}--b--\r\nКасса молчит\r\n`],
    ['there with a header of their own', `Content-Type: text/plain\r\n\r\nКасса молчит\r\n${picture}--b--\r\n`],
    [
      'behind a note of a mail program',
      `This is a multi-part message in MIME format.\r\n\r\nКасса молчит\r\n${picture}--b--\r\n`,
    ],
    [
      'there beside an empty page',
      'Касса молчит\r\n--b\r\nContent-Type: text/html\r\n\r\n<html><body><p>&nbsp;</p></body></html>\r\n--b--\r\n',
    ],
    ['there beside an empty part', `--b\r\n\r\n\r\n--b--\r\nКасса молчит\r\n`],
    ['there as HTML', `${picture}--b--\r\nContent-Type: text/html\r\n\r\n<p>Касса <b>молчит</b></p>\r\n`],
  ])('%s are read where there are no others, and it is said', (_, body) => {
    const message = decode(Buffer.from(`${HEAD}Content-Type: multipart/mixed; boundary=b\r\n\r\n${body}`));
    expect(message.text).toBe('Касса молчит');
    expect(codes(message)).toContain('text-outside-parts');
  });

  test('add nothing to words that stand in their place', () => {
    const message = mixed('look here\r\n--b\r\n\r\nwords\r\n--b--\r\nand here\r\n');
    expect(message.text).toBe('words');
    expect(message.defects).toEqual([]);
  });

  test.each([
    'This is a multi-part message in MIME format.',
    'This is an OpenPGP/MIME signed message (RFC 4880 and 3156)',
    'Это сообщение состоит из нескольких частей в формате MIME.',
  ])('what a mail program says there is nobody’s: %s', (note) => {
    const message = decode(
      Buffer.from(`${HEAD}Content-Type: multipart/mixed; boundary=b\r\n\r\n${note}\r\n${picture}--b--\r\n`),
    );
    expect(message.text).toBe('');
    expect(message.defects).toEqual([]);
  });

  test('a boundary that is the closing delimiter of the outer one hides no words and no file behind them', () => {
    const inner = '--b--\r\n\r\nwords\r\n--b--\r\nContent-Type: text/html\r\n\r\n<p>words</p>\r\n--b----\r\n';
    const message = mixed(
      `--b\r\nContent-Type: multipart/alternative; boundary="b--"\r\n\r\n${inner}--b\r\n${FILE}--b--\r\n`,
    );
    expect(message.text).toBe('words');
    expect(message.parts.map(({ filename, ambiguous }) => [filename, ambiguous])).toEqual([['a.pdf', true]]);
    expect(codes(message)).toEqual(['boundary-shared']);
  });

  test.each(['', '; boundary=""', '; boundary=other'])(
    'a multipart that names another boundary than its parts use, or none («%s»), is cut there',
    (named) => {
      const message = letter(
        `Content-Type: multipart/mixed${named}\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nwords\r\n--b\r\n${FILE}--b--\r\n`,
      );
      expect(message.text).toBe('words');
      expect(message.parts.map(({ filename, ambiguous }) => [filename, ambiguous])).toEqual([['a.pdf', true]]);
      expect(codes(message)).toEqual(['boundary-guessed']);
    },
  );

  test('delimiters that begin like the named boundary and have more dashes are the parts’ own', () => {
    const message = mixed(`----b\r\nContent-Type: text/plain\r\n\r\nwords\r\n----b\r\n${FILE}----b--\r\n`);
    expect(message.text).toBe('words');
    expect(message.parts.map(({ filename }) => filename)).toEqual(['a.pdf']);
  });

  test('a boundary in dashes is found below a note though the header names none', () => {
    const message = letter(
      `Content-Type: multipart/mixed\r\n\r\nThis is a multi-part message.\r\n\r\n------=_Next\r\nContent-Type: text/plain\r\n\r\nwords\r\n------=_Next\r\n${FILE}------=_Next--\r\n`,
    );
    expect(message.text).toBe('words');
    expect(message.parts.map(({ filename }) => filename)).toEqual(['a.pdf']);
  });

  test('nor does an outer boundary that is the closing delimiter of the inner one', () => {
    const inner = '--b\r\n\r\nwords\r\n--b--\r\n';
    const message = mixed(
      `--b--\r\nContent-Type: multipart/alternative; boundary="b"\r\n\r\n${inner}--b--\r\n${FILE}--b----\r\n`,
      'b--',
    );
    expect(message.text).toBe('words');
    expect(message.parts.map(({ filename }) => filename)).toEqual(['a.pdf']);
  });

  test.each(['multipart/*', 'multipart', 'mixed', '*/*', '', 'application/multipart', 'multi-part/mixed'])(
    'parts under the impossible type «%s» are read',
    (type) => {
      const message = letter(`Content-Type: ${type}; boundary=b\r\n\r\n--b\r\n\r\nwords\r\n--b\r\n${FILE}--b--\r\n`);
      expect(message.text).toBe('words');
      expect(message.parts.map(({ filename }) => filename)).toEqual(['a.pdf']);
      expect(codes(message)).toEqual(['media-type-impossible']);
    },
  );
});

describe('a text of a kind that nobody knows', () => {
  test.each([
    ['text/markdown', 'Касса *молчит*', 'Касса *молчит*'],
    ['text/x-note', 'Касса молчит', 'Касса молчит'],
    ['text/enriched', 'Касса <bold>молчит</bold>', 'Касса молчит'],
  ])('is read as the letter’s own where there is no other: %s', (type, body, text) => {
    const message = decode(Buffer.from(`${HEAD}Content-Type: ${type}; charset=utf-8\r\n\r\n${body}\r\n`));
    expect(message.text).toBe(text);
    expect(message.parts).toEqual([]);
    expect(message.defects).toEqual([]);
  });

  test.each(['text/csv', 'text/vcard', 'text/markdown; name=notes.md'])('is a file as %s', (type) => {
    const message = letter(`Content-Type: ${type}\r\n\r\na,b\r\n`);
    expect(message.text).toBe('');
    expect(message.parts).toHaveLength(1);
  });
});

describe('the first text of a letter is its writer’s, whatever it is called', () => {
  test.each([
    [
      'the only one, plain',
      'Content-Type: text/plain; name="letter.txt"\r\nContent-Disposition: inline; filename="letter.txt"\r\n\r\nwords\r\n',
    ],
    [
      'the only one, HTML',
      'Content-Type: text/html\r\nContent-Disposition: inline; filename="body.html"\r\n\r\n<p>words</p>\r\n',
    ],
    [
      'the only one, called an attachment without a name',
      'Content-Type: text/plain\r\nContent-Disposition: attachment\r\n\r\nwords\r\n',
    ],
    [
      'before a file',
      `Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; name=t.txt\r\nContent-Disposition: inline\r\n\r\nwords\r\n--b\r\n${FILE}--b--\r\n`,
    ],
    [
      'behind a picture',
      'Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: image/png\r\n\r\nPNG\r\n--b\r\nContent-Type: text/plain; name=t.txt\r\nContent-Disposition: inline\r\n\r\nwords\r\n--b--\r\n',
    ],
    [
      'in both forms',
      'Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; name=t.txt\r\nContent-Disposition: inline\r\n\r\nwords\r\n--b\r\nContent-Type: text/html; name=t.html\r\nContent-Disposition: inline\r\n\r\n<p>words</p>\r\n--b--\r\n',
    ],
  ])('%s', (_, rest) => {
    expect(letter(rest).text).toBe('words');
    expect(letter(rest).parts.map(({ filename }) => filename)).not.toContain('t.txt');
  });

  test.each([
    ['a name that is empty', 'Content-Type: text/plain; name=""', 'Content-Disposition: attachment; filename=""'],
    ['no name', 'Content-Type: text/plain', 'Content-Disposition: attachment'],
  ])('a text attached under %s is the letter', (_, type, disposition) => {
    const message = letter(`${type}\r\n${disposition}\r\n\r\nwords\r\n`);
    expect([message.text, message.parts]).toEqual(['words', []]);
  });

  test.each([
    ['blanks', '<p>&nbsp;&#160;</p>', '8bit'],
    [
      'nothing but styles',
      '<html><head><title>x</title><style>p{margin:0}</style></head><body><div></div></body>',
      '8bit',
    ],
    ['blanks in base64', Buffer.from('<div>\u00a0</div>').toString('base64'), 'base64'],
  ])('a page of %s before it is no text', (_, page, encoding) => {
    const message = mixed(
      `--b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n${page}\r\n--b\r\nContent-Type: text/plain; name=letter.txt\r\n\r\nwords\r\n--b--\r\n`,
    );
    expect([message.text, message.parts]).toEqual(['words', []]);
  });

  test('a page with a picture and no words stays, and is shown', () => {
    const message = letter('Content-Type: text/html\r\n\r\n<p><img src="cid:a"></p>\r\n');
    expect(message.html).toContain('cid:a');
  });

  test('RTF without any other text is read as what it says', () => {
    const message = letter('Content-Type: text/rtf\r\n\r\n{\\rtf1\\ansi Printer \\b is\\b0  silent}\r\n');
    expect(message.text).toBe('Printer is silent');
  });

  test('the first piece of a letter that was sent in pieces is shown', () => {
    const message = letter('Content-Type: message/partial; id=a; number=1; total=2\r\n\r\nSubject: x\r\n\r\nwords\r\n');
    expect(message.text).toContain('words');
    expect(message.parts).toHaveLength(1);
  });

  test('a letter that is a file by name and disposition is a file, and not empty', () => {
    const message = letter(
      'Content-Type: text/plain\r\nContent-Disposition: attachment; filename=log.txt\r\n\r\nlog\r\n',
    );
    expect(message.text).toBe('log');
    expect(message.defects.map(({ code }) => code)).toEqual(['text-in-file']);
    expect(message.parts.map(({ filename }) => filename)).toEqual(['log.txt']);
  });
});

describe('what a customer sees as the text of a letter', () => {
  const alternative = (...parts: string[]): ReturnType<typeof decode> =>
    letter(
      `Content-Type: multipart/alternative; boundary=b\r\n\r\n${parts.map((part) => `--b\r\n${part}\r\n`).join('')}--b--\r\n`,
    );

  test('the plain form where it says the same as the HTML', () => {
    const message = alternative(
      'Content-Type: text/plain\r\n\r\nThe basket of our shop stays empty after checkout.',
      'Content-Type: text/html\r\n\r\n<p>The basket of our shop stays <b>empty</b> after checkout.</p>',
    );
    expect(message.text).toBe('The basket of our shop stays empty after checkout.');
    expect(message.html).toContain('<b>empty</b>');
    expect(message.defects).toEqual([]);
  });

  test('the HTML where the plain form is empty', () => {
    const message = alternative('Content-Type: text/plain\r\n\r\n \r\n', 'Content-Type: text/html\r\n\r\n<p>Help</p>');
    expect(message.text).toBe('Help');
  });

  test('words before and behind an attachment, in their order', () => {
    const message = mixed(`--b\r\n\r\nbefore\r\n--b\r\n${FILE}--b\r\n\r\nbehind\r\n--b--\r\n`);
    expect(message.text).toBe('before\nbehind');
  });

  test('a text file that is attached or comes later under a name is a file', () => {
    const message = mixed(
      '--b\r\n\r\nwords\r\n--b\r\nContent-Type: text/plain\r\nContent-Disposition: attachment\r\n\r\nlog\r\n' +
        '--b\r\nContent-Type: text/plain; name=log.txt\r\n\r\nlog\r\n--b--\r\n',
    );
    expect(message.text).toBe('words');
    expect(message.parts.map(({ filename, disposition }) => [filename, disposition])).toEqual([
      [null, 'attachment'],
      ['log.txt', null],
    ]);
  });

  test('pictures of the HTML are inline parts with their Content-ID', () => {
    const message = letter(
      'Content-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>Look</p><img src="cid:p1">\r\n' +
        '--b\r\nContent-Type: image/gif\r\nContent-ID: <p1>\r\nContent-Disposition: inline\r\n\r\nGIF89a\r\n--b--\r\n',
    );
    expect(message.parts.map(({ path, contentId, disposition }) => [path, contentId, disposition])).toEqual([
      ['2', 'p1', 'inline'],
    ]);
  });

  test('calendars, reports, signatures and encrypted parts are kept as parts', () => {
    const types = [
      'text/calendar',
      'message/delivery-status',
      'text/rfc822-headers',
      'application/pkcs7-mime',
      'application/pgp-signature',
    ];
    const message = mixed(
      `--b\r\n\r\nwords\r\n${types.map((type) => `--b\r\nContent-Type: ${type}\r\n\r\nX: 1\r\n`).join('')}--b--\r\n`,
    );
    expect(message.parts.map(({ contentType }) => contentType)).toEqual(types);
    expect(message.text).toBe('words');
  });

  test('the other forms that Apple and AMP add to an alternative are no attachments', () => {
    const message = alternative(
      'Content-Type: text/plain\r\n\r\nThe same words.',
      'Content-Type: text/x-amp-html\r\n\r\n<html amp4email>',
      'Content-Type: text/html\r\n\r\n<p>The same words.</p>',
    );
    expect(message.parts).toEqual([]);
  });

  test('every letter of a digest is an attachment', () => {
    const message = letter(
      'Content-Type: multipart/digest; boundary=b\r\n\r\n--b\r\n\r\nSubject: first\r\n\r\nx\r\n--b\r\n\r\nSubject: second\r\n\r\ny\r\n--b--\r\n',
    );
    expect(message.parts.map(({ filename, contentType }) => [filename, contentType])).toEqual([
      ['first.eml', 'message/rfc822'],
      ['second.eml', 'message/rfc822'],
    ]);
  });
});

describe('a letter that is hardly one', () => {
  test.each([
    ['zero bytes', ''],
    ['one line end', '\r\n'],
    ['a header alone', HEAD],
    ['NULs', '\0\0\0\0'],
    ['bytes of a picture', '\x89PNG\r\n\x1a\n\0\0\0\rIHDR'],
  ])('%s give a message and no exception', (_, bytes) => {
    expect(() => decode(Buffer.from(bytes, 'latin1'))).not.toThrow();
  });

  test('words without any header are the text', () => {
    expect(decode(Buffer.from('just words\r\nand more of them\r\n')).text).toBe('just words\nand more of them');
  });

  test('a text mislabelled base64 is shown as it is', () => {
    expect(letter('Content-Transfer-Encoding: base64\r\n\r\n!!! ??? !!!\r\n').text).toBe('!!! ??? !!!');
  });

  test('a seeded storm of cut and garbled letters never throws', () => {
    const sample = Buffer.from(
      `${HEAD}Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\nContent-Type: text/html; charset=koi8-r\r\n\r\n<p>=\r\n--b\r\nContent-Disposition: attachment; filename*0*=utf-8''%D0; filename*1*=%9F.png\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n--b--\r\n`,
    );
    let state = 20260303;
    const next = (most: number): number => {
      state = (Math.imul(state, 1103515245) + 12345) >>> 0;
      return state % most;
    };
    for (let round = 0; round < 2000; round++) {
      const bytes = Buffer.from(sample.subarray(next(40), sample.length - next(200)));
      for (let hit = next(12); hit > 0; hit--) bytes[next(bytes.length)] = next(256);
      expect(() => decode(bytes)).not.toThrow();
    }
  });
});

describe('what one letter may cost', () => {
  const small = (limits: Partial<typeof LIMITS>, text: string): ReturnType<typeof decode> =>
    decode(Buffer.from(text, 'latin1'), { limits: { ...LIMITS, ...limits } });

  test('a field past the header limit is left out, the ones behind it are read', () => {
    const message = small({ headerBytes: 200 }, `X-Long: ${'x'.repeat(300)}\r\nSubject: seen\r\n\r\nwords`);
    expect(message.subject).toBe('seen');
    expect(message.fields.has('x-long')).toBe(false);
    expect(codes(message)).toEqual(['header-bytes-limit']);
  });

  test('fields past their number are left out, the text stays', () => {
    const message = small({ headerFields: 3 }, `${'X-A: 1\r\n'.repeat(9)}\r\nwords`);
    expect(message.fields.all).toHaveLength(3);
    expect(message.text).toBe('words');
    expect(codes(message)).toEqual(['header-fields-limit']);
  });

  test('multiparts that are too deep are shown raw', () => {
    let body = '\r\ndeep words\r\n';
    for (let depth = 0; depth < 60; depth++)
      body = `Content-Type: multipart/mixed; boundary="d${depth}"\r\n\r\n--d${depth}\r\n${body}--d${depth}--\r\n`;
    const message = letter(body);
    expect(message.text).toContain('deep words');
    expect(codes(message)).toContain('mime-depth-limit');
    expect(small({ mimeDepth: 70 }, HEAD + body).text).toBe('deep words');
  });

  test('parts past their number are left out', () => {
    const message = small(
      { mimeParts: 10 },
      `${HEAD}Content-Type: multipart/mixed; boundary=b\r\n\r\n${`--b\r\n${FILE}`.repeat(30)}--b--\r\n`,
    );
    expect(message.parts.length).toBeLessThanOrEqual(10);
    expect(codes(message)).toContain('mime-parts-limit');
  });

  test('pieces of a parameter past their number are left out', () => {
    const pieces = Array.from({ length: 30 }, (_, n) => `; name*${n}="${n % 10}"`).join('');
    const message = letter(`Content-Type: application/pdf${pieces}\r\n\r\n%PDF`);
    expect(message.parts[0]?.filename).toBe('01234567890123456789');
    expect(codes(message)).toEqual(['parameter-pieces-limit']);
  });

  test('text past its limit is cut and said', () => {
    const message = small({ textChars: 100 }, `${HEAD}\r\n${'слово '.repeat(100)}`);
    expect(message.text).toHaveLength(100);
    expect(codes(message)).toContain('text-limit');
  });

  test('HTML past its limit is cut', () => {
    const message = small({ htmlChars: 1000 }, `${HEAD}Content-Type: text/html\r\n\r\n<p>${'word '.repeat(1000)}</p>`);
    expect(message.html?.length).toBeLessThanOrEqual(1000);
  });

  test('references and addresses past their number are left out, the newest references stay', () => {
    const ids = Array.from({ length: 90 }, (_, n) => `<${n}@x.example>`).join(' ');
    const to = Array.from({ length: 300 }, (_, n) => `a${n}@x.example`).join(', ');
    const message = decode(Buffer.from(`To: ${to}\r\nReferences: ${ids}\r\n\r\nwords`));
    expect(message.references).toHaveLength(LIMITS.references);
    expect(message.references.at(-1)).toBe('89@x.example');
    expect(message.to).toHaveLength(LIMITS.addresses);
  });

  test('a file name past its limit keeps its ending', () => {
    const message = letter(`Content-Type: image/png; name="${'a'.repeat(400)}.png"\r\n\r\nx`);
    expect(message.parts[0]?.filename).toHaveLength(LIMITS.filenameChars);
    expect(message.parts[0]?.filename?.endsWith('a.png')).toBe(true);
  });
});

import { describe, expect, test } from '@jest/globals';
import iconv from 'iconv-lite';
import { canonicalCharset, decodeAs, decodePieces, metaCharset } from '../../src/decode/charset.ts';

const bytesOf = (text: string, charset: string): Buffer =>
  iconv.encode(text, charset === 'x-mac-cyrillic' ? 'macukraine' : charset);
const one = (text: string, charset: string, declared: string | null) =>
  decodePieces([{ bytes: bytesOf(text, charset), declared }])[0];
const textOf = (text: string, charset: string, declared: string | null) => one(text, charset, declared)?.text;

const CYRILLIC = ['windows-1251', 'koi8-r', 'koi8-u', 'ibm866', 'iso-8859-5', 'x-mac-cyrillic'];
const LIES = [null, 'us-ascii', 'iso-8859-1', 'utf-8', 'x-unknown', 'windows-1251', 'koi8-r'];
const LETTERS = [
  'Здравствуйте',
  'Возврат',
  'Не открывается сайт',
  'Прошу выставить счёт за июль',
  'КОГДА ПРИВЕЗУТ ЗАКАЗ',
  'Магазин не принимает оплату картой, покупатели жалуются второй день',
  'Файл price_2024.xls не загружается, пишет: Error 500',
];

describe('a Russian letter whose label is missing or lies', () => {
  for (const charset of CYRILLIC) {
    test(`in ${charset} is read all the same`, () => {
      for (const label of LIES) expect(LETTERS.map((text) => textOf(text, charset, label))).toEqual(LETTERS);
    });
  }

  test('gets a note of what was declared and what was used', () => {
    expect(one(LETTERS[3] ?? '', 'koi8-r', 'windows-1251')).toMatchObject({
      charset: 'koi8-r',
      repaired: 'declared windows-1251, decoded koi8-r',
    });
    expect(one(LETTERS[3] ?? '', 'koi8-r', null)?.repaired).toBe('no charset declared, decoded koi8-r');
  });

  test('is read by its other texts where one word alone could be anything', () => {
    const bytes = bytesOf('ООО', 'windows-1251');
    const body = { bytes: bytesOf('Добрый день! Пришлите, пожалуйста, договор.', 'windows-1251'), declared: null };
    expect(decodePieces([{ bytes, declared: null }, body])[0]?.text).toBe('ООО');
  });

  test('has a subject under a false label, though its body proves that label', () => {
    for (const [declared, charset] of [
      ['koi8-r', 'windows-1251'],
      ['windows-1251', 'koi8-r'],
      ['windows-1251', 'ibm866'],
    ] as const) {
      const texts = [
        'Не приходит код подтверждения',
        'Магазин не принимает оплату картой, покупатели жалуются второй день',
      ];
      const pieces = texts.map((text, at) => ({ bytes: bytesOf(text, at === 0 ? charset : declared), declared }));
      expect(decodePieces(pieces).map(({ text }) => text)).toEqual(texts);
    }
  });

  test('is read by the label of a body in English', () => {
    const subject = { bytes: bytesOf('ИП', 'windows-1251'), declared: null };
    const body = { bytes: Buffer.from('Hello'), declared: 'windows-1251' };
    expect(decodePieces([subject, body])[0]?.text).toBe('ИП');
  });
});

test('capitals and Ё tell Mac Cyrillic and code page 866 apart, whatever the label', () => {
  const texts = [
    'ПРОШУ СРОЧНО ЗАБЛОКИРОВАТЬ КАРТУ, ЕЁ УКРАЛИ',
    'ВСЁ СЛОМАЛОСЬ',
    'ОТЧЁТ ЗА ИЮЛЬ',
    'АРТЁМ КОРОЛЁВ',
    'ЕЩЁ РАЗ',
    'СЧЁТ',
    'ВЕРНЁТЕ ДЕНЬГИ?',
    'МОЁ ИМЯ',
    'ЯНА ЮРЬЕВА',
    'Яна Юрьева',
    'Моё',
    'самолёт',
  ];
  for (const charset of ['x-mac-cyrillic', 'ibm866']) {
    for (const label of [...LIES, 'iso-8859-5', 'windows-1252', 'ibm866']) {
      expect([label, texts.map((text) => textOf(text, charset, label))]).toEqual([label, texts]);
    }
  }
});

describe('a text whose only foreign character is a sign of money', () => {
  const MONEY = [
    'Price 100 €',
    '€ 5',
    'Total: 5.00€',
    '£100',
    'Refund of £20 please',
    '$5 or £4',
    '¥5000',
    'Total 500 ¥',
  ];
  const RUSSIAN = 'Здравствуйте, не работает сайт';

  test('keeps it under a Western label, alone and beside Russian texts', () => {
    for (const charset of ['windows-1251', 'koi8-r', 'ibm866']) {
      for (const text of [...MONEY, '€', '£', '¥']) {
        const pieces = [text, RUSSIAN].map((said, i) => {
          const set = i === 0 ? 'windows-1252' : charset;
          return { bytes: bytesOf(said, set), declared: set };
        });
        expect(decodePieces(pieces).map((piece) => piece.text)).toEqual([text, RUSSIAN]);
        expect(textOf(text, 'windows-1252', 'windows-1252')).toBe(text);
      }
    }
    for (const text of ['Price 100 €', '€', 'EUR/€']) expect(textOf(text, 'iso-8859-15', 'iso-8859-15')).toBe(text);
  });

  test('keeps it at a number without any label, whatever the other texts are in', () => {
    for (const charset of ['windows-1251', 'koi8-r', 'ibm866', 'utf8']) {
      const beside = { bytes: bytesOf(RUSSIAN, charset), declared: charset };
      for (const text of MONEY) {
        const piece = { bytes: bytesOf(text, 'windows-1252'), declared: null };
        expect(decodePieces([piece, beside])[0]?.text).toBe(text);
      }
    }
  });
});

test('letters that only Windows has are read under the label of its brother in ISO 8859', () => {
  for (const [declared, charset, text] of [
    ['iso-8859-2', 'windows-1250', 'Šárka „Žák“ – 100 €'],
    ['iso-8859-9', 'windows-1254', 'Teşekkür ederim – “ışık”'],
    ['iso-8859-7', 'windows-1253', 'Καλημέρα – “σας”'],
    ['iso-8859-15', 'windows-1252', 'it’s déjà vu'],
  ] as const) {
    expect(textOf(text, charset, declared)).toBe(text);
  }
});

describe('a letter whose label is right keeps it', () => {
  const RIGHT: readonly (readonly [string, readonly string[]])[] = [
    [
      'windows-1251',
      ['ООО', 'ЧП', 'Ъ', '№ 5', 'да', 'Здравейте, имам проблем с поръчката', 'Не магу ўвайсці ў кабінет'],
    ],
    ['koi8-r', ['ООО', 'её', 'моё', 'НДС', 'Съешь ещё этих мягких французских булок']],
    ['koi8-u', ['Їжак', 'Дякую, все працює', 'Ґанок']],
    ['ibm866', ['там', 'чек', 'рак', 'ООО']],
    [
      'iso-8859-1',
      ['Grüße aus Köln', 'ÜBERPRÜFUNG', 'à', 'Où êtes-vous ? Très déçu', '¿Qué puedo hacer?', 'São Paulo', 'blåbær'],
    ],
    ['windows-1252', ['“Rückruf” – 100 €', 'it’s naïve']],
    ['iso-8859-2', ['Zażółć gęślą jaźń', 'Příliš žluťoučký kůň', 'żółć']],
    ['windows-1250', ['Proszę o zwrot pieniędzy', 'Árvíztűrő tükörfúrógép']],
    ['windows-1254', ['ışığı', 'Teşekkür ederim, siparişim gelmedi']],
    ['iso-8859-9', ['Şişli', 'İstanbul']],
    ['windows-1253', ['Καλημέρα σας, δεν μπορώ να συνδεθώ', 'ΕΛΛΑΔΑ']],
    ['windows-1255', ['שלום רב, יש לי בעיה']],
    ['gb18030', ['您好，我的订单没有收到', '谢谢']],
    ['big5', ['您好，我的訂單沒有收到']],
    ['shift_jis', ['注文が届きません']],
    ['euc-kr', ['주문이 도착하지 않았습니다']],
  ];
  for (const [charset, texts] of RIGHT) {
    test(charset, () => {
      const decoded = texts.map((text) => one(text, charset, charset));
      expect(decoded.map((piece) => piece?.text)).toEqual(texts);
      expect(decoded.map((piece) => piece?.repaired)).toEqual(texts.map(() => null));
    });
  }

  test('German and French without a label are not turned into Russian', () => {
    for (const text of [
      'Grüße aus Köln',
      'Müller',
      'Ihr Ärger',
      'À bientôt',
      'Très déçu',
      'Señor',
      'São Paulo',
      '80 °C',
    ]) {
      for (const label of [null, 'us-ascii', 'x-unknown']) expect(textOf(text, 'windows-1252', label)).toBe(text);
    }
  });
});

describe('UTF-8', () => {
  test('is recognised under any label', () => {
    for (const label of [...LIES, 'gb2312', 'big5', 'iso-2022-jp']) {
      expect(LETTERS.map((text) => textOf(text, 'utf8', label))).toEqual(LETTERS);
    }
  });

  test('cut inside its last character stays UTF-8', () => {
    const bytes = Buffer.from('Не приходит код подтверждения').subarray(0, -1);
    expect(decodePieces([{ bytes, declared: null }])[0]?.text).toBe('Не приходит код подтверждени\ufffd');
  });

  test('with one broken byte in a long text stays UTF-8', () => {
    const bytes = Buffer.concat([Buffer.from('Прошу перенести доставку'), Buffer.of(0xff), Buffer.from(' на пятницу')]);
    expect(decodePieces([{ bytes, declared: 'utf-8' }])[0]).toMatchObject({
      text: 'Прошу перенести доставку\ufffd на пятницу',
      charset: 'utf-8',
    });
  });

  test('with a footer in windows-1251 keeps both readable', () => {
    const body = Buffer.from('Добрый день!\r\nЗаказ не пришёл — где он?\r\n');
    const footer = bytesOf(
      '--\r\nОтписаться от рассылки можно в личном кабинете.\r\nПисьмо отправлено роботом',
      'windows-1251',
    );
    expect(decodePieces([{ bytes: Buffer.concat([body, footer]), declared: 'utf-8' }])[0]).toEqual({
      text:
        'Добрый день!\r\nЗаказ не пришёл — где он?\r\n' +
        '--\r\nОтписаться от рассылки можно в личном кабинете.\r\nПисьмо отправлено роботом',
      charset: 'utf-8',
      repaired: 'utf-8 with lines in windows-1251',
    });
  });

  test('loses its byte order mark', () => {
    expect(textOf('\ufeffПривет', 'utf8', 'utf-8')).toBe('Привет');
  });
});

describe('text that was UTF-8, was misread and encoded again', () => {
  const misread = (text: string, charset: string): string =>
    [...Buffer.from(text)]
      .map((byte) => {
        const char = bytesAs(byte, charset);
        return char === '\ufffd' ? String.fromCharCode(byte) : char;
      })
      .join('');
  const bytesAs = (byte: number, charset: string): string =>
    charset === 'latin1' ? String.fromCharCode(byte) : iconv.decode(Buffer.of(byte), charset);

  for (const charset of ['windows-1251', 'windows-1252', 'koi8-r', 'cp866', 'latin1', 'macukraine']) {
    test(`as ${charset} is mended`, () => {
      for (const text of [...LETTERS, 'Иван Иванович', 'Re: Счёт №5 — срочно']) {
        expect(textOf(misread(text, charset), 'utf8', 'utf-8')).toBe(text);
      }
    });
  }

  test('is mended where «И» had become a question mark', () => {
    expect(textOf('Р?РІР°РЅ РџРµС‚СЂРѕРІ', 'utf8', 'utf-8')).toBe('Иван Петров');
  });

  test('is mended behind a prefix that was not misread', () => {
    expect(one('Ответ: РџСЂРёРІРµС‚', 'utf8', 'utf-8')).toEqual({
      text: 'Ответ: Привет',
      charset: 'utf-8',
      repaired: 'utf-8 had been read as windows-1251',
    });
  });

  test('is mended where windows-1251 was shown as Western European', () => {
    expect(textOf('Ïðèâåò, êàê äåëà?', 'utf8', 'utf-8')).toBe('Привет, как дела?');
  });

  test('that only looks odd is left alone', () => {
    for (const text of [
      'ГОСТ Р° 5',
      '«Р» и «С»',
      'СЂ',
      '2 × 3 = 6 Â°C',
      'Äöüß',
      'àéèêô',
      'ÄÄÄÄÄÄ',
      'Tromsø ÆØÅ',
      'ÇÖĞÜŞİ',
      '1–5 — да',
    ]) {
      expect(textOf(text, 'utf8', 'utf-8')).toBe(text);
    }
  });
});

describe('the wide encodings', () => {
  for (const charset of ['utf-16le', 'utf-16be', 'utf-32le', 'utf-32be']) {
    test(`${charset} is read with and without a byte order mark or a label`, () => {
      for (const text of ['\ufeffПривет, мир\r\n', 'Привет, мир', 'Hello']) {
        for (const label of [charset, charset.slice(0, 6), null, 'utf-8']) {
          expect(textOf(text, charset, label)).toBe(text.replace('\ufeff', ''));
        }
      }
    });
  }

  test('a label alone does not turn English into Chinese', () => {
    expect(textOf('Click here now!', 'utf8', 'utf-16')).toBe('Click here now!');
  });

  test('UTF-7 is read where it is declared, and nowhere else', () => {
    expect(textOf('Привет', 'utf-7', 'unicode-1-1-utf-7')).toBe('Привет');
    expect(textOf('1 +AGE- 1', 'utf8', 'us-ascii')).toBe('1 +AGE- 1');
  });

  test('ISO-2022-JP proves itself by its escape sequences', () => {
    const bytes = Buffer.from('1b2442467c4b5c386c1b2842', 'hex');
    for (const declared of ['iso-2022-jp', null, '_iso-2022-jp$ESC']) {
      expect(decodePieces([{ bytes, declared }])[0]?.text).toBe('日本語');
    }
  });

  test('ISO-2022-JP with escapes to a set in which nothing stands has no marks of broken letters', () => {
    const bytes = Buffer.from('1b2442467c4b5c1b28421b2442386c1b28421b28421b2442386c1b2842', 'hex');
    expect(decodePieces([{ bytes, declared: 'iso-2022-jp' }])[0]?.text).toBe('日本語語');
  });

  test('ISO-2022-JP that lost its escape sequences is read as what its 8-bit bytes are', () => {
    const text = '次のあて先へのメッセージはエラーのため送信できませんでした。';
    for (const charset of ['euc-jp', 'shift_jis']) expect(textOf(text, charset, 'iso-2022-jp')).toBe(text);
  });
});

describe('charset labels', () => {
  test.each([
    [
      'windows-1251',
      ['cp-1251', 'win1251', 'windows-1251_', 'CP1251', '"Windows-1251"', 'ansi-1251', ' 1251 ', 'x-cp1251'],
    ],
    ['koi8-r', ['koi8r', 'KOI8_R', 'KOI-8-R', 'koi8', 'cskoi8r', "'koi8-r'"]],
    ['koi8-u', ['koi8u', 'koi8-ru']],
    ['iso-8859-5', ['iso8859-5', 'ISO_8859-5:1988', 'cyrillic']],
    ['ibm866', ['cp866', 'CP-866', '866', 'dos-866']],
    ['x-mac-cyrillic', ['maccyrillic', 'mac-cyrillic', 'x-mac-ukrainian']],
    ['utf-8', ['utf8', 'UTF_8', 'unicode-1-1-utf-8', 'utf-8*ru']],
    ['us-ascii', ['ANSI_X3.4-1968', 'ascii']],
    ['iso-8859-1', ['ISO-8859-1:1987', 'latin1']],
    ['gb18030', ['gb2312', 'GBK', 'cp936']],
  ])('%s in all its spellings', (name, spellings) => {
    expect(spellings.map(canonicalCharset)).toEqual(spellings.map(() => name));
  });

  test('that are attacks or nothing name no charset', () => {
    const labels = [
      '',
      'null',
      'base64',
      'hex',
      'ucs2',
      'binary',
      'internal',
      '__proto__',
      'constructor',
      'x-unknown',
      '../utf8.js\0',
    ];
    expect([...labels, 'utf-8'.repeat(2000)].map(canonicalCharset)).toEqual([...labels, ''].map(() => null));
  });

  test('of an attack leave the text as it is', () => {
    expect(textOf('68656c6c6f', 'utf8', 'hex')).toBe('68656c6c6f');
    expect(textOf('Прошу помочь', 'windows-1251', '__proto__')).toBe('Прошу помочь');
  });

  test('are read from HTML', () => {
    expect(metaCharset(Buffer.from('<html><head><META charset=koi8-r>'))).toBe('koi8-r');
    expect(metaCharset(Buffer.from('<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">'))).toBe(
      'windows-1251',
    );
    expect(metaCharset(Buffer.from('<p>charset=koi8-r</p>'))).toBeNull();
    expect(metaCharset(Buffer.from('<meta '.repeat(200_000)))).toBeNull();
  });
});

describe('an admin', () => {
  test('reads a letter in a charset of their choice', () => {
    expect(decodeAs(bytesOf('Привет', 'koi8-r'), 'KOI8R')).toBe('Привет');
  });

  test('is told when there is no such charset', () => {
    expect(() => decodeAs(Buffer.from('x'), 'klingon')).toThrow(RangeError);
  });
});

test('bytes of any kind never stop the decoder', () => {
  let seed = 1;
  const random = () => (seed = (seed * 48271) % 2147483647);
  for (let i = 0; i < 300; i++) {
    const bytes = Uint8Array.from({ length: random() % 60 }, () => random() % 256);
    for (const declared of [null, 'utf-8', 'utf-16', 'utf-7', 'gb2312', 'iso-2022-jp', 'koi8-r']) {
      expect(typeof decodePieces([{ bytes, declared }])[0]?.text).toBe('string');
    }
  }
});

// Charset labels (RFC 2045 §5.1, IANA registry) under every spelling that mailers invent -> one canonical name, and the
// decoder behind that name. Only names of this table ever reach a decoder: `base64`, `hex`, `internal` are none.

import iconv from 'iconv-lite';

/** Windows, DOS, Mac and ISO code page numbers, as in labels like `cp-1251` and in TNEF -> canonical name. */
const CODE_PAGES: Readonly<Record<string, string>> = {
  437: 'ibm437',
  737: 'ibm737',
  775: 'ibm775',
  850: 'ibm850',
  852: 'ibm852',
  855: 'ibm855',
  857: 'ibm857',
  858: 'ibm858',
  860: 'ibm860',
  861: 'ibm861',
  862: 'ibm862',
  863: 'ibm863',
  864: 'ibm864',
  865: 'ibm865',
  866: 'ibm866',
  869: 'ibm869',
  1125: 'ibm1125',
  874: 'windows-874',
  932: 'shift_jis',
  936: 'gb18030',
  949: 'euc-kr',
  950: 'big5',
  1200: 'utf-16le',
  1201: 'utf-16be',
  1250: 'windows-1250',
  1251: 'windows-1251',
  1252: 'windows-1252',
  1253: 'windows-1253',
  1254: 'windows-1254',
  1255: 'windows-1255',
  1256: 'windows-1256',
  1257: 'windows-1257',
  1258: 'windows-1258',
  10000: 'macintosh',
  10007: 'x-mac-cyrillic',
  10017: 'x-mac-cyrillic',
  12000: 'utf-32le',
  12001: 'utf-32be',
  20127: 'us-ascii',
  20866: 'koi8-r',
  20932: 'euc-jp',
  20936: 'gb18030',
  21866: 'koi8-u',
  28591: 'iso-8859-1',
  28592: 'iso-8859-2',
  28593: 'iso-8859-3',
  28594: 'iso-8859-4',
  28595: 'iso-8859-5',
  28596: 'iso-8859-6',
  28597: 'iso-8859-7',
  28598: 'iso-8859-8',
  28599: 'iso-8859-9',
  28603: 'iso-8859-13',
  28605: 'iso-8859-15',
  38598: 'iso-8859-8',
  50220: 'iso-2022-jp',
  50221: 'iso-2022-jp',
  50222: 'iso-2022-jp',
  51932: 'euc-jp',
  51936: 'gb18030',
  51949: 'euc-kr',
  54936: 'gb18030',
  65000: 'utf-7',
  65001: 'utf-8',
};

/** Other names, letters and digits only -> canonical name. */
const SPELLINGS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'utf-8': 'utf8 utf8n utf8mb4 utf8bom xutf8 unicode11utf8 unicode20utf8 xunicode20utf8',
    'utf-7': 'utf7 xutf7 unicode11utf7 unicode20utf7 xunicode20utf7 csunicode11utf7',
    'utf-16': 'utf16 unicode csunicode',
    'utf-16le': 'utf16le unicodelittle unicodefeff',
    'utf-16be': 'utf16be unicodebig unicodefffe',
    'utf-32': 'utf32',
    'utf-32le': 'utf32le',
    'utf-32be': 'utf32be',
    'us-ascii': 'ascii usascii ansix341968 iso646us iso646irv us csascii isoir6 7bit',
    'windows-1251': 'mswin1251 mscyrl ansicyrillic wincyrillic windowscyrillic',
    'koi8-r': 'koi8 koi8r koi xkoi8 xkoi8r cskoi8r koi8rus',
    'koi8-u': 'koi8u xkoi8u koi8ru xkoi8ru koi8unified',
    'iso-8859-5': 'cyrillic csisolatincyrillic isoir144',
    ibm866: 'csibm866 doscyrillic dosrussian alt',
    'x-mac-cyrillic':
      'xmaccyrillic maccyrillic macintoshcyrillic xmacukrainian macukrainian xmacukraine macukraine maccy',
    macintosh: 'macintosh mac xmacroman macroman csmacintosh xmacintosh',
    'iso-8859-1': 'latin1 l1 isolatin1 csisolatin1 isoir100 xlatin1 westerneuropean',
    'windows-1252': 'ansi winlatin1 msansi xansi',
    'iso-8859-2': 'latin2 l2 isolatin2 csisolatin2 isoir101',
    'iso-8859-3': 'latin3 l3 csisolatin3 isoir109',
    'iso-8859-4': 'latin4 l4 csisolatin4 isoir110',
    'iso-8859-6': 'arabic ecma114 asmo708 csisolatinarabic isoir127',
    'iso-8859-7': 'greek greek8 ecma118 elot928 csisolatingreek isoir126',
    'iso-8859-8': 'hebrew visual logical csisolatinhebrew isoir138',
    'iso-8859-9': 'latin5 l5 turkish csisolatin5 isoir148',
    'iso-8859-10': 'latin6 l6 csisolatin6 isoir157',
    'iso-8859-13': 'latin7 l7',
    'iso-8859-14': 'latin8 l8',
    'iso-8859-15': 'latin9 l9 csisolatin9',
    'iso-8859-16': 'latin10 l10',
    'windows-874': 'tis620 tis6200 tis62025330 thai',
    gb18030: 'gb2312 gb231280 gbk xgbk gb18030 csgb2312 chinese euccn xeuccn isoir58 gb csiso58gb231280',
    big5: 'big5 big5hkscs cnbig5 xxbig5 csbig5 big5eten',
    shift_jis: 'shiftjis sjis xsjis csshiftjis mskanji windows31j ms932',
    'euc-jp': 'eucjp xeucjp xeuc cseucpkdfmtjapanese',
    'iso-2022-jp': 'iso2022jp csiso2022jp iso2022jp1 iso2022jp2 iso2022jpms jis',
    'euc-kr': 'euckr cseuckr ksc5601 ksc56011987 ksc56011989 korean uhc ms949 isoir149',
    viscii: 'viscii csviscii',
    tcvn: 'tcvn tcvn5712',
    'armscii-8': 'armscii8',
    'koi8-t': 'koi8t',
    'georgian-ps': 'georgianps',
    rk1048: 'rk1048 kz1048 strk10482002',
  }).flatMap(([name, spellings]) => spellings.split(' ').map((spelling): [string, string] => [spelling, name])),
);

const NUMBERED =
  /^(?:x|cs|ms)?(?:windowscp|windows|window|win|ansicp|ansi|microsoftcp|cp|ibm|dos|oem|codepage)?(\d{3,5})$/;
const ISO_8859 = /^(?:x|cs)?iso(?:ir)?8859(1[0-6]|[1-9])[ei]?$/;
/** Longest label that is looked at: the longest true one is half of it, attacks have 10 kB. */
const LABEL_CHARS = 64;

/** Every name that the tables give. */
const CANONICAL: ReadonlySet<string> = new Set([...Object.values(CODE_PAGES), ...SPELLINGS.values()]);

/**
 * The canonical name of a charset label as letters carry it: case, quotes, dashes, a language (RFC 2231 §5) or a year
 * behind it do not matter. Null where no decoder stands behind the label: unknown, empty, or an attack.
 */
export function canonicalCharset(label: string): string | null {
  // Most letters, and every question of our own, name a charset as the table does.
  if (CANONICAL.has(label)) return label;
  if (label.length > LABEL_CHARS) return null;
  const key = (label.toLowerCase().split(/[*:]/, 1)[0] ?? '').replace(/[^a-z0-9]+/g, '');
  const iso = ISO_8859.exec(key)?.[1];
  if (iso) return iso === '11' ? 'windows-874' : iso === '12' ? null : `iso-8859-${iso}`;
  const page = NUMBERED.exec(key)?.[1];
  return SPELLINGS.get(key) ?? (page ? charsetOfCodePage(Number(page)) : null);
}

/** The canonical name of a Windows code page number (TNEF, RTF), or null. */
export function charsetOfCodePage(page: number): string | null {
  return Object.hasOwn(CODE_PAGES, page) ? (CODE_PAGES[page] ?? null) : null;
}

/** Where ISO 8859 has controls Windows has quotes and letters (WHATWG Encoding §4.2 for the first and the ninth part). */
const WINDOWS_OF_ISO: Readonly<Record<string, string>> = {
  'iso-8859-2': 'windows-1250',
  'iso-8859-4': 'windows-1257',
  'iso-8859-7': 'windows-1253',
  'iso-8859-8': 'windows-1255',
  'iso-8859-9': 'windows-1254',
  'iso-8859-13': 'windows-1257',
  'iso-8859-15': 'windows-1252',
};

/** The set of Windows that is meant by a part of ISO 8859 where bytes are in use that are controls in it; else the set itself. */
export function windowsOf(charset: string, bytes: Uint8Array): string {
  const windows = WINDOWS_OF_ISO[charset];
  return windows !== undefined && bytes.some((byte) => byte >= 0x80 && byte < 0xa0) ? windows : charset;
}

/** Canonical names that iconv-lite knows by another one. Latin-1 letters come from Windows (WHATWG Encoding §4.2). */
const ICONV: Readonly<Record<string, string>> = {
  'us-ascii': 'windows-1252',
  'iso-8859-1': 'windows-1252',
  'x-mac-cyrillic': 'macukraine',
  big5: 'big5-hkscs',
  'armscii-8': 'armscii8',
  'georgian-ps': 'georgianps',
};

const SEVERAL_BYTES = /^(?:utf-|gb18030$|big5$|shift_jis$|euc-|iso-2022-)/;
const tables = new Map<string, Uint16Array>();

/** The characters of a single-byte charset by byte, made once by iconv-lite; its own loop takes three times as long. */
function tableOf(name: string): Uint16Array {
  const known = tables.get(name);
  if (known) return known;
  const table = Uint16Array.from({ length: 256 }, (_, byte) =>
    iconv.decode(Buffer.of(byte), ICONV[name] ?? name).charCodeAt(0),
  );
  tables.set(name, table);
  return table;
}

/** Node runs on little-endian machines, whose UTF-16 in memory is `utf16le`. */
function fromTable(bytes: Uint8Array, table: Uint16Array): string {
  const units = new Uint16Array(bytes.length);
  for (let at = 0; at < bytes.length; at++) units[at] = table[bytes[at] ?? 0] ?? 0xfffd;
  return Buffer.from(units.buffer).toString('utf16le');
}

const ESCAPE = '\u001b(?:\\([BJI]|\\$[@B])';
const IDLE_ESCAPES = new RegExp(`(?:${ESCAPE})+(?=${ESCAPE})`, 'g');

/** ISO-2022-JP without escapes to a set in which nothing stands, as joined texts have them: the platform takes them for an attack. */
function withoutIdleEscapes(bytes: Buffer): Buffer {
  return Buffer.from(bytes.toString('latin1').replace(IDLE_ESCAPES, ''), 'latin1');
}

/**
 * The text of bytes in a charset, chosen by a person or by `decodePieces`; any spelling of its name is taken.
 * What can't be decoded becomes U+FFFD. Throws RangeError where the charset is unknown.
 */
export function decodeAs(bytes: Uint8Array, charset: string): string {
  const name = canonicalCharset(charset);
  if (name === null) throw new RangeError(`unknown charset: ${charset.slice(0, LABEL_CHARS)}`);
  if (!SEVERAL_BYTES.test(name)) return fromTable(bytes, tableOf(name));
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // iconv-lite has no ISO-2022 at all.
  if (name === 'iso-2022-jp') return new TextDecoder(name).decode(withoutIdleEscapes(buffer));
  if (name === 'utf-8') return buffer.toString('utf8').replace(/^\ufeff/, '');
  return iconv.decode(buffer, ICONV[name] ?? name);
}

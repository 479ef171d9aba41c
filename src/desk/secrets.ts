// Passwords and access data that customers write into letters (§5.6 of the regulation): FTP, RDP, panels. Text in; the same
// text with the secret words covered out. Told by what stands before them, in Russian and English; a word is covered when
// in doubt about a password, and left when it is prose: «пароль не подходит», "password reset link".

/** What a secret is covered with: the length tells nothing. */
export const COVER = '••••••';

export interface Covered {
  readonly text: string;
  /** Whether something was covered. */
  readonly covered: boolean;
}

const NOUN =
  '(?:парол(?:ь|и|я|ем)|пасс?ворд|пасс|пин-?код|код доступа|секретный ключ|ключ api|api[ -]?ключ|passwords?|passwd|passphrase|pass|pwd|pw|psw|api[ _-]?key|secret(?:[ _-]?key)?|access[ _-]?key|token|токен)';
const LOGIN = '(?:логин|login|user(?:name)?|юзер|имя пользователя|пользователь|уч[её]тка|уч[её]тная запись)';
/** Stands before a word that is none of its own: «пароль», but not «парольная», "pass" but not "bypass". */
const START = '(?<![\\p{L}\\p{N}_-])';
/** «пароль от админки (новый): …», "password for ftp = …". */
const AFTER_NOUN = '(?:[ \\t]{1,3}\\(?[\\p{L}\\p{N}./-]{1,20}\\)?){0,5}';
const SIGN = '[ \\t]*(?:[:=：]|[ \\t][-–—][ \\t]|[ \\t]is[ \\t])[ \\t]*';

const IN_URL = /([a-z][a-z0-9+.-]{1,15}:\/\/[^\s:/@]{1,100}:)(\S{1,200})(?=@[\w[])/giu;
const PAIR = new RegExp(
  `${START}${LOGIN}[ \\t]*(?:[/\\\\|,&:-]|и|and)[ \\t]*${NOUN}${AFTER_NOUN}(?:${SIGN}|[ \\t]+)(\\S.{0,200})`,
  'iu',
);
const SIGNED = new RegExp(`${START}${NOUN}(?![\\p{L}\\p{N}])${AFTER_NOUN}${SIGN}(\\S.{0,400})`, 'iu');
const BARE = new RegExp(`${START}${NOUN}[ \\t]{1,8}(\\S{4,100})`, 'iu');
/** What a password is for; lines under such a line are its access data. */
const ACCESS =
  /(?<![\p{L}\p{N}])(?:s?ftp|ftps|фтп|ssh|rdp|рдп|vpn|vnc|teamviewer|anydesk|энидеск|cpanel|isp ?manager|phpmyadmin|mysql|mssql|хостинг\p{L}{0,3}|админ\p{L}{0,6}|панел\p{L}{1,2}|доступ\p{L}{0,2}|удал[её]нн\p{L}{2,3} (?:рабоч\p{L}{2,3} )?стол\p{L}{0,2}|remote desktop|access|credentials|hosting|admin(?: panel)?|control panel)(?![\p{L}\p{N}])/iu;
const HEADING_CHARS = 90;
const BLOCK_LINES = 6;

/** Covers the secrets of a text. */
export function coverSecrets(text: string): Covered {
  const done = text.split('\n').map(coverer()).join('\n');
  return { text: done, covered: done !== text };
}

/** Covers the lines of one text, given one after another: what a line holds may depend on those before it. */
export function coverer(): (line: string) => string {
  let block = 0;
  let column = -1;
  return (line) => {
    const cells = cellsOf(line);
    if (cells.length > 1 && column >= 0 && cells.length > column) return inColumn(line, cells, column);
    column = cells.length > 1 ? headOf(cells) : -1;
    if (column >= 0) return line;
    const access = line.length <= HEADING_CHARS && ACCESS.test(line);
    if (access) block = BLOCK_LINES;
    else if (block > 0) block = isProse(line) || line.trim() === '' ? after(block, line) : block - 1;
    return covered(line, access || block > 0, access);
  };
}

/** One empty line may stand between a heading and its data; a sentence ends it. */
const after = (block: number, line: string): number => (line.trim() === '' && block === BLOCK_LINES ? block : 0);

function covered(line: string, inBlock: boolean, heading: boolean): string {
  const safe = line.replace(IN_URL, `$1${COVER}`);
  const pair = PAIR.exec(safe);
  if (pair?.[1] !== undefined) return put(safe, pair, secondOf(pair[1]));
  const signed = SIGNED.exec(safe);
  if (signed?.[1] !== undefined) return put(safe, signed, secretOf(signed[1]));
  const bare = BARE.exec(safe);
  if (bare?.[1] !== undefined && (isStrong(bare[1]) || (inBlock && /\d/.test(bare[1]))))
    return put(safe, bare, bare[1]);
  if (!inBlock) return safe;
  return heading ? tailOf(safe) : coverStrong(safe);
}

/** Covers `secret`, which stands within the first group of the match. */
function put(line: string, match: RegExpExecArray, secret: string | null): string {
  if (secret === null || secret === COVER) return line;
  const from = match.index + match[0].length - (match[1] ?? '').length;
  const at = line.indexOf(secret, from);
  return at < 0 ? line : `${line.slice(0, at)}${COVER}${line.slice(at + secret.length)}`;
}

/** `admin / Qwerty1`, `admin:Qwerty1`, `admin, Qwerty1`: the second of two, or all of one. */
function secondOf(value: string): string | null {
  const words = value
    .trim()
    .split(/[\s,;|]+|(?<=\S)[/:](?=\S)/u)
    .filter((word) => /[\p{L}\p{N}]/u.test(word));
  const [first, second] = words;
  if (second !== undefined) return isWord(second) && words.length > 3 ? null : second;
  return first === undefined || isWord(first) ? null : first;
}

/** The word behind «пароль:»; null for prose. A word that stands alone there is a secret unless it says that there is none. */
function secretOf(value: string): string | null {
  const [first = '', ...rest] = value.trim().split(/[\s,;|]+/u);
  if (first === '' || /^https?:\/\//i.test(first)) return null;
  if (isStrong(first) || /^\d{3,}$/.test(first)) return first;
  const alone = rest.every((word) => word === '' || new RegExp(`^(?:${LOGIN}|${NOUN}|хост|host)`, 'iu').test(word));
  return alone && !NO_SECRET.test(first) ? first : null;
}

const NO_SECRET =
  /^(?:забыл[аи]?|нет|нету|неизвест\p{L}+|неверн\p{L}+|утерян\p{L}*|сменил[аи]?|сброс\p{L}*|прежний|стар\p{L}{2}|нов\p{L}{2}|тот|пуст\p{L}*|без|none|no|unknown|forgotten|lost|wrong|reset|changed|same|empty|n\/a)[.!?]*$/iu;

/** Letters of one kind and small: a word of prose. */
const isWord = (word: string): boolean => /^\p{Lu}?\p{Ll}*[.,!?:;)]*$/u.test(word);

/** Latin with digits or signs in it, as no word of prose has. */
function isStrong(token: string): boolean {
  const word = token.replace(/[.,;:!?)»"]+$/u, '');
  if (word.length < 4 || /^[^\s@]+@[\w-]+(?:\.[\w-]+)+$/u.test(word) || isPlace(word)) return false;
  return (/[A-Za-z]/.test(word) && /[0-9!@#$%^&*?~+=]/.test(word)) || (/\d/.test(word) && /[!@#$%^&*?~]/.test(word));
}

/** A host, an address of the net, a path or a page. */
const isPlace = (word: string): boolean =>
  /^(?:[a-z]+:\/\/|\/|www\.)/i.test(word) || /^[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:\/\S*)?$/u.test(word);

/** `RDP 203.0.113.7:3389 Administrator Qwe!23`, `ftp: ftp.shop.example admin secret`: the word behind place and login. */
function tailOf(line: string): string {
  const words = line.trim().split(/[\s,;|]+/u);
  const place = words.findIndex(isPlace);
  const [login, secret, ...more] = place < 0 ? [] : words.slice(place + 1);
  if (login === undefined) return line;
  if (secret === undefined)
    return login.includes(':') ? line.replace(login, `${login.split(':')[0]}:${COVER}`) : coverStrong(line);
  if (more.length > 0 || /^[(«"]/.test(login)) return coverStrong(line);
  const at = line.lastIndexOf(secret);
  return `${line.slice(0, at)}${COVER}${line.slice(at + secret.length)}`;
}

const coverStrong = (line: string): string =>
  line.replace(/\S+/gu, (word) => (isStrong(word) && !/^(?:id|ip|v)\d/i.test(word) ? COVER : word));

const isProse = (line: string): boolean => line.length > HEADING_CHARS || line.trim().split(/\s+/).length > 7;

/** `host | login | password`: cells between tabs or bars. */
const cellsOf = (line: string): readonly string[] => (/[\t|]/.test(line) ? line.split(/[\t|]/) : [line]);

/** Which column of a table's head is the password's. */
function headOf(cells: readonly string[]): number {
  const noun = new RegExp(`^\\s*${NOUN}\\s*$`, 'iu');
  return cells.filter((cell) => /^[\s\p{L}./-]*$/u.test(cell)).length === cells.length
    ? cells.findIndex((cell) => noun.test(cell))
    : -1;
}

function inColumn(line: string, cells: readonly string[], column: number): string {
  const secret = (cells[column] ?? '').trim();
  if (secret === '' || /^[-–—:]+$/.test(secret)) return line;
  const before = cells.slice(0, column).join(' ').length + (column > 0 ? 1 : 0);
  const at = line.indexOf(secret, before);
  return `${line.slice(0, at)}${COVER}${line.slice(at + secret.length)}`;
}

// What happened to a letter of the desk's, by chance but from a seed: who it was written to, who was not reached, which host
// reports, and why. Servers are asked to word it (servers-*.ts); the truth of the report is here.

/** A reproducible stream of numbers. */
export type Random = (below: number) => number;

/** Mulberry32: small, and good enough to choose sentences by. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * below);
  };
}

export interface Reason {
  readonly code: string;
  readonly status: string;
  readonly words: string;
}

export interface Circumstance {
  readonly random: Random;
  readonly pick: <T>(...of: readonly T[]) => T;
  readonly chance: (percent: number) => boolean;
  /** Whom the desk wrote to and who was not reached. */
  readonly lost: readonly string[];
  /** Who else the letter went to, and got it. */
  readonly reached: readonly string[];
  /** Where the mailbox of a lost address forwards to. */
  readonly forwardsTo: (address: string) => string;
  readonly relay: string;
  readonly mx: string;
  readonly ip: string;
  /** Whom to ask, at the reporting host. */
  readonly contact: string;
  readonly reason: Reason;
  readonly our: { readonly address: string; readonly id: string; readonly subject: string; readonly text: string };
  readonly date: string;
}

const NAMES = ['anna', 'o.sidorova', 'zakaz', 'ivan.petrov', 'buh_2', 'shop+kassa', 'D.Kuznetsov', 'info', 'k-lebedev'];
const HOSTS = ['client.example', 'kassa-luch.example', 'dead-shop.example', 'torg.spb.example', 'Roga-Kopyta.example'];
const RELAYS = ['relay.example', 'mx7.hoster.example', 'out-3.mail.provider.example', 'gate.firma.example'];
const SUBJECTS = [
  'Re: [#10429] корзина',
  'Re: [#20877] Касса не открывает смену',
  'Re: [#10031] licence key',
  'Re: [#10042] заказы после обновления',
];
const TEXTS = [
  'Здравствуйте!\n\nОбновите модуль оплаты до версии 4.2, ключ пришлите на keys@desk.example.\n\n> Письма с сайта не уходят на boss@other.example\n',
  'Hello,\n\nplease try the settings again and write to helper@desk.example.\n\n> 550 5.7.1 was what sales@third.example got\n',
  'Добрый день, передали разработчикам.\n',
];
export const FAILURES: readonly Reason[] = [
  { code: '550', status: '5.1.1', words: 'User unknown' },
  { code: '550', status: '5.1.1', words: 'No such user here' },
  { code: '552', status: '5.2.2', words: 'Mailbox full' },
  { code: '554', status: '5.7.1', words: 'Message rejected under suspicion of SPAM' },
  { code: '550', status: '5.4.1', words: 'Recipient address rejected: Access denied' },
];

export function circumstance(random: Random): Circumstance {
  const pick = <T>(...of: readonly T[]): T => of[random(of.length)] as T;
  const chance = (percent: number) => random(100) < percent;
  const host = pick(...HOSTS);
  const names = [...NAMES].sort(() => random(3) - 1);
  const lost = names.slice(0, chance(70) ? 1 : 2 + random(2)).map((name) => `${name}@${host}`);
  const reached = chance(25) ? [`${names.at(-1)}@${host}`] : [];
  const relay = pick(...RELAYS);
  const ip = `192.0.2.${1 + random(250)}`;
  return {
    random,
    pick,
    chance,
    lost,
    reached,
    forwardsTo: (address) => `${address.slice(0, address.indexOf('@')).toLowerCase()}.home@private.example`,
    relay,
    mx: `mx.${host.toLowerCase()}`,
    ip,
    contact: pick(`postmaster@${relay}`, `support@${relay}`, 'helpdesk@isp.example', `abuse@${host.toLowerCase()}`),
    reason: pick(...FAILURES),
    our: {
      address: 'support@desk.example',
      id: `kvitok.answer.${10000 + random(9999)}.q${random(1e9).toString(36)}.${random(1e9).toString(16)}@kvitok.desk.example`,
      subject: pick(...SUBJECTS),
      text: pick(...TEXTS),
    },
    date: `Tue, 0${1 + random(9)} Mar 2026 1${random(10)}:0${random(10)}:00 +0300`,
  };
}

/** What a server makes of it. */
export interface Draft {
  readonly from: string;
  readonly subject: string;
  /** The words above the letter that is given back. */
  readonly text: string;
  readonly action: 'failed' | 'delayed';
  /** What stands between the words and the letter where that is in the text. */
  readonly marker?: string;
  /** How the letter comes back: as a part, its header as a part, in the text, or not at all. */
  readonly returned: 'part' | 'headers' | 'text' | 'none';
  /** Fields of the machine-readable part for each recipient, or null where the server writes none. */
  readonly groups?: readonly string[] | undefined;
  readonly headers?: readonly string[];
  readonly html?: boolean;
}

export type Server = (c: Circumstance) => Draft;

/** A group of RFC 3464 by the book. */
export const groupsOf = (c: Circumstance, action: 'failed' | 'delayed'): readonly string[] =>
  c.lost.map((address) =>
    [
      `Final-Recipient: rfc822; ${address}`,
      `Action: ${action}`,
      `Status: ${action === 'delayed' ? '4.4.1' : c.reason.status}`,
      `Remote-MTA: dns; ${c.mx}`,
      `Diagnostic-Code: smtp; ${action === 'delayed' ? '451 4.4.1' : `${c.reason.code} ${c.reason.status}`} ${c.reason.words}`,
    ].join('\n'),
  );

// What mail clients make of an address or a Message-ID that they quote: each takes it as it is and gives it as it arrives.

import type { Chance } from './shuffled.ts';

export type Mangle = (secret: string, chance: Chance) => string;

const broken =
  (between: string): Mangle =>
  (secret, chance) => {
    const at = 1 + chance.upTo(secret.length - 1);
    return `${secret.slice(0, at)}${between}${secret.slice(at)}`;
  };

export const MANGLED: readonly Mangle[] = [
  (secret) => secret,
  (secret) => secret.toUpperCase(),
  (secret) => secret.replace('+', '%2B').replace('@', '%40'),
  (secret) => secret.replace('+', '&#43;').replace('@', '&#x40;'),
  (secret) => secret.replace('@', '&amp;commat;'),
  (secret) => secret.replace('@', '=40').replace('+', '=2B'),
  (secret) => `href=3D"mailto:${secret}"`,
  (secret) => `<mailto:${secret}>`,
  (secret) => `**${secret}**`,
  (secret) => secret.replace('+', '\\+').replace('@', '＠'),
  broken('\n'),
  broken('\r\n> '),
  broken('=\n'),
  broken('\n>> '),
  broken('\n| '),
  broken('\nИП> '),
  broken('&nbsp;'),
  broken('\u00ad'),
  broken('\u200b'),
  broken('&shy;'),
  broken('<wbr>'),
  (secret) => [...secret].join('\u200d'),
  (secret) => secret.replace(/.{9}/g, '$&\n'),
];

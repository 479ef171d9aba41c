// Scores the reading of bounces over letters made from a seed: who is told of as not reached, and whether a letter that is
// none is taken for one.

import { classify } from '../../../src/classify/classify.ts';
import { readReport } from '../../../src/classify/delivery-report.ts';
import { decode } from '../../../src/decode/decode.ts';
import { circumstance, type Draft, randomFrom, type Server } from './circumstance.ts';
import { bytesOf, WAYS } from './letters.ts';
import { letterOf, WRITERS, type Writer } from './people.ts';

const OURS = {
  addresses: new Set(['support@desk.example']),
  messageIdHost: 'kvitok.desk.example',
  groups: new Set<string>(),
  forms: new Map<string, string | null>(),
};
const NOT_TOLD = { from: null, to: [] };

/** Senders that look like a person's: a robot of a gateway whose From says nothing of a mail system. */
const PLAIN = ['Gateway_AntiVirus@%', 'mail.robot@%', 'Почта <mail@%>', 'exchange01@%', 'it-service@%'];

export interface Fault {
  readonly what: 'missed' | 'recipients' | 'action' | 'original' | 'false';
  readonly kind: string;
  readonly way: string;
  readonly said: string;
  readonly bytes: Uint8Array;
}

export interface Score {
  readonly letters: number;
  readonly faults: readonly Fault[];
}

const same = (one: readonly string[], other: readonly string[]) =>
  one.length === other.length &&
  one.every((address) => other.some((its) => its.toLowerCase() === address.toLowerCase()));

function read(bytes: Uint8Array) {
  const message = decode(bytes);
  const { kind } = classify({ message, envelope: NOT_TOLD }, OURS);
  return kind === 'delivery-report' ? readReport(message, NOT_TOLD) : null;
}

/** Bounces of the servers given, `rounds` of each by each way. */
export function scoreBounces(servers: Readonly<Record<string, Server>>, seed: number, rounds: number): Score {
  const random = randomFrom(seed);
  const faults: Fault[] = [];
  let letters = 0;
  for (const [kind, server] of Object.entries(servers)) {
    for (const way of WAYS) {
      for (let round = 0; round < rounds; round++) {
        const c = circumstance(random);
        const draft = server(c);
        // What answers under the desk's own subject does so in the name of a postmaster.
        const plain = !draft.subject.startsWith('Re:') && c.chance(25);
        const sender = plain
          ? { from: c.pick(...PLAIN).replace('%', c.relay), path: c.pick(`robot@${c.relay}`, null) }
          : { from: draft.from, path: c.pick('', '', null) };
        const bytes = bytesOf(c, draft, sender, way);
        const report = read(bytes);
        letters++;
        const fault = (what: Fault['what'], said: unknown) =>
          faults.push({ what, kind, way: `${way}${plain ? ' plain' : ''}`, said: `${said} for ${c.lost}`, bytes });
        if (report === null) fault('missed', null);
        else if (!same(report.recipients, c.lost)) fault('recipients', report.recipients);
        else if (report.action !== draft.action) fault('action', report.action);
        else if (report.original.messageId !== null && report.original.messageId !== c.our.id)
          fault('original', report.original.messageId);
      }
    }
  }
  return { letters, faults };
}

/** Letters that are no bounces, `rounds` of each writer about each server's announcement. */
export function scorePeople(
  servers: Readonly<Record<string, Server>>,
  seed: number,
  rounds: number,
  writers: Readonly<Record<string, Writer>> = WRITERS,
): Score {
  const random = randomFrom(seed);
  const faults: Fault[] = [];
  let letters = 0;
  for (const [kind, writer] of Object.entries(writers)) {
    for (const [name, server] of Object.entries(servers)) {
      for (let round = 0; round < rounds; round++) {
        const c = circumstance(random);
        const draft: Draft = server(c);
        const bytes = letterOf(c, writer(c, draft));
        letters++;
        const report = read(bytes);
        if (report) faults.push({ what: 'false', kind, way: name, said: report.recipients.join(), bytes });
      }
    }
  }
  return { letters, faults };
}

/** Faults of a kind in percent of the letters. */
export const share = ({ letters, faults }: Score, ...what: readonly Fault['what'][]): number =>
  (100 * faults.filter((fault) => what.includes(fault.what)).length) / letters;

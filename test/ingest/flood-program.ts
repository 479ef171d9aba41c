// A process of its own that reads the worst letters of each transfer decoder in threads, each followed by a good one, and
// prints how long the slowest good letter waited, how many were read, and the most memory that the process ever held.

import { REGULATION } from '../../src/attachments/policy.ts';
import { PROVE_NOTHING } from '../../src/ingest/prove.ts';
import { openReaders } from '../../src/ingest/readers.ts';

/** What the whole letter is filled with, and what stands before it. */
const WORST: readonly (readonly [encoding: string, filling: string, opening?: string])[] = [
  ['base64', 'A\n'],
  ['base64', '= '],
  ['base64', `${'QUJD'.repeat(20)}\n`, 'A!\n'],
  ['quoted-printable', '='],
  ['quoted-printable', '=\n'],
  ['quoted-printable', '= x \n'],
  ['x-uuencode', '!\n', 'begin 644 a\n'],
  ['x-uuencode', '_\n', 'begin 644 a\n'],
  ['x-uuencode', '\n', 'begin 644 a\n'],
  ['x-uuencode', 'begin 644 a\n'],
];
const TYPES = ['text/plain', 'text/html', 'application/octet-stream'];

const ours = {
  addresses: new Set<string>(),
  messageIdHost: 'kvitok.desk.example',
  groups: new Set<string>(),
  forms: new Map<string, string | null>(),
};
const readers = openReaders({ ours, proof: PROVE_NOTHING, policy: REGULATION });

function read(size: number, load: () => Uint8Array): Promise<unknown> {
  return readers.read({ envelope: { from: null, to: [] }, receivedAt: 7, size, oversize: null, silent: null }, load);
}

let peak = 0;
const watch = setInterval(() => {
  peak = Math.max(peak, process.memoryUsage.rss());
}, 10);

let waited = 0;
let good = 0;
for (const [i, [encoding, filling, opening = '']] of WORST.entries()) {
  const head = `Content-Type: ${TYPES[i % TYPES.length]}\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n${opening}`;
  const size = Number(process.argv[2]);
  const bad = read(size, () => {
    const letter = Buffer.alloc(size, filling);
    letter.write(head);
    return letter;
  }).catch(() => null);
  const begun = performance.now();
  await read(30, () => Uint8Array.from(Buffer.from('Subject: good\r\n\r\nwords\r\n')));
  good++;
  waited = Math.max(waited, performance.now() - begun);
  await bad;
}
clearInterval(watch);
await readers.close();
console.log(JSON.stringify({ good, waited: Math.round(waited), peak }));

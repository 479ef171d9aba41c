import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { PROVE_NOTHING } from '../../src/ingest/prove.ts';

const READERS = new URL('../../src/ingest/readers.ts', import.meta.url);
const POLICY = new URL('../../src/attachments/policy.ts', import.meta.url);

/** What its thread read lies before the process unheard, for it does something else; then it ends the thread. */
const PROGRAM = `
import { openReaders } from ${JSON.stringify(READERS.href)};
import { REGULATION } from ${JSON.stringify(POLICY.href)};
const ours = { addresses: new Set(), messageIdHost: 'kvitok.desk.example', groups: new Set(), forms: new Map() };
const readers = openReaders({ ours, proof: ${JSON.stringify(PROVE_NOTHING)}, policy: REGULATION });
const letter = { envelope: { from: null, to: [] }, receivedAt: 7, size: 20, oversize: null, silent: null };
const read = () => readers.read(letter, () => Uint8Array.from(Buffer.from('Subject: one\\r\\n\\r\\none')));
await read();
read().catch(() => {});
for (const until = performance.now() + 500; performance.now() < until; );
await readers.close();
console.log('ended');
`;

test('a process that ends its threads waits for them, though one has just read a letter', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'kvitok-readers-'));
  const program = join(dir, 'program.mjs');
  writeFileSync(program, PROGRAM);
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program], {
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  const [code] = await once(child, 'close');
  rmSync(dir, { recursive: true });
  expect([code, said]).toEqual([0, 'ended\n']);
});

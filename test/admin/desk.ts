// A desk as an admin has it after some days: a folder with configuration and data, and its commands run in this process.
// In: letters; out: exit code, standard output and standard error of each command.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { jest } from '@jest/globals';
import { main } from '../../src/main.ts';
import { openExisting, type Store } from '../../src/store/store.ts';
import type { CommandResult } from '../support/daemon.ts';
import { type LetterSketch, raw } from '../support/letter.ts';

export interface Desk {
  readonly dir: string;
  readonly configFile: string;
  readonly data: string;
  /** Runs a command line, in which `-c` is added; at `columns` columns where it is said. */
  run(...args: string[]): Promise<CommandResult>;
  /** Takes letters in, in order, and deals with them. */
  takeIn(...letters: readonly (LetterSketch | Uint8Array)[]): Promise<void>;
  /** Lets `use` look into the data or change it. */
  store<T>(use: (store: Store) => Promise<T>): Promise<T>;
  remove(): void;
}

/** A file with a letter that came now, by the clock of the test, which need not be that of the disk. */
export function writeLetter(file: string, bytes: Uint8Array): void {
  fs.writeFileSync(file, bytes);
  fs.utimesSync(file, new Date(), new Date());
}

/** A fresh desk; `values` are put over a configuration that writes letters into a folder. */
export function freshDesk(values: object = {}): Desk {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'kvitok-admin-'));
  const configFile = path.join(dir, 'kvitok.json');
  const config = { desk: { name: 'Служба поддержки', address: 'support@desk.example' }, ...values };
  fs.writeFileSync(configFile, JSON.stringify(config), { mode: 0o600 });
  const data = path.join(dir, 'data');
  let taken = 0;
  const run = (...args: string[]) => commandLine([...args, '-c', configFile]);
  return {
    dir,
    configFile,
    data,
    run,
    takeIn: async (...letters) => {
      for (const letter of letters) {
        taken += 1;
        const bytes = letter instanceof Uint8Array ? letter : raw({ messageId: `${taken}@client.example`, ...letter });
        const file = path.join(dir, `${taken}.eml`);
        writeLetter(file, bytes);
        const { code, stderr } = await run('ingest', file);
        if (code !== 0) throw new Error(stderr);
      }
    },
    store: async (use) => {
      const store = openExisting(data);
      try {
        return await use(store);
      } finally {
        await store.close();
      }
    },
    remove: () => fs.rmSync(dir, { recursive: true, force: true }),
  };
}

/** Runs a command line in this process, as src/main.ts does. */
export async function commandLine(args: readonly string[]): Promise<CommandResult> {
  const told = { stdout: '', stderr: '' };
  const spies = (['stdout', 'stderr'] as const).map((name) =>
    jest.spyOn(process[name], 'write').mockImplementation((chunk) => {
      told[name] += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8');
      return true;
    }),
  );
  process.exitCode = 0;
  try {
    return { code: await main(args), ...told };
  } finally {
    process.exitCode = 0;
    for (const spy of spies) spy.mockRestore();
  }
}

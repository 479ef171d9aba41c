// Writes a configuration: commented, with its schema named for editors, readable by its owner alone, whole or not at all.

import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { commentedConfig } from './commented.ts';
import type { ConfigInput } from './schema.ts';

const SCHEMA_FILE = join(import.meta.dirname, '../../kvitok.schema.json');

/** Writes the file with mode 0600, over one that is there. Throws where the folder can't be written. */
export function writeConfig(path: string, values: ConfigInput): void {
  const text = `// kvitok: what is not said here has its default; all settings: config.example.json\n${commentedConfig({ $schema: schemaFor(path), ...values })}`;
  const part = `${path}.part`;
  // A file that is already there would keep its own mode.
  if (existsSync(part)) rmSync(part);
  writeFileSync(part, text, { mode: 0o600, flag: 'wx' });
  renameSync(part, path);
}

function schemaFor(path: string): string {
  const way = relative(dirname(resolve(path)), SCHEMA_FILE);
  return way.startsWith('..') ? SCHEMA_FILE : `./${way}`;
}

// Writes a configuration: commented, with its schema named for editors, readable by its owner alone, whole or not at all.

import { existsSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { commentedConfig } from './commented.ts';
import type { ConfigInput } from './schema.ts';

const SCHEMA_FILE = join(import.meta.dirname, '../../kvitok.schema.json');
const HEAD = '// kvitok: what is not said here has its default; all settings: config.example.json\n';

/** Why the file could not be written, before anybody is asked twenty questions; null where it could. */
export function whyUnwritable(path: string): string | null {
  if (existsSync(path) && statSync(path).isDirectory()) return `${path} is a folder; name a file in it`;
  try {
    writePart(path, '');
    rmSync(partOf(path));
    return null;
  } catch (error) {
    const { code = String(error) } = error as { code?: string };
    const folder = dirname(resolve(path));
    if (!existsSync(folder)) return `there is no folder ${folder}; make it, or name another place with --config`;
    return `nothing can be written into ${folder} (${code}); name another place with --config`;
  }
}

/** Writes the file with mode 0600, over one that is there. Throws where it can't be written. */
export function writeConfig(path: string, values: ConfigInput): void {
  writePart(path, HEAD + commentedConfig({ $schema: schemaFor(path), ...values }));
  renameSync(partOf(path), path);
}

/** A new file always, for one that was there would keep its own mode. */
function writePart(path: string, text: string): void {
  rmSync(partOf(path), { force: true });
  writeFileSync(partOf(path), text, { mode: 0o600, flag: 'wx' });
}

function partOf(path: string): string {
  return `${path}.part`;
}

function schemaFor(path: string): string {
  const way = relative(dirname(resolve(path)), SCHEMA_FILE);
  return way.startsWith('..') ? SCHEMA_FILE : `./${way}`;
}

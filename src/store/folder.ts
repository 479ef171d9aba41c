// Makes a data folder. Node's own recursive mkdir never comes back where the system answers ENOENT although the parent is
// there, as /proc and some network file systems do; a daemon that hangs tells its admin nothing.

import fs from 'node:fs';
import path from 'node:path';

/** Makes the folder and those above it where they are missing, for this user alone. Throws what the system says. */
export function makeFolder(dir: string): void {
  if (fs.existsSync(dir) && fs.statSync(dir).isDirectory()) return;
  const parent = path.dirname(dir);
  if (parent !== dir && !fs.existsSync(parent)) makeFolder(parent);
  fs.mkdirSync(dir, { mode: 0o700 });
}

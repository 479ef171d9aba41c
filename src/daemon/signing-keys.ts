// The keys that sign our Message-IDs and reply addresses: from the configuration, or one that is made once and kept in the
// data folder, so that a desk without a key is not a desk without proof.

import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type { Config } from '../config/schema.ts';
import type { SigningKeys } from '../thread/signing.ts';

const KEY_FILE = 'signing.key';
const DAY = 86_400_000;

/** Keys in force at `now` (epoch milliseconds). Throws where the data folder can't be written. */
export function signingKeys({ data, threading }: Config, now: number): SigningKeys {
  const current = threading.signingKey ?? keptKey(path.join(data, KEY_FILE));
  const old = threading.oldKeys.filter(({ until }) => Date.parse(until) + DAY > now).map(({ key }) => key);
  return { current, believed: [current, ...old] };
}

function keptKey(file: string): string {
  if (!fs.existsSync(file))
    fs.writeFileSync(file, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
  return fs.readFileSync(file, 'utf8').trim();
}

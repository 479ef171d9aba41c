// The configuration as reading takes it. A thread that reads letters loads this and nothing that only decisions need.

import type { Judge } from '../attachments/judge.ts';
import { type Policy, REGULATION } from '../attachments/policy.ts';
import type { Config } from '../config/schema.ts';
import { identity } from '../mail/address.ts';
import type { Ours } from '../mail/classification.ts';
import type { FileSecrets } from './file-secrets.ts';
import { judgeBy, type Reading } from './prepare.ts';
import { type ProofSettings, proveBy } from './prove.ts';

const MB = 1024 * 1024;

/** How letters of a desk are read, as plain data that a thread can be told. */
export interface ReadingSettings {
  readonly ours: Ours;
  readonly proof: ProofSettings;
  readonly policy: Policy;
  /** Left out where no letter is answered. */
  readonly secrets?: FileSecrets;
}

/** How letters of this desk are read. */
export function readingSettingsOf({ desk, operators, threading, attachments }: Config, ours: Ours): ReadingSettings {
  const { allow, clamd, ...limits } = attachments;
  const scanner = clamd ? { at: clamd.at, timeoutMs: clamd.seconds * 1000, away: clamd.away } : null;
  const { authservId, belowReceived, checkSignatures } = threading;
  return {
    ours,
    proof: { authservId: authservId ?? null, belowReceived, checkSignatures },
    policy: {
      ...REGULATION,
      allow,
      files: limits.files,
      fileBytes: limits.fileMegabytes * MB,
      letterBytes: limits.letterMegabytes * MB,
      scanner,
    },
    secrets: { address: desk.address, people: operators.flatMap(({ address }) => identity(address) ?? []) },
  };
}

/** Reads letters by these settings; files are judged by `judge`, else in threads of their own. */
export function readingBy({ ours, proof, policy, secrets }: ReadingSettings, judge?: Judge['judge']): Reading {
  return { ours, prove: proveBy(proof), judge: judgeBy(policy, judge), ...(secrets && { secrets }) };
}

/** How letters of this desk are read in this thread. */
export const readingOf = (config: Config, ours: Ours): Reading => readingBy(readingSettingsOf(config, ours));

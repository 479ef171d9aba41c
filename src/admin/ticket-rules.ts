// What a command line that acts for the desk knows: its rules with the ready answers, and how letters it queues are marked.

import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import type { Command } from 'commander';
import type { Config } from '../config/schema.ts';
import { markingOf } from '../daemon/marking.ts';
import { signingKeys } from '../daemon/signing-keys.ts';
import type { Rules } from '../decide/case.ts';
import { oursOf, rulesOf } from '../ingest/rules.ts';
import { answeringDesk, openReadyAnswers } from '../outbox/ready-answers.ts';
import type { ApplyContext } from '../store/apply.ts';
import type { Store } from '../store/store.ts';
import { openConfig } from './config-option.ts';

/** The rules of a desk, as its daemon has them. */
export function rulesFor(config: Config, now: number): Rules {
  const readyAnswers = openReadyAnswers(config.templates, answeringDesk(config), () => now);
  return { ...rulesOf(config, oursOf(config)), readyAnswers };
}

/** How a decision is applied that no letter brought. Reads the signing key, so that the secrets of the configuration must be there. */
export async function byHand(command: Command, { db }: Store, rules: Rules, now: number): Promise<ApplyContext> {
  const config = openConfig(command);
  const marks = {
    keys: await signingKeys(config, db, now),
    address: config.desk.address,
    messageIdHost: oursOf(config).messageIdHost,
  };
  const marking = markingOf(marks, config.threading.subaddresses, () => randomBytes(8).toString('hex'));
  return { ...marking, letter: null, now, timetable: rules.timetable };
}

/** A text that was typed; - stands for standard input. */
export const textFrom = (typed: string): string => (typed === '-' ? fs.readFileSync(0, 'utf8') : typed);

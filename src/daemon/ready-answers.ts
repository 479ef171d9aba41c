// The ready answers that a daemon gives.

import type { Log } from '../config/log.ts';
import type { Config } from '../config/schema.ts';
import type { ReadyAnswers } from '../desk/commands/ready-answers.ts';
import { answeringDesk, openReadyAnswers } from '../outbox/ready-answers.ts';

/** Reads them; a file that is none is told in the log. */
export function readyAnswersOf(config: Config, log: Log, now: () => number): ReadyAnswers {
  const answers = openReadyAnswers(config.templates, answeringDesk(config), now);
  for (const { file, fault } of answers.unusable) log.warn({ file, error: fault }, 'this ready answer cannot be used');
  return answers;
}

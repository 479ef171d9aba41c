// Asking before what can't be taken back: a person at a terminal says yes, or nothing is done.

import { personAt } from './ask.ts';
import { CommandError } from './command-error.ts';

/** Throws CommandError unless a person at a terminal says yes to `question`. `command` is what its lines begin with. */
export async function agreed(command: string, question: string): Promise<void> {
  if (process.stdin.isTTY !== true)
    throw new CommandError(64, [`${command}: nobody is there to ask; --yes does it without asking`]);
  const person = personAt(process.stdin, process.stdout);
  try {
    const answer = await person.ask({ text: `${question} yes or no`, fallback: 'no' });
    if (answer.toLowerCase() !== 'yes') throw new CommandError(1, ['nothing was changed']);
  } finally {
    person.close();
  }
}

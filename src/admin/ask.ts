// A person at a terminal: what they are told and asked. In: the streams of the terminal; out: their answers.
// A password is not echoed; Ctrl-C and Ctrl-D end the command with nothing done.

import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { CommandError } from './command-error.ts';

export interface Question {
  readonly text: string;
  /** What an empty answer means. */
  readonly fallback?: string;
  /** What is wrong with an answer, or null. */
  readonly check?: (answer: string) => string | null;
  /** The answer is a secret: not echoed, and its fallback not shown. */
  readonly hidden?: boolean;
}

export interface Person {
  tell(line: string): void;
  /** Asks until the answer passes the question's check. */
  ask(question: Question): Promise<string>;
  close(): void;
}

/** Talks over a terminal. Rejects with CommandError (exit code 130) when the person leaves. */
export function personAt(input: NodeJS.ReadableStream, output: NodeJS.WritableStream): Person {
  let hidden = false;
  const echo = new Writable({
    write(chunk, _encoding, done) {
      if (!hidden) output.write(chunk);
      done();
    },
  });
  const terminal = createInterface({ input, output: echo, terminal: true, historySize: 0 });
  const leave = new AbortController();
  for (const event of ['SIGINT', 'close'] as const) terminal.on(event, () => leave.abort());

  const once = async (question: Question): Promise<string> => {
    const shown = question.fallback === undefined ? '' : ` [${question.hidden ? 'unchanged' : question.fallback}]`;
    try {
      // readline writes the question itself, for it clears the line whenever it draws; what follows is muted.
      const answer = terminal.question(`${question.text}${shown}: `, { signal: leave.signal });
      hidden = question.hidden === true;
      return (await answer).trim() || (question.fallback ?? '');
    } catch {
      throw new CommandError(130, ['', 'stopped; nothing was written']);
    } finally {
      if (hidden) output.write('\n');
      hidden = false;
    }
  };

  return {
    tell: (line) => void output.write(`${line}\n`),
    ask: async (question) => {
      for (;;) {
        const answer = await once(question);
        const wrong =
          answer === '' && question.fallback === undefined ? 'an answer is needed' : question.check?.(answer);
        if (!wrong) return answer;
        output.write(`  ${wrong}\n`);
      }
    },
    close: () => {
      terminal.close();
    },
  };
}

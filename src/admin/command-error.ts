// The one way a command ends early: an exit code and the lines a person reads. main.ts prints them and nothing else.

/** sysexits.h: the configuration is wrong. */
export const EX_CONFIG = 78;

/** A command can't go on. `lines` go to standard error as they are, `exitCode` becomes the process's. */
export class CommandError extends Error {
  readonly exitCode: number;
  readonly lines: readonly string[];

  constructor(exitCode: number, lines: readonly string[]) {
    super(lines.join('\n'));
    this.name = 'CommandError';
    this.exitCode = exitCode;
    this.lines = lines;
  }
}

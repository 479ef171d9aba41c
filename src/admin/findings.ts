// What `kvitok check` finds: one line each for a person, or JSON. A problem keeps kvitok from its work; a warning does not.

export interface Finding {
  readonly mark: 'ok' | 'warning' | 'problem';
  /** What was looked at: `configuration`, `mailbox support`. */
  readonly subject: string;
  /** What was found, and after a semicolon what to do. */
  readonly text: string;
}

export const ok = (subject: string, text: string): Finding => ({ mark: 'ok', subject, text });
export const warning = (subject: string, text: string): Finding => ({ mark: 'warning', subject, text });
export const problem = (subject: string, text: string): Finding => ({ mark: 'problem', subject, text });

const COLOURS = { ok: 32, warning: 33, problem: 31 } as const;

/** `problem  mailbox support: …` */
export function findingLine({ mark, subject, text }: Finding, colours: boolean): string {
  const word = mark.padEnd(8);
  return `${colours ? `\u001b[${COLOURS[mark]}m${word}\u001b[0m` : word} ${subject}: ${text}`;
}

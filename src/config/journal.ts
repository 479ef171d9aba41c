// Lines for systemd's journal: each begins with its priority, `<4>`, where the journal reads them (sd-daemon(3)), so that
// journalctl -p finds them. Anywhere else the four characters would be in the way.

import fs from 'node:fs';

/** Numbers of syslog. */
const PRIORITIES = { error: 3, warn: 4, info: 6, debug: 7 } as const;

/** Whether a descriptor leads to the journal: `JOURNAL_STREAM` names its device and inode (systemd.exec(5)), for a child may write elsewhere. */
export function isJournal(journalStream: string | undefined, descriptor: number): boolean {
  if (journalStream === undefined) return false;
  try {
    const { dev, ino } = fs.fstatSync(descriptor, { bigint: true });
    return journalStream === `${dev}:${ino}`;
  } catch {
    return false;
  }
}

/** A text with the priority before each of its lines. */
export function withPriority(text: string, level: keyof typeof PRIORITIES): string {
  return text.replaceAll(/^(?=.)/gm, `<${PRIORITIES[level]}>`);
}

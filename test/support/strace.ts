// What a process asked of the system, by strace (Debian): whether what it wrote into a file was on the disk when it said
// something to the world. SQLite with synchronous=NORMAL would look the same to everybody until the power fails.

/** The tracer that a command line is put behind; the command stays the child, and gets its signals. */
export const STRACE = ['strace', '-D', '-f', '--seccomp-bpf'] as const;

/** Puts a command line behind a tracer that writes into a file. */
export const traced = (file: string): readonly string[] => [
  ...[...STRACE, '-y', '-s', '160'],
  ...['-e', 'trace=pwrite64,write,writev,sendto,fsync,fdatasync', '-o', file],
];

export interface Said {
  readonly words: string;
  /** Writes into the file since the words before. */
  readonly written: number;
  /** How many of them, or of those before, no sync had followed yet. */
  readonly unsynced: number;
}

/**
 * Every time something that fits was said, and how the file stood. A write counts when it begins, a sync when it has ended:
 * with several threads strace writes the two in two lines.
 */
export function saidOver(trace: string, file: string, fits: RegExp): readonly Said[] {
  const path = `<[^>]*${file.replaceAll('.', '\\.')}>`;
  const isWrite = new RegExp(`^\\d+ +pwrite64\\(\\d+${path}`);
  const isSync = new RegExp(`^\\d+ +f(?:data)?sync\\(\\d+${path}\\) += 0`);
  const syncBegins = new RegExp(`^\\d+ +f(?:data)?sync\\(\\d+${path} <unfinished`);
  const syncEnds = /^\d+ +<\.\.\. f(?:data)?sync resumed>\) += 0/;
  const words = /^\d+ +(?:write|writev|sendto)\(\d+<(?:socket|TCP|UNIX)[^>]*>, (.*)$/;
  const syncing = new Map<string, number>();
  const said: Said[] = [];
  let written = 0;
  let unsynced = 0;
  for (const line of trace.split('\n')) {
    const thread = line.split(' ', 1)[0]!;
    if (isWrite.test(line)) {
      written += 1;
      unsynced += 1;
    } else if (isSync.test(line)) unsynced = 0;
    // what is written while the sync goes on waits for the next one
    else if (syncBegins.test(line)) syncing.set(thread, unsynced);
    else if (syncEnds.test(line)) {
      unsynced -= syncing.get(thread) ?? 0;
      syncing.delete(thread);
    }
    const spoken = words.exec(line)?.[1];
    if (spoken === undefined || !fits.test(spoken)) continue;
    said.push({ words: spoken, written, unsynced });
    written = 0;
  }
  return said;
}

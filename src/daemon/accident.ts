// An error that nobody expected: the process ends, for nobody knows what state it is in, and its supervisor starts it again.
// Letters are safe: what was answered is on the disk.

import type { Log } from '../config/log.ts';
import { errorWords } from '../mail/error-words.ts';

/** sysexits.h: an internal software error. */
const EX_SOFTWARE = 70;

/** From now on an unhandled error or rejection is one line and the end of the process; where it happened is for `debug`. */
export function endOnAccident(log: Log): void {
  process.on('uncaughtException', (error) => {
    log.debug({ err: error }, 'where it happened');
    const said = errorWords(error);
    log.error({ event: 'accident', error: said }, 'a fault of kvitok, please report it: it ends here');
    process.exit(EX_SOFTWARE);
  });
}

// Loaded into a daemon before its own code (node --import): writes down the longest time that its main thread worked without a
// pause, into the file that LOOP_DELAY_FILE names. Processor time, so that other processes on the machine are no delay.

import fs from 'node:fs';
import { isMainThread } from 'node:worker_threads';

const EVERY_MS = 20;
const file = process.env.LOOP_DELAY_FILE;

if (isMainThread && file) {
  const used = () => {
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1000;
  };
  let before = used();
  let longest = 0;
  // starting up is no letter's work
  setTimeout(() => {
    before = used();
    setInterval(() => {
      const now = used();
      if (now - before > longest) {
        longest = now - before;
        fs.writeFileSync(file, String(Math.round(longest)));
      }
      before = now;
    }, EVERY_MS).unref();
  }, 2_000).unref();
}

// Tells systemd how the service is (sd_notify(3)): ready, alive, stopping. Node opens no unix datagram sockets, so that
// systemd-notify says it for us, and only where systemd asks for it (NOTIFY_SOCKET).

import { execFile } from 'node:child_process';
import type { Log } from '../config/log.ts';

export interface Notifier {
  /** Letters are taken in from now on. */
  ready(): void;
  /** Ending in order; the watchdog is fed until `close`. */
  stopping(): void;
  close(): void;
}

export interface NotifyDeps {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly log: Log;
  /** Whether the work goes on: a daemon that only breathes is to be started again. */
  readonly alive: () => boolean;
}

/** The line to systemd; silent without NOTIFY_SOCKET. The watchdog is fed at half of WATCHDOG_USEC. */
export function notifier({ env, log, alive }: NotifyDeps): Notifier {
  if (!env.NOTIFY_SOCKET) return { ready: () => {}, stopping: () => {}, close: () => {} };
  let dumb = false;
  const say = (state: string) => {
    execFile('systemd-notify', [state], { env: { ...env }, timeout: 10_000 }, (error) => {
      if (error && !dumb) log.warn({ event: 'systemd', error: error.message }, 'systemd cannot be told how kvitok is');
      dumb = error !== null;
    });
  };
  const period = watchdogMs(env) / 2;
  let timer: NodeJS.Timeout | null = null;
  let missed = false;
  const feed = () => {
    const well = alive();
    if (well) say('WATCHDOG=1');
    else if (!missed) log.error({ event: 'watchdog' }, 'the work stands still: systemd is left to start kvitok again');
    missed = !well;
  };
  return {
    ready: () => {
      say('READY=1');
      if (period > 0) timer = setInterval(feed, period);
    },
    stopping: () => say('STOPPING=1'),
    close: () => {
      if (timer) clearInterval(timer);
    },
  };
}

/** How long systemd waits for a sign of life, in milliseconds; 0 where it does not, or asks another process for it. */
function watchdogMs(env: NotifyDeps['env']): number {
  const meant = env.WATCHDOG_PID === undefined || env.WATCHDOG_PID === String(process.pid);
  const ms = Number(env.WATCHDOG_USEC) / 1000;
  return meant && ms > 0 ? ms : 0;
}

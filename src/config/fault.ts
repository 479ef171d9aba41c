// Faults on purpose, for the proof that no step of a letter's way loses it: the process is killed there, an error is thrown,
// or everything stands still. In: KVITOK_FAULT, read once at the start; out: a function that the steps call, or nothing.

/** Each step that can fail on purpose, in the order of a letter's way. */
export const FAULT_POINTS = [
  /** Inside the transaction of a migration. */
  'migrating',
  /** A letter is off the IMAP server. */
  'fetched',
  /** A letter came over LMTP, its final dot included. */
  'lmtp-received',
  /** Inside the first transaction: bytes and ledger row are written. */
  'raw-written',
  /** After the first commit, before anybody is told. */
  'kept',
  'lmtp-kept',
  /** The letter is in the done folder; the ledger does not know yet. */
  'moved',
  'claimed',
  /** Before the bytes are looked at. */
  'reading',
  /** Inside the second transaction: what was decided about one letter is written. */
  'applied',
  /** The same, for all letters of the commit. */
  'committing',
  /** After the second commit. */
  'dealt',
  'outgoing-claimed',
  /** The SMTP server granted DATA. */
  'data',
  /** The final dot is on its way to the SMTP server. */
  'dot',
  /** The SMTP server said 250; the outbox does not know yet. */
  'sent',
] as const;

export type FaultPoint = (typeof FAULT_POINTS)[number];

/** Called at each step; absent but in tests, so that it costs nothing. */
export interface Fault {
  (point: FaultPoint): void;
  /** What was ordered, for threads of their own; they count for themselves. */
  readonly orders?: string;
}

interface Order {
  readonly act: 'kill' | 'throw' | 'stall';
  /** `*`: whichever step it is. */
  readonly point: string;
  /** At which call, counted from 1. */
  readonly nth: number;
  readonly forEver: boolean;
}

const STALL_MS = 2_000;
const ORDER = /^(kill|throw|stall)@(\*|[a-z-]+):(\d+)(\+?)$/;

/**
 * Reads orders like `kill@kept:2,throw@sent:1+`: what happens, at which step (`*`: any), at which call of it, `+`: and at
 * all later ones. `tell` gets a line before a fault happens. Undefined where nothing is ordered; throws where nobody
 * understands it, for a test that meant a fault must not pass without.
 */
export function faultOf(orders: string | undefined, tell: (line: string) => void): Fault | undefined {
  if (!orders) return undefined;
  const all = orders.split(',').map(read);
  const calls = new Map<string, number>();
  const fault = (point: FaultPoint) => {
    for (const name of [point, '*']) calls.set(name, (calls.get(name) ?? 0) + 1);
    const due = all.find(
      (order) =>
        (order.point === point || order.point === '*') &&
        (order.forEver ? calls.get(order.point)! >= order.nth : calls.get(order.point) === order.nth),
    );
    if (!due) return;
    tell(`fault: ${due.act} at ${point}, call ${calls.get(point)}`);
    happen(due.act, point);
  };
  return Object.assign(fault, { orders });
}

function read(text: string): Order {
  const [, act, point = '', nth, more] = ORDER.exec(text) ?? [];
  const known = point === '*' || (FAULT_POINTS as readonly string[]).includes(point);
  if (act === undefined || !known) throw new Error(`KVITOK_FAULT: nobody understands ${JSON.stringify(text)}`);
  return { act: act as Order['act'], point, nth: Number(nth), forEver: more === '+' };
}

function happen(act: Order['act'], point: FaultPoint): void {
  if (act === 'kill') process.kill(process.pid, 'SIGKILL');
  // the signal may take a moment to arrive, and not one step more may be done
  if (act !== 'throw') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, STALL_MS);
  else throw new Error(`a fault on purpose at ${point}`);
}

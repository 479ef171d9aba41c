// What goes wrong between kvitok and its servers: at each command of IMAP and SMTP the connection is cut before or after the
// server heard it, the answer is a refusal, slow, or never comes.

import { until } from '../../test/support/condition.ts';
import type { Fate, Wire } from '../../test/support/wire.ts';
import { calm, drain, SLOW_DOT, type TorturedDesk } from './desk.ts';
import type { Customer } from './letters.ts';

export interface WireTrouble {
  readonly name: string;
  readonly wire: 'imap' | 'smtp';
  readonly at: RegExp;
  readonly fate: Fate;
  /** What it may cost, counted when it has happened. */
  readonly costs?: 'cuts' | 'failed';
}

const IMAP: Readonly<Record<string, RegExp>> = {
  'log-in': / (LOGIN|AUTHENTICATE) /,
  SELECT: / SELECT /,
  SEARCH: / UID SEARCH /,
  'FETCH of sizes': / UID FETCH .*RFC822\.SIZE/,
  'FETCH of bytes': / UID FETCH .*BODY\.PEEK\[\]/,
  MOVE: / UID MOVE /,
  IDLE: / IDLE\r\n/,
};
const SMTP: Readonly<Record<string, RegExp>> = {
  EHLO: /^EHLO /,
  'MAIL FROM': /^MAIL FROM:/,
  'RCPT TO': /^RCPT TO:/,
  DATA: /^DATA\r\n/,
  'the final dot': /^\.\r\n/,
};

const SLOW: Fate = { slow: 3_000 };
/** The SMTP client waits ten minutes for an answer; whoever ends kvitok meanwhile need not. */
const NEVER: Fate = 'swallow';

const imapTroubles = Object.entries(IMAP).flatMap(([command, at]): WireTrouble[] => {
  const of = (what: string, fate: Fate) => ({ name: `IMAP, ${what} at ${command}`, wire: 'imap' as const, at, fate });
  return [
    of('cut off', 'hang-up'),
    of('cut off before the answer', 'hang-up-after'),
    of('a slow answer', SLOW),
    of('no answer', NEVER),
    // a refused log-in is not tried again for five minutes, for providers lock accounts
    ...(command === 'log-in' ? [] : [of('refused', { answer: 'NO [UNAVAILABLE] not now' })]),
  ];
});

const smtpTroubles = Object.entries(SMTP).flatMap(([command, at]): WireTrouble[] => {
  const of = (what: string, fate: Fate) => ({ name: `SMTP, ${what} at ${command}`, wire: 'smtp' as const, at, fate });
  const dot = command === 'the final dot';
  const cut = dot ? ({ costs: 'cuts' } as const) : {};
  return [
    { ...of('cut off', 'hang-up'), ...cut },
    { ...of('cut off before the answer', 'hang-up-after'), ...cut },
    of('a slow answer', SLOW),
    { ...of('no answer', NEVER), ...cut },
    // the server itself refuses at the dot, or it would go on waiting for one
    ...(dot ? [] : [of('451', { answer: '451 4.3.0 try again later' })]),
    ...(dot || command === 'EHLO' ? [] : [{ ...of('550', { answer: '550 5.7.1 no' }), costs: 'failed' as const }]),
  ];
});

export const WIRE_TROUBLES: readonly WireTrouble[] = [...imapTroubles, ...smtpTroubles];

/** From now on the trouble happens, once. Gives a question: has it? */
export function arm(desk: TorturedDesk, trouble: WireTrouble): () => boolean {
  let happened = false;
  desk[trouble.wire].onCommand((line) => {
    if (happened || !trouble.at.test(line)) return 'pass';
    happened = true;
    if (trouble.costs) desk.done[trouble.costs] += 1;
    return trouble.fate;
  });
  return () => happened;
}

const DRAIN_MS = 120_000;

/** Every trouble, one after the other, a letter for each; each has to come right. */
export async function everyWireTrouble(
  desk: TorturedDesk,
  next: () => Customer,
  tell: (line: string) => void,
): Promise<void> {
  for (const trouble of WIRE_TROUBLES) {
    const began = performance.now();
    const happened = arm(desk, trouble);
    // a new connection, so that every command comes by
    reconnect(desk[trouble.wire]);
    desk.people.write([next()], 'imap');
    await until(happened, 60_000, `${trouble.name} happens`);
    if (trouble.wire === 'smtp' && trouble.fate === NEVER) await desk.life.end();
    await drain(desk, DRAIN_MS);
    calm(desk);
    tell(`${trouble.name}: right again after ${((performance.now() - began) / 1000).toFixed(1)} s`);
  }
  await refusedAtTheDot(desk, next, tell);
}

const reconnect = (wire: Wire) => wire.cut();

async function refusedAtTheDot(desk: TorturedDesk, next: () => Customer, tell: (line: string) => void): Promise<void> {
  for (const answer of [451, 550]) {
    const { sink, done, people, life } = desk;
    sink.calm();
    sink.trouble({ stage: 'dot', answer, times: 1 }, SLOW_DOT);
    if (answer === 550) done.failed += 1;
    const customer = next();
    people.write([customer], 'imap');
    const refused = () =>
      life.log().some(({ to, level }) => to === customer.first.from.address && /warn|error/.test(level));
    await until(refused, 60_000, `SMTP, ${answer} at the final dot happens`);
    await drain(desk, DRAIN_MS);
    tell(`SMTP, ${answer} at the final dot: right again`);
  }
}

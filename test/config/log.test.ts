// What the admin sees of an event, and what must never be seen.

import { Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createLog, type Log, type LogOptions } from '../../src/config/log.ts';

function logTo(options: Partial<LogOptions>, terminal = false): { log: Log; written: () => string } {
  const chunks: string[] = [];
  const stream = Object.assign(
    new Writable({
      write(chunk, _encoding, done) {
        chunks.push(String(chunk));
        done();
      },
    }),
    { isTTY: terminal },
  );
  return { log: createLog({ level: 'info', format: 'auto', stream, ...options }), written: () => chunks.join('') };
}

const noColor = process.env.NO_COLOR;
const term = process.env.TERM;
beforeEach(() => {
  delete process.env.NO_COLOR;
  process.env.TERM = 'xterm';
});
afterEach(() => {
  if (noColor !== undefined) process.env.NO_COLOR = noColor;
  if (term !== undefined) process.env.TERM = term;
});

describe('away from a terminal', () => {
  test('an event is one line of JSON with time, level, letter and message', () => {
    const { log, written } = logTo({});
    log.child({ letter: 17 }).info({ source: 'imap:support' }, 'kept');
    expect(JSON.parse(written())).toEqual({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      letter: 17,
      source: 'imap:support',
      msg: 'kept',
    });
    expect(written().match(/\n/g)).toHaveLength(1);
  });

  test('what is less weighty than the level is left out', () => {
    const { log, written } = logTo({ level: 'warn' });
    log.info({}, 'no');
    log.warn({}, 'yes');
    expect(written()).toMatch(/"yes"/);
    expect(written()).not.toMatch(/"no"/);
  });

  test('an error brings its type, message, code and stack, and nothing else that hangs on it', () => {
    const { log, written } = logTo({});
    log.error({ err: Object.assign(new TypeError('boom'), { code: 'EX', options: { user: 'u' } }) }, 'failed');
    expect(JSON.parse(written()).err).toEqual({
      type: 'TypeError',
      message: 'boom',
      code: 'EX',
      stack: expect.stringContaining('log.test.ts'),
    });
  });
});

describe('on a terminal', () => {
  test('an event is one readable line: time, mark, letter, message, fields', () => {
    const { log, written } = logTo({ format: 'pretty' });
    log
      .child({ letter: 17 })
      .info({ event: 'ack', ticket: 10429, to: 'Иван <i@example.org>', none: null }, 'acknowledged');
    expect(written()).toMatch(/^\d\d:\d\d:\d\d • letter 17 {2}\[#10429\] acknowledged to="Иван <i@example.org>"\n$/);
  });

  test('it is coloured, unless the admin set NO_COLOR or the terminal is dumb', () => {
    const coloured = logTo({}, true);
    coloured.log.warn({}, 'slow');
    expect(coloured.written()).toContain('\u001b[33mslow\u001b[0m');
    process.env.NO_COLOR = '1';
    const plain = logTo({}, true);
    plain.log.warn({}, 'slow');
    expect(plain.written()).toMatch(/^\d\d:\d\d:\d\d ! slow\n$/);
    delete process.env.NO_COLOR;
    process.env.TERM = 'dumb';
    const dumb = logTo({}, true);
    dumb.log.warn({}, 'slow');
    expect(dumb.written()).not.toContain('\u001b');
  });

  test('an error is told by its message, and by its stack only to who asked for debug', () => {
    const short = logTo({ format: 'pretty' });
    short.log.error({ err: new Error('no\nway') }, 'failed');
    expect(short.written()).toMatch(/^\S+ ✗ failed err="no way"\n$/);
    const long = logTo({ format: 'pretty', level: 'debug' });
    long.log.error({ err: new Error('no way') }, 'failed');
    expect(long.written()).toMatch(/err="no way"\n {4}at /);
  });
});

describe('whatever is handed in', () => {
  const secrets = {
    password: 'hunter2',
    smtp: { auth: { user: 'u', pass: 'hunter2' }, refreshToken: 'hunter2' },
    mailboxes: [{ oauth2: { clientSecret: 'hunter2', accessToken: 'hunter2' } }],
    raw: Buffer.from('hunter2'),
    message: { text: 'hunter2', html: '<p>hunter2', body: 'hunter2' },
    reply_token: 'hunter2',
    cause: new Error('wrapped', { cause: Object.assign(new Error('x'), { password: 'hunter2' }) }),
  };

  test.each(['json', 'pretty'] as const)('no secret and no body is written (%s)', (format) => {
    const { log, written } = logTo({ format });
    log.child(secrets).info(secrets, 'told');
    expect(written()).toContain('told');
    expect(written()).not.toContain('hunter2');
  });

  test.each(['json', 'pretty'] as const)('bytes are only counted (%s)', (format) => {
    const { log, written } = logTo({ format });
    log.info({ letterhead: new TextEncoder().encode('hello') }, 'told');
    expect(written()).toContain('[5 bytes]');
  });

  test.each(['json', 'pretty'] as const)('no escape sequence of a letter reaches the terminal (%s)', (format) => {
    const { log, written } = logTo({ format });
    const evil = '\u001b]0;owned\u0007\u009b31m\r\u202eexe.gpj\u2028\u0000';
    log.child({ [evil]: 1 }).warn({ subject: evil, deep: [{ [evil]: evil }], err: new Error(evil) }, `said ${evil}`);
    expect(written()).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u202e]/);
    expect(written().match(/\n/g)).toHaveLength(1);
    expect(written()).toContain('<1B>]0;owned<07>');
  });

  test('a value that is endless, circular or huge costs one line of bounded length', () => {
    const { log, written } = logTo({});
    const circle: Record<string, unknown> = {};
    circle.again = circle;
    log.info({ circle, long: 'x'.repeat(100_000), many: Array(10_000).fill(1), big: 2n ** 70n }, 'told');
    expect(JSON.parse(written()).msg).toBe('told');
    expect(written().length).toBeLessThan(2000);
  });
});

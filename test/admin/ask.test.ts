// What a person at the terminal sees and can do while kvitok init asks.

import { PassThrough } from 'node:stream';
import { afterEach, expect, test } from '@jest/globals';
import { type Person, personAt } from '../../src/admin/ask.ts';
import { until } from '../support/condition.ts';

const open: Person[] = [];
afterEach(() => {
  for (const person of open.splice(0)) person.close();
});

/** What is left on the screen: a terminal obeys "to column n" and "clear from here". */
function screenOf(written: string): string {
  const lines = [''];
  let column = 0;
  for (const [piece] of written.matchAll(/\u001b\[(\d*)([A-Z])|\r|\n|[^\u001b\r\n]+/g)) {
    const line = lines.at(-1) ?? '';
    const order = /^\u001b\[(\d*)([A-Z])$/.exec(piece);
    if (order?.[2] === 'G') column = Number(order[1] || 1) - 1;
    else if (order?.[2] === 'J') lines[lines.length - 1] = line.slice(0, column);
    else if (piece === '\r') column = 0;
    else if (piece === '\n') column = lines.push('') && 0;
    else {
      lines[lines.length - 1] = line.slice(0, column).padEnd(column) + piece + line.slice(column + piece.length);
      column += piece.length;
    }
  }
  return lines.join('\n');
}

function terminal() {
  const keys = new PassThrough();
  const screen = new PassThrough();
  let shown = '';
  screen.on('data', (chunk) => {
    shown += String(chunk);
  });
  const person = personAt(keys, screen);
  open.push(person);
  return { person, keys, shown: () => screenOf(shown), written: () => shown };
}

test('an empty answer takes the default, which is shown', async () => {
  const { person, keys, shown } = terminal();
  const answer = person.ask({ text: 'Port', fallback: '993' });
  keys.write('\r');
  expect(await answer).toBe('993');
  expect(shown()).toContain('Port [993]: ');
});

test('an answer that is not right is refused with the reason and asked for again', async () => {
  const { person, keys, shown } = terminal();
  const answer = person.ask({ text: 'Port', check: (text) => (text === '1' ? null : 'a number') });
  keys.write('x\r');
  await until(() => shown().includes('a number'), 1000, 'the reason is told');
  keys.write('\r');
  await until(() => shown().includes('an answer is needed'), 1000, 'nothing is no answer');
  keys.write(' 1 \r');
  expect(await answer).toBe('1');
});

test('a password never appears on the screen, nor does the one it would keep', async () => {
  const { person, keys, shown, written } = terminal();
  const first = person.ask({ text: 'Password', hidden: true });
  keys.write('hunter2\r');
  expect(await first).toBe('hunter2');
  const again = person.ask({ text: 'Password', hidden: true, fallback: 'hunter2' });
  keys.write('\r');
  expect(await again).toBe('hunter2');
  const open = person.ask({ text: 'Name' });
  keys.write('Ivan\r');
  await open;
  expect(written()).not.toContain('hunter2');
  expect(
    shown()
      .split('\n')
      .map((line) => line.trimEnd()),
  ).toEqual(['Password:', 'Password [unchanged]:', 'Name: Ivan', '']);
});

test.each([
  ['Ctrl-C', '\u0003'],
  ['Ctrl-D', '\u0004'],
])('%s leaves with nothing done', async (_name, key) => {
  const { person, keys } = terminal();
  const answer = person.ask({ text: 'Password', hidden: true });
  keys.write(key);
  await expect(answer).rejects.toMatchObject({ exitCode: 130, lines: ['', 'stopped; nothing was written'] });
});

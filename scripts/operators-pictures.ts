// npm run picture:operators: plays an exchange with real programs (swaks, mutt, Dovecot) and draws what each person saw as a
// window, docs/operators-*.svg. It needs what the tests need.

import fs from 'node:fs';
import path from 'node:path';
import type { Message } from '../src/mail/message.ts';
import requirePrograms from '../test/support/apt.ts';
import { muttReplies, swaks } from '../test/support/clients.ts';
import { ANNA, BORIS, IVAN, openStage } from '../test/support/play.ts';
import { svgOf } from './picture.ts';

const DOCS = path.join(import.meta.dirname, '../docs');
const COLUMNS = 100;

export const QUESTION = `Здравствуйте!

После обновления корзина открывается пустой, хотя товары добавлены.
Магазин: https://luch-shop.example

Доступ в админку: логин admin, пароль Qwerty12
`;
export const WORDS = `#взять
#закрыть

Здравствуйте, Иван!

Причина – старый шаблон корзины. Мы обновили его, товары снова видны.`;

const bold = (text: string) => `\u001b[1m${text}\u001b[22m`;
const dim = (text: string) => `\u001b[2m${text}\u001b[22m`;

/** Lines that fit the window, broken between words. */
function wrapped(line: string): readonly string[] {
  const lines: string[] = [];
  let rest = line;
  while (rest.length > COLUMNS) {
    const at = rest.lastIndexOf(' ', COLUMNS);
    const cut = at > 0 ? at : COLUMNS;
    lines.push(rest.slice(0, cut));
    rest = rest.slice(cut).trimStart();
  }
  return [...lines, rest];
}

const person = ({ name, address }: { readonly name: string; readonly address: string }) =>
  name === '' ? address : `${name} <${address}>`;

/** A letter as a mail client shows it. */
function shown(message: Message): readonly string[] {
  const replyTo = message.replyTo[0]?.address.replace(/\+(.{4})[^@]*@/, '+$1…@');
  return [
    ...[
      ['От', message.from.map(person).join(', ')],
      ['Кому', message.to.map(person).join(', ')],
      ['Тема', message.subject],
      ...(replyTo ? [['Ответ', replyTo]] : []),
    ].map(([name, value]) => `${dim(`${name}:`.padEnd(7))}${bold(value ?? '')}`),
    dim('─'.repeat(COLUMNS)),
    ...message.text.trimEnd().split('\n').flatMap(wrapped),
  ];
}

/** What Anna writes: her words above the letter that her client quotes. */
function written(to: Message): readonly string[] {
  const quoted = to.text.split('\n').slice(0, 5);
  return [
    ...WORDS.split('\n').map((line) => (line.startsWith('#') ? bold(line) : line)),
    '',
    dim(`On …, ${to.from[0]?.name} wrote:`),
    ...quoted.map((line) => dim(`> ${line}`)),
    dim('> …'),
  ];
}

function draw(name: string, title: string, lines: readonly string[]): void {
  fs.writeFileSync(path.join(DOCS, `operators-${name}.svg`), svgOf(lines, title));
}

if (import.meta.main) {
  requirePrograms();
  const stage = await openStage();
  try {
    await swaks(stage, 'Иван Петров <ivan@client.example>', { subject: 'Корзина пуста', body: QUESTION });
    const [told] = await stage.inbox(ANNA, 1);
    await stage.inbox(BORIS, 1);
    await muttReplies(stage, ANNA, 1, WORDS);
    const answer = (await stage.inbox(IVAN, 2)).find(({ from }) => from[0]?.name === 'Анна');
    const transcript = (await stage.inbox(ANNA, 2)).at(-1);
    if (!told || !answer || !transcript)
      throw new Error('the play has no such letter; correct scripts/operators-pictures.ts');
    draw('letter', 'Письмо клиента, каким его получает сотрудник', shown(told));
    draw('answer', 'Ответ сотрудника в почтовой программе', written(told));
    draw('customer', 'Ответ, каким его получает клиент', shown(answer));
    draw('transcript', 'Отчёт о выполненных командах', shown(transcript));
    process.stdout.write('docs/operators-*.svg show the play as it is now\n');
  } finally {
    await stage.close();
  }
}

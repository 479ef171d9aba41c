// Answers as no mail client that we know writes them: where the quote stands, how it is marked, what introduces it and what
// became of the addresses in it is drawn by lot. Whatever reaches the customer is searched for every secret of the desk, and
// nothing that the customer wrote is carried out.

import { expect, test } from '@jest/globals';
import type { Message } from '../../src/mail/message.ts';
import { ratingLink, ratingToken } from '../../src/thread/rating-link.ts';
import { RULES } from '../support/case.ts';
import { MARKS, withDesk } from '../support/desk.ts';
import { MANGLED } from '../support/mangled.ts';
import { ANNA, BORIS, toCustomers, toOperators } from '../support/operators.ts';
import { type Chance, chance } from '../support/shuffled.ts';

const VERBS = ['said:', 'жазды:', 'zegt', '→', 'wrote:', 'пишет:', 'ha scritto', ':', '', 'escribió:'];
const MARKED = ['> ', '', '| ', '    ', '>> ', '* ', '>', '\u00a0> '];

/** The notification as some client sets it into an answer. */
function quoted(told: Message, odds: Chance): string {
  const mangled = (secret: string) => odds.pick(MANGLED)(secret, odds);
  const wrapped = (text: string, width: number) => text.replace(new RegExp(`(.{1,${width}})(?:\\s+|$)`, 'g'), '$1\n');
  const who = told.from[0]!.name;
  const introduced = [
    `${who} <${mangled(told.replyTo[0]!.address)}> ${odds.pick(VERBS)}`,
    `${odds.pick(['01.12.2026 10:15', 'Di 1. Dez', '2026-12-01T10:15'])} ${who} ${mangled(told.replyTo[0]!.address)}`,
    `Von: ${who}\nAn: ${mangled('anna@desk.example')}\nMessage-ID: <${mangled(told.messageId!)}>`,
    `${who} (${mangled(told.replyTo[0]!.address)}; ${mangled(ratingLink('https://desk.example', ratingToken(MARKS.keys, 1)))})`,
    '',
  ];
  const mark = odds.pick(MARKED);
  const text = odds.pick([told.text, wrapped(told.text, 40), told.text.split('\n').slice(2).join('\n')]);
  const marked = text
    .trimEnd()
    .split('\n')
    .map((line) => mark + line);
  return [odds.pick(introduced), ...marked].join('\n');
}

const nothingElse = (text: string) => text.toLowerCase().replace(/[^a-z0-9]/g, '');

test('an answer from any client reaches the customer without a secret, or waits for its writer', () =>
  withDesk(
    async (desk) => {
      const odds = chance(20_261_202);
      const told = await desk.round({
        from: '"#cc mallory@evil.example" <ivan@client.example>',
        subject: 'Касса',
        text: '#cc mallory@evil.example\n#spam\nКасса не открывает смену.\n№ закрыть\n*#note* тайное\n',
        messageId: 'first@client.example',
      });
      const { message } = toOperators(told).find(({ to }) => to.includes('anna@desk.example'))!;
      expect(`${message.text}\n${message.from[0]?.name}`).not.toMatch(/^[\s*]*[#№](?:cc|spam|note| закрыть)/m);
      const operator = nothingElse(message.replyTo[0]!.address).replace(/^support|deskexample$/g, '');
      const secrets = [operator, 'annadesk', 'borisdesk', nothingElse(message.messageId!)];
      let left = 0;
      for (let round = 0; round < 150; round++) {
        const words = `Ответ номер ${round}: смену открывает кнопка слева.`;
        const quote = quoted(message, odds);
        const signature = odds.pick(['', '\n\n-- \nАнна, anna@desk.example', '\n\nАнна <ANNA@DESK.EXAMPLE>']);
        const body = odds.pick([
          `${words}${signature}\n\n${quote}`,
          `${quote}\n\n${words}${signature}`,
          `Добрый день!\n\n${quote}\n\n${words}`,
        ]);
        const page = odds.pick([undefined, `<p>${body.replace(/\n/g, '<br>')}</p>`]);
        const sent = await desk.round({
          from: 'anna@desk.example',
          to: message.replyTo[0]!.address,
          subject: `Re: ${message.subject}`,
          headers: [['References', `<first@client.example> <${message.messageId}>`]],
          messageId: `answer-${round}@desk.example`,
          mailFrom: 'anna@desk.example',
          ...(page === undefined ? { text: body } : { text: '', html: page }),
        });
        const outside = toCustomers(sent);
        for (const letter of outside) {
          expect({ round, to: letter.to }).toEqual({ round, to: ['ivan@client.example'] });
          const { text, html, subject, from, references } = letter.message;
          const seen = nothingElse([text, html, subject, from[0]?.name, ...references].join('\n'));
          expect({ round, body, found: secrets.filter((secret) => seen.includes(secret)) }).toEqual({
            round,
            body,
            found: [],
          });
          expect(text).toContain(words);
          expect(text).not.toMatch(/Подлинность отправителя|Команды пиш/);
        }
        if (outside.length === 0) expect(toOperators(sent).map(({ to }) => to)).toEqual([['anna@desk.example']]);
        left += outside.length;
      }
      expect(left).toBeGreaterThan(40);
      const people = await desk.store.db.selectFrom('participants').select('address').execute();
      expect(people.map(({ address }) => address)).toEqual(['ivan@client.example']);
      const states = await desk.store.db.selectFrom('tickets').select('state').execute();
      expect(states).toEqual([{ state: 'waiting' }]);
    },
    { rules: { ...RULES, operators: [ANNA, BORIS] } },
  ));

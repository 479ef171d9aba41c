// Answers as the mail clients of operators write them: each fixture is the shape of one client, into which the notification
// that it answers is set as that client would set it. What the customer gets is the words, and nothing of the footer.

import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { holdsFooter } from '../../src/desk/footer.ts';
import { RULES } from '../support/case.ts';
import { withDesk } from '../support/desk.ts';
import { ANNA, BORIS, toCustomers, toOperators } from '../support/operators.ts';
import type { LetterSent } from '../support/way-out.ts';

const DIR = path.join(import.meta.dirname, '../../fixtures/operators');
const CLIENTS = fs.readdirSync(DIR).flatMap((name) => (name.endsWith('.eml') ? [name.slice(0, -'.eml'.length)] : []));

/** The fixture with the notification set into it. */
function answerOf(client: string, { message }: LetterSent): Buffer {
  const body = /<body[^>]*>([\s\S]*)<\/body>/.exec(message.html ?? '')?.[1] ?? '';
  const values: Readonly<Record<string, string>> = {
    to: message.replyTo[0]!.address,
    id: message.messageId!,
    references: [...message.references, message.messageId].map((id) => `<${id}>`).join(' '),
    subject: message.subject,
    plain: message.text.trimEnd(),
    quoted: message.text.trimEnd().replace(/^/gm, '> '),
    html: body,
  };
  const made = fs
    .readFileSync(path.join(DIR, `${client}.eml`), 'utf8')
    .replace(/\{\{(\w+)\}\}/g, (_, name: string) => values[name]!);
  return Buffer.from(made.replace(/\r?\n/g, '\r\n'));
}

describe('an operator’s answer written in', () => {
  test.each(CLIENTS)('%s reaches the customer without history, signature or footer', (client) =>
    withDesk(
      async (desk) => {
        const english = client.endsWith('-en');
        const told = await desk.round({
          from: english ? 'Maria Weber <maria@shop.example>' : 'Иван Петров <ivan@client.example>',
          subject: english ? 'The cart does not open' : 'Cart',
          text: english ? 'The cart page stays empty.\n' : 'Корзина пуста, хотя товары добавлены.\n',
          messageId: 'first@client.example',
        });
        const toAnna = toOperators(told).find(({ to }) => to.includes('anna@desk.example'))!;
        const { reply } = JSON.parse(fs.readFileSync(path.join(DIR, `${client}.json`), 'utf8')) as { reply: string };
        const [letter, ...others] = toCustomers(await desk.round(answerOf(client, toAnna)));
        expect(others).toEqual([]);
        expect(letter?.to).toEqual([english ? 'maria@shop.example' : 'ivan@client.example']);
        expect(letter?.message.text.trim()).toBe(reply);
        expect(letter?.message.references.at(-1)).toBe('first@client.example');
        const whole = `${letter?.message.text}\n${letter?.message.html}`;
        expect(holdsFooter(whole)).toBe(false);
        expect(whole).not.toMatch(/kvitok|#помощь|Корзина пуста|stays empty/);
        expect(letter?.raw.toString('utf8').toLowerCase()).not.toContain('anna@');
      },
      { rules: { ...RULES, operators: [ANNA, BORIS] } },
    ),
  );
});

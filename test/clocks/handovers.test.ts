// A ticket is handed to the development department: its people get the letter that waits, once.

import { expect, test } from '@jest/globals';
import { tellHandovers } from '../../src/clocks/handovers.ts';
import { operatorsOf } from '../../src/ingest/rules.ts';
import { setLevel } from '../../src/store/ticket-fields.ts';
import { RULES } from '../support/case.ts';
import { MARKS, type TestDesk, withDesk } from '../support/desk.ts';
import { told, toOperators } from '../support/operators.ts';
import { configOf, posted } from '../support/posted.ts';
import { REGULATION } from '../support/timetable.ts';

const CONFIG = configOf({
  operators: [
    { address: 'anna@desk.example', name: 'Анна', role: 'lead' },
    { address: 'denis@desk.example', name: 'Денис', role: 'developer' },
    { address: 'egor@desk.example', name: 'Егор', role: 'developer', notify: false },
  ],
});
const ANNA = { by: 'anna@desk.example', because: '#level' };

let ids = 0;
const tell = ({ store, clock, log }: TestDesk, config = CONFIG) =>
  tellHandovers({
    db: store.db,
    operators: operatorsOf(config),
    language: 'ru',
    log,
    now: clock.now,
    messageIdFor: (kind, ticket) => `${kind}.${ticket}.${++ids}@${MARKS.messageIdHost}`,
    replyAddressFor: () => null,
  });

const level = ({ store, clock }: TestDesk, to: 'development' | 'free') =>
  setLevel(store.db, 1000, to, REGULATION, ANNA, clock.now);

async function write(desk: TestDesk, id: string, subject: string, text: string): Promise<void> {
  await desk.hand({ messageId: id, subject, text });
  await desk.workOff();
}

test('the developers who want to hear of it get the oldest letter that waits, once', () =>
  withDesk(async (desk) => {
    await write(desk, '1@client.example', 'Интеграция', 'Не отвечает метод API.\n');
    await write(desk, '2@client.example', '[#10008] Интеграция', 'И этот тоже.\n');
    expect(await tell(desk)).toBe(0);
    await level(desk, 'development');
    expect(await tell(desk)).toBe(1);
    expect(await tell(desk)).toBe(0);
    const { mail } = (await posted(desk, CONFIG)).at(-1)!;
    expect(mail.to).toEqual({ name: 'Денис', address: 'denis@desk.example' });
    expect(mail.subject).toBe('[#10008] Интеграция');
    expect(mail.text).toContain('Обращение передано в отдел разработки.\n\nНе отвечает метод API.');
    expect(mail.text).toContain('новое; разработка; ответить до 26.03.2026 20:00');
  }));

test('those whom an operator’s letter hands a ticket to are told by that letter, and not once more', () => {
  const operators = operatorsOf(CONFIG);
  return withDesk(
    async (desk) => {
      await write(desk, '1@client.example', 'Интеграция', 'Не отвечает метод API.\n');
      const { headers } = await told(desk, operators[0]!, 1000);
      const letter = {
        from: 'anna@desk.example',
        messageId: 'a@desk.example',
        subject: 'Re: [#10008] Интеграция',
        headers,
      };
      const sent = toOperators(await desk.round({ ...letter, text: '#level development\n' }));
      expect(sent.filter(({ to }) => to.includes('denis@desk.example'))).toMatchObject([
        {
          message: {
            text: expect.stringMatching(
              /^\[kvitok\] .+\n\nОбращение передано в отдел разработки\.\n\nНе отвечает метод API\./,
            ),
          },
        },
      ]);
      expect(await tell(desk)).toBe(0);
    },
    { rules: { ...RULES, operators } },
  );
});

test('a ticket that is handed over again is told again, one that was taken back in between is not', () =>
  withDesk(async (desk) => {
    await write(desk, '1@client.example', 'Интеграция', 'Не отвечает метод API.\n');
    await level(desk, 'development');
    await level(desk, 'free');
    expect(await tell(desk)).toBe(0);
    desk.clock.now += 60_000;
    await level(desk, 'development');
    expect(await tell(desk)).toBe(1);
    desk.clock.now += 60_000;
    await level(desk, 'free');
    desk.clock.now += 60_000;
    await level(desk, 'development');
    expect(await tell(desk)).toBe(1);
  }));

test('a desk without developers tells nobody, and tells no old hand-over to the first one it gets', () =>
  withDesk(async (desk) => {
    await write(desk, '1@client.example', 'Интеграция', 'Не отвечает метод API.\n');
    await level(desk, 'development');
    expect(await tell(desk, configOf())).toBe(0);
    desk.clock.now += 4 * 86_400_000;
    expect(await tell(desk)).toBe(0);
  }));

import { expect, test } from '@jest/globals';
import { type TicketFacts, ticketLines } from '../../src/desk/ticket-lines.ts';

const FACTS: TicketFacts = {
  number: '10429',
  state: 'open',
  level: 'partner',
  critical: 'no',
  dueAt: Date.parse('2026-03-02T13:00:00+03:00'),
  assignee: null,
  customer: { name: 'Иван Петров', address: 'ivan@client.example' },
  category: 'ООО «Луч», партнёр',
  related: null,
  beside: { follows: null, open: [] },
  copied: [],
  request: [],
  proof: 'none',
  unanswered: null,
  files: [],
  losses: [],
  tooLong: null,
  covered: false,
  oversize: null,
  before: [],
};
const lines = (change: Partial<TicketFacts>, language: 'ru' | 'en' = 'ru') =>
  ticketLines({ ...FACTS, ...change }, language, 'Europe/Moscow');

test('the first line says where the ticket stands and until when it is to be answered, by the desk’s clocks', () => {
  expect(lines({})[0]).toBe(
    'Обращение 10429: ждёт ответа; поддержка для партнёров; ответить до 02.03.2026 13:00; ответственный: никто',
  );
  expect(lines({ critical: 'yes', dueAt: null, assignee: 'Анна' }, 'en')[0]).toBe(
    'Ticket 10429: waits for an answer; support for partners; CRITICAL; nothing is due; assigned to Анна',
  );
});

test.each(['waiting', 'resolved'] as const)(
  'of a ticket that is %s no answer is due, though its clock runs until ours has left',
  (state) => {
    expect(lines({ state })[0]).toContain('; срока нет; ');
  },
);

test('who stood in Cc is named, and whether he gets the answers', () => {
  const olga = { name: 'Ольга', address: 'olga@client.example', answered: true };
  const petr = { name: '', address: 'petr@partner.example', answered: false };
  expect(lines({ copied: [olga, petr] })).toEqual(
    expect.arrayContaining([
      'В копии, получают ответы: Ольга <olga@client.example>',
      'В копии, ответов не получают: petr@partner.example; добавить: #копия адрес',
    ]),
  );
  expect(lines({ copied: Array.from({ length: 6 }, () => petr) }).join('\n')).toContain('petr@partner.example, …; ');
  expect(lines({}).join('\n')).not.toContain('копии');
});

test('the customer’s other open tickets are named, and the one that this one goes on with by the command that joins them', () => {
  const beside = {
    follows: { number: '10008', subject: 'Не проходит оплата картой' },
    open: [{ number: '10027', subject: '' }],
  };
  expect(lines({ beside })).toEqual(
    expect.arrayContaining([
      'Похоже на продолжение обращения 10008 (Не проходит оплата картой); соединить: #объединить 10008',
      'Другие открытые обращения клиента: 10027; соединить с одним из них: #объединить номер',
    ]),
  );
});

test('the ticket that a stranger named is told, and how to join the two', () => {
  expect(lines({ related: '10008' })).toContain('Возможно, относится к обращению 10008; соединить: #объединить 10008');
  expect(lines({}).join('\n')).not.toContain('относится');
});

test.each([
  ['pass: dmarc=pass', 'Отправитель подтверждён (dmarc=pass)'],
  ['fail: dmarc=fail', 'Отправитель НЕ подтверждён, письмо могло быть подделано (dmarc=fail)'],
  ['none', 'Подлинность отправителя никто не проверял'],
])('what stands for the sender is said in words: %s', (proof, line) => {
  expect(lines({ proof })).toContain(line);
});

test('of an entry that no letter brought nothing is said of its sender', () => {
  expect(lines({ proof: null }).join('\n')).not.toMatch(/тправител/);
});

test('files are told by what became of them', () => {
  const said = lines({
    files: [
      { name: 'a.png', bytes: 1024, fate: 'along' },
      { name: 'b.zip', bytes: 12 * 1024 * 1024, fate: 'left-out' },
      { name: 'c.bmp', bytes: 10, fate: { refused: 'запакуйте в ZIP' } },
    ],
  });
  expect(said).toContain('Файлы в этом письме: a.png (1 KB)');
  expect(said).toContain('Сюда не поместились (взять: kvitok attachments 10429 --save папка): b.zip (12.0 MB)');
  expect(said).toContain('Не принят: c.bmp – запакуйте в ZIP');
});

test('a letter over the size limit, covered secrets and what was said before are told', () => {
  const said = lines({
    oversize: 50 * 1024 * 1024,
    covered: true,
    before: [
      {
        at: Date.parse('2026-03-01T09:05:00+03:00'),
        kind: 'answer',
        name: 'Анна',
        text: '\n\nПерезапустите службу.\nС уважением',
      },
      { at: Date.parse('2026-03-01T10:05:00+03:00'), kind: 'customer', name: 'Иван', text: 'я'.repeat(100) },
    ],
  });
  expect(said.join('\n')).toContain('слишком велико (50.0 MB)');
  expect(said).toContain('Пароли и доступы скрыты; прислать их вам: #доступ (или kvitok show 10429)');
  expect(said).toContain('  01.03.2026 09:05 Анна (ответ): Перезапустите службу.');
  expect(said).toContain(`  01.03.2026 10:05 Иван: ${'я'.repeat(70)}…`);
});

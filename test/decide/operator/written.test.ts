import { describe, expect, test } from '@jest/globals';
import type { Conversation, Said } from '../../../src/decide/operator/standing.ts';
import { writtenIn } from '../../../src/decide/operator/written.ts';
import { leadOf } from '../../../src/desk/footer.ts';

const DESK = 'support@desk.example';

/** A ticket on which the customer said this. */
const ticketWith = (text: string, quoted = '', authorName = 'Иван'): Conversation => ({
  ticket: { subject: 'Касса' } as Conversation['ticket'],
  people: [{ name: authorName, address: 'ivan@client.example' }],
  said: [{ entry: 1, kind: 'customer', author: 'ivan@client.example', authorName, text, quoted } satisfies Said],
  notesElsewhere: [],
  thread: [],
});

const read = (text: string, conversation: Conversation | null = null) => {
  const { commands, rest } = writtenIn({ text }, conversation, DESK);
  return { commands: commands.map(({ typed }) => typed), rest };
};

describe('a command is', () => {
  test('what stands above the text, quoted or not', () => {
    expect(read('#close\nГотово.\n\n> Касса не работает')).toEqual({ commands: ['#close'], rest: 'Готово.' });
    expect(read('\n#assign me\n\n#срочно\n\nСмотрим.')).toEqual({
      commands: ['#assign me', '#срочно'],
      rest: 'Смотрим.',
    });
  });

  test.each([
    ['below a quote', '> Касса не работает\n\n#close\nГотово.'],
    ['below the desk’s own line', `${leadOf('10008', 'ru')}\n\n#close\nГотово.`],
    ['below what the client puts above a quote', '10.03.2026 12:00, Иван пишет:\n#close\nГотово.'],
    ['below the fields of the letter it answers', 'От: Иван <i@client.example>\nКому: x\nТема: y\n\n#close\nГотово.'],
    ['in a line that names the desk’s address', `#close ${DESK} жазды:\nГотово.`],
    ['below the lines for the desk alone', '=== kvitok: ниже только для сотрудников ===\n#close\nГотово.'],
  ])('nothing that stands %s', (_where, text) => {
    expect(read(text).commands).toEqual([]);
  });

  test('no line of what the customer wrote, quoted, or is called', () => {
    const cc = '#cc mallory@evil.example';
    expect(read(`${cc}\nГотово.`, ticketWith(`Здравствуйте.\n${cc}`)).commands).toEqual([]);
    expect(read(`#\u200bcc  MALLORY@evil.example\nГотово.`, ticketWith(`Здравствуйте.\n${cc}`)).commands).toEqual([]);
    expect(read(`${cc}\nГотово.`, ticketWith('Здравствуйте.', `> ${cc}`)).commands).toEqual([]);
    expect(read(`${cc}\nи ещё`, ticketWith(`Прошу: ${cc} и ещё кого-нибудь`)).commands).toEqual([]);
    expect(read(`${cc} schreef:\nГотово.`, ticketWith('Здравствуйте.', '', cc)).commands).toEqual([]);
    expect(read('#close\nГотово.', ticketWith('#close')).commands).toEqual([]);
  });

  test('still the operator’s where the customer only used such a word', () => {
    expect(read('#close\nГотово.', ticketWith('Не могу нажать #close в панели')).commands).toEqual(['#close']);
    expect(read('#close\nГотово.', ticketWith('Не могу нажать #close')).commands).toEqual(['#close']);
    expect(read('#note\nПозвонить.', ticketWith('#notes')).commands).toEqual(['#note']);
  });
});

describe('what a client quotes below the answer without any mark', () => {
  const SAID = 'The drawer of the second till is stuck since Monday.\n#close\nIt says E-55, password: Qwe!123x\n';
  const ticket = ticketWith(SAID);

  test.each([
    ['alone', SAID],
    ['with the lines like commands broken', SAID.replace('#', '\\#')],
    ['with its password covered', SAID.replace('Qwe!123x', '••••••')],
    ['wrapped and indented', SAID.replace('second till', 'second\n   till')],
    ['below a line that names its writer', `Иван жазды:\n\n${SAID}`],
    ['below a line that names the desk', `Иван <${DESK.replace('@', '+aaqtoken@')}> blurted out\n${SAID}`],
    ['below a line that a client wrapped', `On Tuesday, at ten, Иван\n<${DESK}> ::\n${SAID}`],
    ['twice', `${SAID}\nИван:\n${SAID}`],
  ])('is not in the answer (%s)', (_how, quote) => {
    expect(read(`Press the left button.\n\nRegards\n\n${quote}`, ticket)).toEqual({
      commands: [],
      rest: 'Press the left button.\n\nRegards',
    });
  });

  test('is not in the answer though it is short, where a line says whose it is', () => {
    const short = ticketWith('It works now.');
    expect(read('Thanks.\n\nИван <ivan@client.example> dijo\nIt works now.', short).rest).toBe('Thanks.');
    expect(read('Good.\nIt works now.', short).rest).toBe('Good.\nIt works now.');
    expect(read('Здравствуйте, Иван!\nIt works now.', short).rest).toBe('Здравствуйте, Иван!\nIt works now.');
  });

  test('leaves a greeting, words that follow it, and what the operator says of it', () => {
    expect(read(`Hello Иван!\nPress it.\n${SAID}`, ticket).rest).toBe('Hello Иван!\nPress it.');
    expect(read(`Press it.\nRegards\nИван <${DESK}> said:\n${SAID}`, ticket).rest).toBe('Press it.\nRegards');
    expect(read(`${SAID}\nSo press it.`, ticket).rest).toContain('So press it.');
    expect(read('You say that it says E-55, password: Qwe!123x', ticket).rest).toContain('You say');
  });

  test('is nothing new where it is all that the letter says', () => {
    expect(read(SAID, ticket).rest).toBe('');
  });

  test('is taken off though a hundred long letters were written', () => {
    const long = 'слово и дело, '.repeat(1400);
    const said = Array.from({ length: 100 }, (_, i) => ({ ...ticket.said[0]!, text: `${long}${i}`, quoted: long }));
    const begun = process.cpuUsage();
    expect(read(`Да.\n\n${long}7`, { ...ticket, said }).rest).toBe('Да.');
    const { user, system } = process.cpuUsage(begun);
    expect((user + system) / 1000).toBeLessThan(300);
  });
});

test('a command is none that stands in the subject, or stands there with a full stop', () => {
  const named = { ...ticketWith('It is dead.'), ticket: { subject: '#close' } as Conversation['ticket'] };
  expect(read('#close\nIt is dead.\n\nPress it.', named).commands).toEqual([]);
  expect(read('#close\nIt works.\n\nPress it.', ticketWith('#close.\nIt works.')).commands).toEqual([]);
});

import { describe, expect, test } from '@jest/globals';
import type { Conversation, Said } from '../../../src/decide/operator/standing.ts';
import { writtenIn } from '../../../src/decide/operator/written.ts';
import { leadOf } from '../../../src/desk/footer.ts';

const DESK = 'support@desk.example';

/** A ticket on which the customer said this. */
const ticketWith = (text: string, quoted = '', authorName = 'Иван'): Conversation => ({
  ticket: {} as Conversation['ticket'],
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

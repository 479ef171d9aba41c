import { expect, test } from '@jest/globals';
import { unansweredLine } from '../../src/desk/unanswered.ts';

test('an operator reads in his own language why the customer got no acknowledgement', () => {
  const silence = 'it asks for no automatic answer (response-suppress)';
  expect(unansweredLine(silence, 'ru')).toBe(
    'Клиент НЕ получил подтверждения: письмо просит не отвечать на него автоматически',
  );
  expect(unansweredLine(silence, 'en')).toBe(`The customer got NO acknowledgement: ${silence}`);
  expect(unansweredLine('the letter arrived 96 hours ago', 'ru')).toMatch(/: письмо пришло слишком давно$/);
});

test('and nothing where he got one, or nobody waits for one', () => {
  expect(unansweredLine(null, 'ru')).toBeNull();
  expect(unansweredLine('this ticket was acknowledged within the hour', 'ru')).toBeNull();
});

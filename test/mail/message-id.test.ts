import { expect, test } from '@jest/globals';
import { isMessageId, mayBeReferredTo, messageIds } from '../../src/mail/message-id.ts';

test('the letters a reply refers to are read in their order, each once', () => {
  expect(messageIds('<a@x> <b@x>\r\n <a@x>', 50)).toEqual(['a@x', 'b@x']);
});

test('words around the brackets are passed over, as RFC 822 mailers wrote them', () => {
  expect(messageIds('Your message of "Mon, 3 Nov" <a@x>', 50)).toEqual(['a@x']);
});

test('ids without brackets are still found', () => {
  expect(messageIds('a@x, b@x', 50)).toEqual(['a@x', 'b@x']);
});

test('an id with a blank, a control or more than 250 characters is refused, its neighbours stay', () => {
  expect(messageIds(`<a b@x> <c\u0000@x> <${'d'.repeat(251)}> <e@x>`, 50)).toEqual(['e@x']);
});

test('of a References field that is too long the newest letters are kept', () => {
  const many = Array.from({ length: 200 }, (_, n) => `<${n}@x>`).join(' ');
  expect(messageIds(many, 50)).toHaveLength(50);
  expect(messageIds(many, 50).at(-1)).toBe('199@x');
  expect(messageIds(many, 0)).toEqual([]);
});

test('what we answer is named in our letter as its program called it, if only in ASCII', () => {
  for (const id of ['a@b', 'without-at', 'a@b@c', `${'a'.repeat(248)}@b`]) expect(mayBeReferredTo(id)).toBe(true);
  for (const id of ['письмо@почта.рф', 'a@b\u0000', 'a b@c', 'a@b\r\nBcc: x@y', '<a@b>', '', `${'a'.repeat(250)}@b`])
    expect(mayBeReferredTo(id)).toBe(false);
});

test('an id is strict as the standard has it', () => {
  expect(isMessageId('a.b+c@host.example')).toBe(true);
  expect(isMessageId('a@[192.0.2.1]')).toBe(true);
  for (const id of ['a', 'a@b@c', 'a@b\r\nBcc: x@y', 'a b@c', '<a@b>', '', `${'a'.repeat(250)}@b`]) {
    expect(isMessageId(id)).toBe(false);
  }
});

import { expect, test } from '@jest/globals';
import { folded } from '../../src/mail/folded.ts';

test.each([
  ['a plus tag', 'ivan+shop@client.example', 'ivan@client.example'],
  ['the dots of Gmail, and its other domain', 'I.van+a+b@GoogleMail.com', 'ivan@gmail.com'],
  ['the dots and the domains of Yandex', 'ivan.petrov@ya.ru', 'ivan-petrov@yandex.ru'],
  ['case', 'Ivan@Client.Example', 'ivan@client.example'],
])('%s makes no other mailbox for counting', (_what, address, mailbox) => {
  expect(folded(address)).toBe(mailbox);
});

test.each([
  ['dots elsewhere', 'ivan.petrov@client.example', 'ivanpetrov@client.example'],
  ['a name that is a tag alone', '+a@client.example', '+b@client.example'],
])('%s do', (_what, one, other) => {
  expect(folded(one)).not.toBe(folded(other));
});

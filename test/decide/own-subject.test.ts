// Whose subject an acknowledgement repeats, and what it makes of it, seen in the mailbox of the one who wrote.

import { expect, test } from '@jest/globals';
import { decideCall, NOTHING_SENT } from '../../src/decide/call.ts';
import { saveClients } from '../../src/store/clients.ts';
import { RULES } from '../support/case.ts';
import { type TestDesk, withDesk } from '../support/desk.ts';
import { checked, type LetterSketch, raw } from '../support/letter.ts';
import { configOf, posted } from '../support/posted.ts';

const FIXED = '[#10008] Ваше обращение принято';
const RUSSIAN = { text: 'Корзина не открывается.\n' };
const PASS = 'dmarc=pass header.from=client.example';

const CLIENT = {
  key: '17',
  name: 'Луч',
  category: 'free',
  edition: null,
  version: null,
  contractEnd: null,
  addresses: [],
  domains: ['client.example'],
} as const;

const register = (desk: TestDesk) => saveClients(desk.store.db, [CLIENT], desk.clock.now);

async function subjects(desk: TestDesk, ...letters: readonly Uint8Array[]): Promise<readonly string[]> {
  for (const letter of letters) {
    await desk.hand(letter);
    await desk.workOff();
  }
  return (await posted(desk, configOf())).map(({ mail }) => mail.subject);
}

const proven = (sketch: LetterSketch) => checked(PASS, { ...RUSSIAN, ...sketch });

test('a stranger gets a subject that is always the same, whatever stood in his', () =>
  withDesk(async (desk) => {
    expect(await subjects(desk, raw({ ...RUSSIAN, subject: 'Выиграли миллион' }))).toEqual([FIXED]);
  }));

test('a writer who is proven finds his own subject behind the number, and so he does when he writes again', () =>
  withDesk(async (desk) => {
    const first = proven({ subject: 'Re: Fwd: Корзина', messageId: '1@client.example' });
    const second = proven({ subject: 'Re: [#10008] Корзина', messageId: '2@client.example', text: 'Ещё вот что.\n' });
    expect(await subjects(desk, first, second)).toEqual(['[#10008] Корзина', '[#10008] Корзина']);
  }));

test('a client of the register finds his own subject though nothing proves him', () =>
  withDesk(async (desk) => {
    await register(desk);
    expect(await subjects(desk, raw({ ...RUSSIAN, subject: 'Корзина' }))).toEqual(['[#10008] Корзина']);
  }));

test('a tag of another ticket is left out, and a subject that names one in words is not repeated', () =>
  withDesk(async (desk) => {
    const tagged = proven({ subject: '[#10429] Корзина', messageId: '1@client.example' });
    const inWords = proven({ subject: 'Снова тикет № 10429', messageId: '2@client.example', text: 'Опять.\n' });
    const nested = proven({ subject: '[#[#10429]10429]', messageId: '3@client.example', text: 'И опять.\n' });
    expect(await subjects(desk, tagged, inWords, nested)).toEqual([
      '[#10008] Корзина',
      '[#10019] Ваше обращение принято',
      '[#10024] Ваше обращение принято',
    ]);
  }));

test('nothing that turns, hides or breaks a line comes back, and a long subject is cut', () =>
  withDesk(async (desk) => {
    const turned = proven({ subject: 'Кор\u202eзина\r\nBcc: all@client.example', messageId: '1@client.example' });
    const long = proven({ subject: 'ё'.repeat(5000), messageId: '2@client.example', text: 'Другое.\n' });
    const [one, two] = await subjects(desk, turned, long);
    expect(one).toBe('[#10008] Корзина Bcc: all@client.example');
    expect(two).toBe(`[#10019] ${'ё'.repeat(149)}…`);
  }));

test('a letter without a subject gets the one that is always the same', () =>
  withDesk(async (desk) => {
    expect(await subjects(desk, proven({ subject: 'Re:' }))).toEqual([FIXED]);
  }));

test('what an operator called the matter of somebody who rang up is not told to the caller', () => {
  const caller = { name: 'Иван', address: 'ivan@client.example', identity: 'ivan@client.example' };
  const { responses } = decideCall({
    caller,
    client: { id: 7, ...CLIENT },
    subject: 'опять этот скандалист',
    text: 'Корзина не открывается.',
    attachments: [],
    kind: 'phone',
    sent: NOTHING_SENT,
    rules: RULES,
    now: 0,
  });
  expect(responses[0]).toMatchObject({ kind: 'acknowledgement', values: { matter: null } });
});

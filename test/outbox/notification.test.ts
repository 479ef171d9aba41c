// What operators find in their mailboxes when a customer writes.

import { deflateSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { operatorsOf } from '../../src/ingest/rules.ts';
import type { IngestDeps } from '../../src/ingest.ts';
import type { ComposedLetter } from '../../src/outbox/compose.ts';
import { showTicket } from '../../src/store/tickets.ts';
import { readReplyAddress } from '../../src/thread/reply-address.ts';
import { png } from '../attachments/pictures.ts';
import { MARKS, type TestDesk, testRules, withDesk } from '../support/desk.ts';
import { answering } from '../support/operators.ts';
import { configOf, posted } from '../support/posted.ts';

const CONFIG = configOf({
  operators: [
    { address: 'Anna@desk.example', name: 'Анна' },
    { address: 'boris@desk.example', name: 'Борис' },
    { address: 'dev@desk.example', name: 'Денис', role: 'developer' },
  ],
  notifications: { attachMegabytes: 0.001 },
});
const withOperators = (use: (desk: TestDesk) => Promise<void>, change: Partial<IngestDeps> = {}) =>
  withDesk(use, { rules: { ...testRules(), operators: operatorsOf(CONFIG) }, ...change });

/** Of pixels that no compression makes smaller. */
const PIXELS = Buffer.alloc(65 * 64, 0).map((_, i) => (i % 65 === 0 ? 0 : (Math.imul(i, 0x9e3779b1) >>> 13) & 0xff));
const LARGE = png(64, 64, deflateSync(PIXELS));

const to = (letters: readonly ComposedLetter[], address: string) =>
  letters.filter(({ mail }) => mail.to.address === address);
const notified = async (desk: TestDesk, address = 'Anna@desk.example') => to(await posted(desk, CONFIG), address);

describe('a customer’s letter', () => {
  test('goes to every operator of tickets that are nobody’s, one letter each, and to nobody else', () =>
    withOperators(async (desk) => {
      await desk.hand({});
      await desk.workOff();
      const letters = await posted(desk, CONFIG);
      expect(letters.map(({ envelope, mail }) => [envelope.to, mail.cc])).toEqual([
        [['ivan@client.example'], undefined],
        [['Anna@desk.example'], undefined],
        [['boris@desk.example'], undefined],
      ]);
    }));

  test('comes from the customer’s name at the support address, with the tag once, as a machine’s letter', () =>
    withOperators(async (desk) => {
      await desk.hand({ from: 'Иван Петров <ivan@client.example>', subject: 'Re: [#10008] Печать' });
      await desk.workOff();
      const [{ mail, envelope } = { mail: null, envelope: null }] = await notified(desk);
      expect(mail?.from).toEqual({ name: 'Иван Петров', address: 'support@desk.example' });
      expect(mail?.to).toEqual({ name: 'Анна', address: 'Anna@desk.example' });
      expect(mail?.subject).toBe('[#10008] Печать');
      expect(mail?.headers).toMatchObject({ 'Auto-Submitted': 'auto-generated' });
      expect(envelope?.from).toBe('');
    }));

  test('is answered to an address that is this operator’s own, for this ticket and this letter', () =>
    withOperators(async (desk) => {
      await desk.hand({});
      await desk.workOff();
      const [anna] = await notified(desk);
      const [boris] = await notified(desk, 'boris@desk.example');
      const tokens = [anna, boris].map((letter) =>
        readReplyAddress(MARKS.keys, MARKS.address, letter?.mail.replyTo?.address ?? ''),
      );
      expect(tokens).toMatchObject([
        { reader: 'operator', ticket: 1000, about: 1 },
        { reader: 'operator', ticket: 1000, about: 1 },
      ]);
      expect(tokens[0]?.person).not.toBe(tokens[1]?.person);
    }));

  test('hangs in one thread with all others of its ticket, for each operator apart', () =>
    withOperators(async (desk) => {
      for (const n of [1, 2, 3]) {
        await desk.hand({ messageId: `${n}@client.example`, subject: '[#10008] Печать', text: `Письмо ${n}.\n` });
        await desk.workOff();
      }
      for (const address of ['Anna@desk.example', 'boris@desk.example']) {
        const [one, two, three] = (await notified(desk, address)).map(({ mail }) => mail);
        expect([one?.inReplyTo, one?.references]).toEqual([undefined, undefined]);
        expect([two?.inReplyTo, two?.references]).toEqual([one?.messageId, [one?.messageId]]);
        expect([three?.inReplyTo, three?.references]).toEqual([two?.messageId, [one?.messageId, two?.messageId]]);
        expect(new Set([one, two, three].map((mail) => mail?.subject))).toEqual(new Set(['[#10008] Печать']));
      }
    }));

  test('is there whole, what it quotes too, and the footer stands between its marks', () =>
    withOperators(async (desk) => {
      await desk.hand({ text: 'Не печатает.\n\n10.03.2026 12:00, Анна пишет:\n> Попробуйте ещё раз.\n' });
      await desk.workOff();
      const [letter] = await notified(desk);
      expect(letter?.mail.text).toMatch(
        /^\[kvitok\] Обращение 10008\. Команды пишут выше этой строки\.\n\nНе печатает\.\n\n10\.03\.2026 12:00, Анна пишет:\n> Попробуйте ещё раз\.\n\n=== kvitok: ниже.*===\nОбращение 10008: новое; [\s\S]*\n=== kvitok: конец ===\n$/,
      );
      expect(letter?.mail.html).toContain('Анна пишет:<br>\n&gt; Попробуйте ещё раз.</p>');
    }));

  test('brings the files that are accepted and fit, and names the others with the reason', () =>
    withOperators(async (desk) => {
      await desk.hand({
        parts: [
          { contentType: 'image/png', content: png(), filename: 'снимок.png' },
          { contentType: 'image/png', content: LARGE, filename: 'большой.png' },
          { contentType: 'image/bmp', content: 'BM', filename: 'плохой.bmp' },
        ],
      });
      await desk.workOff();
      const [letter] = await notified(desk);
      expect(letter?.mail.attachments?.map(({ filename }) => filename)).toEqual(['снимок.png']);
      expect(letter?.mail.text).toMatch(/Файлы в этом письме: снимок\.png \(1 KB\)/);
      expect(letter?.mail.text).toMatch(
        /Сюда не поместились \(взять: kvitok attachments 10008 --save папка\): большой\.png/,
      );
      expect(letter?.mail.text).toMatch(/Не принят: плохой\.bmp – /);
    }));

  test('of a megabyte of lines is told by its beginning, and the whole comes along as a file with its passwords covered', () =>
    withOperators(async (desk) => {
      const lines = Array.from({ length: 90_000 }, (_, at) => `строка ${at}`);
      await desk.hand({ text: `${lines.join('\n')}\nпароль: Qwerty12\n` });
      await desk.workOff();
      const config = configOf({ operators: CONFIG.operators, notifications: { attachMegabytes: 10 } });
      const [letter] = to(await posted(desk, config), 'Anna@desk.example');
      expect(letter?.mail.text).toMatch(/^\[kvitok\][^\n]*\n\nстрока 0\nстрока 1\n/);
      expect(letter?.mail.text).toContain('Показано только начало текста; целиком: в файле letter-10008.txt');
      expect(letter?.mail.text.split('\n').length).toBeLessThan(1_600);
      const file = letter?.mail.attachments?.find(({ filename }) => filename === 'letter-10008.txt');
      const whole = file?.content.toString('utf8') ?? '';
      expect(whole).toContain('строка 70000\r\n');
      expect(JSON.stringify([letter, whole])).not.toContain('Qwerty12');
    }));

  test('of a megabyte of lines names where the rest is, where no files may come along', () =>
    withOperators(async (desk) => {
      await desk.hand({ text: 'а\n'.repeat(400_000) });
      await desk.workOff();
      const [letter] = await notified(desk);
      expect(letter?.mail.attachments).toBeUndefined();
      expect(letter?.mail.text).toContain('Показано только начало текста; целиком: kvitok show 10008');
    }));

  test('of which not all was read says what is missing', () =>
    withOperators(async (desk) => {
      await desk.hand({ text: 'слово '.repeat(200_000) });
      await desk.workOff();
      const [letter] = await notified(desk);
      expect(letter?.mail.text).toContain('НЕ ВСЁ ПРОЧИТАНО: конец текста не прочитан: письмо слишком длинное');
    }));

  test('that is encrypted says so, and its envelope is among no files', () =>
    withOperators(async (desk) => {
      const armour = '-----BEGIN PGP MESSAGE-----\r\n\r\nhQEMA7\r\n-----END PGP MESSAGE-----\r\n';
      await desk.hand(
        Buffer.from(
          'From: ivan@client.example\r\nTo: support@desk.example\r\nSubject: key\r\nMessage-ID: <e1@client.example>\r\n' +
            'Content-Type: multipart/encrypted; boundary=e\r\n\r\n--e\r\nContent-Type: application/pgp-encrypted\r\n\r\n' +
            'Version: 1\r\n--e\r\nContent-Type: application/octet-stream; name=encrypted.asc\r\n' +
            `Content-Disposition: attachment; filename=encrypted.asc\r\n\r\n${armour}--e--\r\n`,
        ),
      );
      await desk.workOff();
      const letters = await posted(desk, CONFIG);
      const [notification] = to(letters, 'Anna@desk.example');
      expect(notification?.mail.text).toContain('НЕ ВСЁ ПРОЧИТАНО: письмо зашифровано (PGP)');
      expect(notification?.mail.text).toContain('(в письме нет текста)');
      expect(to(letters, 'ivan@client.example')).toHaveLength(1);
      expect(letters.map(({ mail }) => mail.text).join('\n')).not.toContain('encrypted.asc');
    }));

  test('has its passwords covered for operators, and whole in the store', () =>
    withOperators(async (desk) => {
      await desk.hand({ subject: 'пароль: Qwerty12', text: 'Логин: admin\nПароль: Qwerty12\n' });
      await desk.workOff();
      const letters = JSON.stringify(await posted(desk, CONFIG));
      expect(letters).not.toContain('Qwerty12');
      expect(letters).toContain('Пароли и доступы скрыты; прислать их вам: #доступ (или kvitok show 10008)');
      const { reply } = await desk.store.db.selectFrom('entries').select('reply').executeTakeFirstOrThrow();
      expect(reply).toContain('Qwerty12');
    }));

  test('can not end or begin the footer by writing its marks', () =>
    withOperators(async (desk) => {
      await desk.hand({ from: '"=== kvitok: end ===" <ivan@client.example>', text: 'Да.\n=== kvitok: конец ===\n' });
      await desk.workOff();
      const [letter] = await notified(desk);
      expect(letter?.mail.text.match(/^=== kvitok/gm)).toHaveLength(2);
    }));

  test('that is taken in silently is no news', () =>
    withOperators(async (desk) => {
      await desk.ingest.keep([
        {
          source: 'test',
          key: 'test:old',
          receivedAt: desk.clock.now,
          envelope: { from: null, to: [] },
          raw: Buffer.from('From: a@client.example\r\nSubject: old\r\n\r\nold\r\n'),
          silent: 'was in the mailbox before kvitok',
        },
      ]);
      await desk.workOff();
      expect(await desk.fates()).toEqual(['opened']);
      expect(await posted(desk, CONFIG)).toEqual([]);
    }));
});

test('an operator who is the customer of a ticket hears of it as its customer alone', () =>
  withOperators(async (desk) => {
    const [question] = await desk.round({ from: 'anna@desk.example' });
    const { replyTo } = answering(question!);
    await desk.round({ from: 'anna@desk.example', to: replyTo, messageId: 'yes@desk.example', text: 'Да\n' });
    const letters = (await posted(desk, CONFIG)).slice(1);
    expect(to(letters, 'Anna@desk.example')).toEqual([]);
    expect(to(letters, 'boris@desk.example')).toHaveLength(1);
  }));

test('the assignee hears alone of what the customer writes next', () =>
  withOperators(async (desk) => {
    await desk.hand({});
    await desk.workOff();
    await desk.store.db.updateTable('tickets').set({ assignee: 'boris@desk.example' }).execute();
    await desk.hand({ messageId: '2@client.example', subject: '[#10008]', text: 'Ещё.\n' });
    await desk.workOff();
    expect(await notified(desk)).toHaveLength(1);
    expect(await notified(desk, 'boris@desk.example')).toHaveLength(2);
  }));

test('automatic mail on a ticket is filed and is no news', () =>
  withOperators(async (desk) => {
    await desk.hand({});
    await desk.workOff();
    const { message_id } = await desk.store.db.selectFrom('outbox').select('message_id').executeTakeFirstOrThrow();
    const headers = [
      ['Auto-Submitted', 'auto-replied'],
      ['In-Reply-To', `<${message_id}>`],
    ] as const;
    await desk.hand({ messageId: '2@client.example', headers });
    await desk.workOff();
    expect(await notified(desk)).toHaveLength(1);
  }));

test('a letter that nothing but its words calls automatic stays the customer’s and is news; the ticket tells why it was not acknowledged', () =>
  withOperators(async (desk) => {
    await desk.hand({});
    await desk.workOff();
    const text = 'Буду отсутствовать до 20 мая. По срочным вопросам обращайтесь к Анне: anna@client.example.\n';
    await desk.hand({ messageId: '2@client.example', subject: '[#10008]', text });
    await desk.workOff();
    expect(await notified(desk)).toHaveLength(2);
    const { entries } = (await showTicket(desk.store.db, 1000))!;
    expect(entries.at(-1)).toMatchObject({
      kind: 'customer',
      silence: 'its words look automatic (vacation-words)',
    });
    const letters = await desk.store.db.selectFrom('letters').select(['kind', 'rule', 'evidence']).execute();
    expect(letters.at(-1)).toEqual({ kind: 'human', rule: 'vacation-words', evidence: 'Буду отсутствовать' });
  }));

test('a letter whose From names nobody is told as such, in its sender and in its footer, and stands so in the list', () =>
  withOperators(async (desk) => {
    await desk.hand({ from: '', text: 'Касса не печатает.\n' });
    await desk.workOff();
    const [letter] = await notified(desk);
    expect(letter?.mail.from.name).toBe('отправитель не назвал себя');
    expect(letter?.mail.text).toContain('Клиент: отправитель не назвал себя; ');
  }));

// kvitok tickets, show, why, outbox: what an admin sees of the tickets of a desk.

import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { spawnKvitok } from '../support/command.ts';
import { commandLine, type Desk, freshDesk } from './desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = freshDesk();
  await desk.takeIn(
    {
      from: 'Ирина Соколова <Irina@luch.example>',
      subject: 'Не открывается корзина',
      text: 'Здравствуйте!\n\nНе открываются кабинеты покупателей.\n',
    },
    {
      from: 'James <james@nomad.example>',
      subject: 'Prices in two currencies',
      text: 'How do I show prices in USD?\n',
    },
    {
      from: 'Ирина Соколова <irina@luch.example>',
      subject: 'Re: [#10008] Ваше обращение принято',
      text: 'В Firefox открываются.\n\n> Мы получили ваше письмо.\n> Номер обращения: 10008\n',
    },
    {
      from: '東京ショップ <tokyo@shop.example>',
      subject: '注文ページが開きません 🛒🛒',
      text: 'ページが開きません。\n',
    },
  );
});
afterAll(() => desk.remove());

const lines = (text: string) => text.trimEnd().split('\n');

describe('the list of tickets', () => {
  test('shows the newest first, with whose it is, and says whose times these are', async () => {
    const { code, stdout } = await desk.run('tickets');
    expect(code).toBe(0);
    const [head, newest, ...rest] = lines(stdout);
    expect(head).toMatch(/^ticket +state +opened +from +subject$/);
    expect(newest).toMatch(/^10024 +new +\d{4}-\d\d-\d\d \d\d:\d\d +tokyo@shop\.example +注文ページが開きません 🛒🛒$/);
    expect(rest.at(-2)).toMatch(/^10008 .*irina@luch\.example +Не открывается корзина$/);
    expect(rest.at(-1)).toBe('times of Europe/Moscow');
  });

  test('finds a ticket by other forms of its Russian words', async () => {
    for (const words of ['корзину', 'кабинет покупателя', 'КОРЗИНЫ']) {
      const { stdout } = await desk.run('tickets', '--search', words);
      expect(lines(stdout).slice(1, -1)).toEqual([expect.stringMatching(/^10008 /)]);
    }
    expect((await desk.run('tickets', '--search', 'price')).stdout).toMatch(/^10019 /m);
  });

  test('says so where nothing fits, which is no error', async () => {
    expect(await desk.run('tickets', '--search', 'бегемот')).toEqual({
      code: 0,
      stdout: 'no ticket fits\n',
      stderr: '',
    });
    expect((await desk.run('tickets', '--search', '"*() !')).stdout).toBe('no ticket fits\n');
    expect((await desk.run('tickets', '--state', 'resolved')).stdout).toBe('no ticket fits\n');
  });

  test('is of one customer, however the address is written', async () => {
    const { stdout } = await desk.run('tickets', '--from', 'IRINA@Luch.example');
    expect(lines(stdout).slice(1, -1)).toEqual([expect.stringMatching(/^10008 /)]);
    expect(await desk.run('tickets', '--from', 'irina')).toMatchObject({
      code: 64,
      stderr: 'kvitok tickets: --from takes an e-mail address, not irina\n',
    });
  });

  test('ends where it was told to, and says that there is more', async () => {
    const { stdout } = await desk.run('tickets', '--limit', '2');
    expect(lines(stdout)).toHaveLength(4);
    expect(stdout).toMatch(/^the first 2, --limit shows more;/m);
    for (const wrong of ['0', '-1', 'many', '1.5']) {
      expect(await desk.run('tickets', '--limit', wrong)).toMatchObject({
        code: 64,
        stderr: `--limit takes a whole number from 1 to 10000, not ${wrong}\n`,
      });
    }
  });

  test('is data for scripts', async () => {
    const tickets = JSON.parse((await desk.run('tickets', '--json')).stdout) as { number: string; opened_at: number }[];
    expect(tickets.map((ticket) => ticket.number)).toEqual(['10024', '10019', '10008']);
    expect(Math.abs(Date.now() - tickets[0]!.opened_at)).toBeLessThan(120_000);
    expect((await desk.run('tickets', '--json', '--search', 'бегемот')).stdout).toBe('[]\n');
  });

  test('keeps to 80 columns and stays aligned with characters that are two columns wide', async () => {
    process.env.COLUMNS = '80';
    try {
      const { stdout } = await desk.run('tickets');
      const [head, wide, ...rest] = lines(stdout);
      const at = head!.indexOf('subject');
      // before the subject every character is one column wide
      expect(wide!.indexOf('注')).toBe(at);
      expect(rest[1]!.indexOf('Не откр')).toBe(at);
    } finally {
      delete process.env.COLUMNS;
    }
  });
});

test('times are of the zone of the desk, wherever the admin is', async () => {
  const far = freshDesk({ desk: { name: 'D', address: 'support@desk.example', timeZone: 'Asia/Vladivostok' } });
  try {
    await far.takeIn({ headers: [['Received', 'from a by b; Sun, 22 Nov 2026 18:00:00 +0000']] });
    const { stdout } = await far.run('tickets');
    expect(stdout).toMatch(/2026-11-23 04:00 .*\ntimes of Asia\/Vladivostok\n$/);
    for (const command of ['show', 'why'])
      expect((await far.run(command, '10008')).stdout).toMatch(/2026-11-23 04:00.* .*Asia\/Vladivostok/);
  } finally {
    far.remove();
  }
});

describe('one ticket', () => {
  test('reads as a conversation: who wrote what, and what was sent back', async () => {
    const { code, stdout } = await desk.run('show', '10008');
    expect(code).toBe(0);
    const said = [
      '[#10008] Не открывается корзина',
      'new, opened ',
      'may write here: irina@luch.example (requester)',
      'Ирина Соколова <Irina@luch.example>',
      '  Не открываются кабинеты покупателей.',
      '→ full acknowledgement to irina@luch.example',
      'Ирина Соколова <irina@luch.example>',
      '  В Firefox открываются.',
      '→ brief acknowledgement to irina@luch.example',
    ];
    const places = said.map((words) => stdout.indexOf(words));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  test('folds quoted text away and shows it when asked', async () => {
    const { stdout } = await desk.run('show', '10008');
    expect(stdout).toContain('(2 lines of quoted text and signature folded away; --all shows them)');
    expect(stdout).not.toContain('Номер обращения: 10008');
    expect((await desk.run('show', '10008', '--all')).stdout).toContain('  > > Номер обращения: 10008');
  });

  test('is found by its number as it stands in a subject', async () => {
    for (const typed of ['10008', '#10008', '[#10008]'])
      expect((await desk.run('show', typed)).stdout).toContain('[#10008] Не открывается');
  });

  test('whose number is mistyped, unknown or no number at all is told apart', async () => {
    expect(await desk.run('show', '10009')).toMatchObject({
      code: 65,
      stdout: '',
      stderr: expect.stringMatching(/mistyped/),
    });
    expect(await desk.run('show', 'корзина')).toMatchObject({
      code: 65,
      stderr: '"корзина" is no ticket number; they look like 10429\n',
    });
    for (const command of ['show', 'why', 'attachments'])
      expect(await desk.run(command, '10429')).toMatchObject({
        code: 66,
        stdout: '',
        stderr: 'there is no ticket 10429; kvitok tickets lists them\n',
      });
  });

  test('is data for scripts', async () => {
    const shown = JSON.parse((await desk.run('show', '10008', '--json')).stdout) as { entries: { reply: string }[] };
    expect(shown.entries.map((entry) => entry.reply.trim())).toEqual([
      'Здравствуйте!\n\nНе открываются кабинеты покупателей.',
      'В Firefox открываются.',
    ]);
  });

  test('breaks long lines between words, and keeps them moved in', async () => {
    const words = 'слово '.repeat(60).trim();
    await desk.takeIn({ from: 'long@shop.example', subject: 'Долго', text: `${words}\n` });
    process.env.COLUMNS = '60';
    try {
      const { stdout } = await desk.run('show', '10035');
      const text = lines(stdout).filter((line) => line.includes('слово'));
      expect(text.length).toBeGreaterThan(5);
      for (const line of text) expect(line).toMatch(/^ {2}слово( слово)*$/);
      expect(Math.max(...text.map((line) => line.length))).toBeLessThanOrEqual(60);
    } finally {
      delete process.env.COLUMNS;
    }
  });

  test('shows nothing of a letter that would act on the terminal', async () => {
    await desk.takeIn({
      from: '"\u001b]0;owned\u0007Mallory" <mallory@shop.example>',
      subject: 'red \u001b[31malert\u001b[0m \u202egnp',
      text: 'one\u001b[2Jtwo\u0007\n',
    });
    for (const command of ['show', 'why']) {
      const { code, stdout } = await desk.run(command, '10043');
      expect(code).toBe(0);
      expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    }
    expect((await desk.run('tickets')).stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  });
});

describe('why', () => {
  test('tells each letter its way: decoded, classified, threaded, decided, answered', async () => {
    const { code, stdout } = await desk.run('why', '10008');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^letter 1: Не открывается корзина$/m);
    expect(stdout).toMatch(/^letter 3: Re: \[#10008\] Ваше обращение принято$/m);
    for (const step of ['decode', 'classify', 'thread', 'decide', 'acknowledge'])
      expect(stdout.match(new RegExp(`^  ${step} `, 'gm'))).toHaveLength(2);
    expect(stdout).toMatch(/^ {2}thread +\[#10008\] by tag/m);
  });

  test('is data for scripts', async () => {
    const letters = JSON.parse((await desk.run('why', '10008', '--json')).stdout) as { path: { step: string }[] }[];
    expect(letters).toHaveLength(2);
    expect(letters[0]!.path.map((step) => step.step)).toContain('thread');
  });
});

describe('the outbox', () => {
  test('shows who was written to about what, and whether it left', async () => {
    const { stdout } = await desk.run('outbox', '--ticket', '10008');
    const [head, ...rows] = lines(stdout);
    expect(head).toMatch(/^letter +ticket +kind +to +written +state$/);
    expect(rows[0]).toMatch(/^\d+ +10008 +brief acknowledgement +irina@luch\.example +\S+ \S+ +sent$/);
    expect(rows[1]).toMatch(/^\d+ +10008 +full acknowledgement +irina@luch\.example +\S+ \S+ +sent$/);
  });

  test('says why a letter did not leave', async () => {
    await desk.store(({ db }) =>
      db
        .updateTable('outbox')
        .set({ state: 'failed', last_error: '550 5.1.1 no such user' })
        .where('recipient', '=', 'tokyo@shop.example')
        .execute(),
    );
    const { stdout } = await desk.run('outbox', '--state', 'failed');
    expect(lines(stdout)[1]).toMatch(/^\d+ +10024 .* failed +550 5\.1\.1 no such user$/);
    expect((await desk.run('show', '10024')).stdout).toMatch(/not sent: 550 5\.1\.1 no such user$/m);
    expect((await desk.run('outbox', '--state', 'unknown')).stdout).toBe('no letter fits\n');
    expect(await desk.run('outbox', '--state', 'lost')).toMatchObject({
      code: 64,
      stderr: expect.stringMatching(/queued, sending, sent/),
    });
  });
});

test('a letter that got no acknowledgement says why where the ticket is read', async () => {
  const quiet = freshDesk();
  try {
    await quiet.takeIn(
      { from: 'ivan@client.example', subject: 'Вопрос' },
      { from: 'ivan@client.example', subject: 'Re: [#10008] Вопрос', text: 'Раз.\n' },
      { from: 'ivan@client.example', subject: 'Re: [#10008] Вопрос', text: 'Два.\n' },
      { from: 'Иван, Пётр', subject: 'Без адреса' },
    );
    const { stdout } = await quiet.run('show', '10008');
    expect(stdout.match(/→ no acknowledgement: .*/g)).toEqual([
      '→ no acknowledgement: this ticket was acknowledged within the hour',
    ]);
    expect((await quiet.run('show', '10019')).stdout).toMatch(
      /^no valid From .*\n[\s\S]*→ no acknowledgement: From holds no single valid address$/m,
    );
  } finally {
    quiet.remove();
  }
});

test('an admin who may not look into the data folder hears of rights, not that there is no data', async () => {
  const closed = freshDesk();
  fs.mkdirSync(closed.data, { mode: 0 });
  // root may look everywhere unless it gives that right up
  const under = process.getuid?.() === 0 ? ['setpriv', '--bounding-set=-all', '--inh-caps=-all'] : [];
  try {
    const { code, stderr } = await spawnKvitok(['tickets', '-c', closed.configFile], closed.dir, { under });
    expect({ code, stderr }).toEqual({
      code: 74,
      stderr: expect.stringMatching(/^kvitok: the data folder .* rights\n$/),
    });
  } finally {
    closed.remove();
  }
});

test('an admin at a shell without the daemon’s environment looks at tickets all the same', async () => {
  const written = JSON.parse(fs.readFileSync(desk.configFile, 'utf8')) as object;
  const mailbox = {
    name: 'a',
    host: 'imap.example',
    user: 'u',
    startFrom: 'now',
    password: 'env:ONLY_THE_DAEMON_HAS_IT',
  };
  const config = path.join(desk.dir, 'with-mailbox.json');
  fs.writeFileSync(config, JSON.stringify({ ...written, mailboxes: [mailbox] }), { mode: 0o600 });
  expect(await commandLine(['tickets', '-c', config])).toMatchObject({ code: 0, stderr: '' });
  expect(await commandLine(['config', 'show', '-c', config])).toMatchObject({ code: 0, stderr: '' });
  const { code, stderr } = await commandLine(['once', '-c', config]);
  expect({ code, stderr }).toEqual({ code: 78, stderr: expect.stringMatching(/ONLY_THE_DAEMON_HAS_IT is not set/) });
});

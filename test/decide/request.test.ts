// What a letter says of its request comes onto the ticket, and what is missing is asked for once.

import { expect, test } from '@jest/globals';
import { decide } from '../../src/decide/decide.ts';
import type { Client } from '../../src/desk/clients/client.ts';
import { openTemplates } from '../../src/outbox/templates.ts';
import { eventsOf } from '../../src/store/events.ts';
import { setCategory } from '../../src/store/ticket-fields.ts';
import { caseOf } from '../support/case.ts';
import { withDesk } from '../support/desk.ts';
import { letter } from '../support/letter.ts';

const asked = (text: string, client: Client | null = null) => {
  const message = letter({ subject: 'Вопрос', text });
  const [response] = decide(caseOf({ message }, { client })).responses;
  return response?.kind === 'acknowledgement' ? response.values.missing : null;
};
const LUCH: Client = {
  id: 7,
  key: '17',
  name: 'Луч',
  category: 'free',
  edition: 'Бизнес',
  version: '9.0',
  contractEnd: null,
  addresses: [],
  domains: [],
};

test.each([
  ['Не работает корзина.', ['steps', 'site', 'version', 'edition']],
  ['Не работает корзина на lampa.ru, версия 9.0.', ['steps', 'edition']],
  ['Захожу в корзину, нажимаю «Оплатить», ошибка. Сайт lampa.ru, версия 9.0, редакция Бизнес.', []],
  ['Как добавить товар?', ['site', 'version', 'edition']],
  ['Здравствуйте, помогите!', ['site', 'version', 'edition']],
  ['Сколько стоит лицензия?', []],
  ['Хотим стать партнёрами.', []],
  ['Доработайте нам модуль.', []],
])('of «%s» is asked: %j', (text, missing) => {
  expect(asked(text)).toEqual(missing);
});

test('a client whose product stands in the register is not asked for it', () => {
  expect(asked('Не работает корзина.', LUCH)).toEqual(['steps', 'site']);
});

test('the version that a letter names decides the level, not the one of the register', () => {
  const base = caseOf({ message: letter({ text: 'Не работает корзина, версия 8.5.' }) }, { client: LUCH });
  const rules = { ...base.rules, levels: { rules: [], currentVersion: '9.0' } };
  expect(decide({ ...base, rules }).changes[0]).toMatchObject({ level: { level: 'consulting' } });
});

test('a question outside the scope is only proposed: its words let nobody wait longer', () => {
  const message = letter({ text: 'Доработайте нам модуль.' });
  const { changes } = decide(caseOf({ message }, { client: { ...LUCH, category: 'partner' } }));
  expect(changes[0]).toMatchObject({ level: { level: 'partner' } });
  expect(changes).toContainEqual(expect.objectContaining({ kind: 'note-request', category: 'outside-to-order' }));
});

test('later letters complete and correct what a ticket knows; what kind of question it is stays', () =>
  withDesk(async (desk) => {
    await desk.hand({ messageId: '1@client.example', text: 'Не работает корзина. Версия 8.0.' });
    await desk.workOff();
    await desk.hand(
      {
        messageId: '2@client.example',
        subject: '[#10008]',
        text: 'Сайт lampa.ru, версия 9.0, а не 8. Как обновить магазин?',
      },
      { messageId: '3@client.example', subject: '[#10008]', text: 'Захожу в корзину, нажимаю «Оплатить», и всё.' },
    );
    await desk.workOff();
    const ticket = await desk.store.db.selectFrom('tickets').selectAll().executeTakeFirstOrThrow();
    expect(ticket).toMatchObject({
      site: 'lampa.ru',
      version: '9.0',
      edition: null,
      steps: 1,
      several_problems: 0,
      category: 'errors',
      category_state: 'proposed',
    });
    const forms = await desk.store.db.selectFrom('outbox').select(['form', 'model']).orderBy('id').execute();
    expect(forms.map(({ form, model }) => [form, JSON.parse(model).values.missing])).toEqual([
      ['full', ['steps', 'site', 'edition']],
      ['brief', undefined],
    ]);
  }));

test('what an operator confirms stays, whatever later letters say, and stands in the history', () =>
  withDesk(async (desk) => {
    await desk.hand({ messageId: '1@client.example', text: 'Не работает корзина.' });
    await desk.workOff();
    const { db } = desk.store;
    const { id } = await db.selectFrom('tickets').select('id').executeTakeFirstOrThrow();
    for (const _ of [1, 2])
      await setCategory(db, id, 'performance', { by: 'olga@desk.example', because: '#category', letter: null }, 5);
    await desk.hand({ messageId: '2@client.example', subject: '[#10008]', text: 'Как добавить товар?' });
    await desk.workOff();
    expect(await db.selectFrom('tickets').selectAll().executeTakeFirstOrThrow()).toMatchObject({
      category: 'performance',
      category_state: 'confirmed',
    });
    const events = (await eventsOf(db, id)).filter(({ kind }) => kind === 'category');
    expect(events).toMatchObject([{ was: 'errors', became: 'performance', by_whom: 'olga@desk.example' }]);
  }));

test.each(['ru', 'en'] as const)(
  'the full acknowledgement in %s asks in text and HTML, and says nothing where nothing is missing',
  (language) => {
    const values = {
      number: '1',
      desk: 'D',
      address: 'a',
      hours: 'h',
      site: null,
      accepted: [],
      refused: [],
      level: '',
      due: null,
      notices: [],
      matter: null,
    };
    const render = (missing: readonly string[]) =>
      openTemplates(undefined).render('acknowledgement-full', language, { ...values, missing });
    const all = render(['steps', 'site', 'version', 'edition']);
    expect(all.text.match(/^ {2}– /gm)).toHaveLength(4);
    expect(all.html.match(/<li/g)).toHaveLength(4);
    expect(render(['version']).text.match(/^ {2}– /gm)).toHaveLength(1);
    const none = render([]);
    expect(none.text).not.toMatch(/^ {2}– |\n\n\n/m);
    expect(none.html).not.toContain('<li');
  },
);

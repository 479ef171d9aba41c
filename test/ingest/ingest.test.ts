import { describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { prepare } from '../../src/ingest/prepare.ts';
import type { IngestDeps } from '../../src/ingest.ts';
import { retryLetter } from '../../src/store/set-aside.ts';
import type { Spool } from '../../src/store/spool.ts';
import { showTicket } from '../../src/store/tickets.ts';
import { READING, withDesk } from '../support/desk.ts';

const MINUTE = 60_000;

describe('a letter that was handed over', () => {
  test('opens a ticket with an entry, an outbox row and its decision path, and the acknowledgement waits in the outbox', () =>
    withDesk(async ({ hand, workOff, fates, store: { db } }) => {
      await hand({ subject: 'Printer', text: 'It does not print.\n' });
      await workOff();
      expect(await fates()).toEqual(['opened']);
      const shown = await showTicket(db, 1000);
      expect(shown).toMatchObject({
        ticket: { number: '10008', state: 'new', subject: 'Printer', requester: 'ivan@client.example' },
        participants: [{ address: 'ivan@client.example', because: 'requester' }],
        entries: [{ kind: 'customer', reply: 'It does not print.' }],
        sent: [{ form: 'full', state: 'queued', recipient: 'ivan@client.example' }],
      });
      const { path } = await db.selectFrom('letters').select('path').executeTakeFirstOrThrow();
      expect((JSON.parse(path ?? '[]') as { step: string }[]).map(({ step }) => step)).toEqual([
        'decode',
        'classify',
        'prove',
        'thread',
        'decide',
        'acknowledge',
      ]);
    }));

  test('with the tag of its ticket lands there, whatever case the writer gives his address', () =>
    withDesk(async ({ hand, workOff, fates, store: { db } }) => {
      await hand({});
      await workOff();
      await hand({
        from: 'Ivan <IVAN@Client.Example>',
        subject: 'Re: [#10008] Printer',
        messageId: 'two@client.example',
      });
      await workOff();
      expect(await fates()).toEqual(['opened', 'appended']);
      expect((await showTicket(db, 1000))?.entries).toHaveLength(2);
    }));

  test('that answers our acknowledgement by References alone lands in its ticket', () =>
    withDesk(async ({ hand, workOff, fates, store: { db } }) => {
      await hand({});
      await workOff();
      const { message_id } = await db.selectFrom('outbox').select('message_id').executeTakeFirstOrThrow();
      await hand({
        messageId: 'two@client.example',
        subject: 'Printer',
        headers: [['In-Reply-To', `<${message_id}>`]],
      });
      await workOff();
      expect(await fates()).toEqual(['opened', 'appended']);
    }));

  test('twice, by two ways, even in one batch, is one letter', () =>
    withDesk(async ({ hand, workOff, fates, store: { db } }) => {
      await hand({ headers: [['Received', 'by a']] }, { headers: [['Received', 'by b']] });
      await workOff();
      expect(await fates()).toEqual(['opened', 'duplicate']);
      expect(await db.selectFrom('outbox').selectAll().execute()).toHaveLength(1);
    }));

  test('without a usable Message-ID is known again by its words, and swallows no letter of the same words that has one', () =>
    withDesk(async ({ hand, workOff, fates }) => {
      const broken = { messageId: null, headers: [['Message-ID', `<${'m'.repeat(10_000)}@client.example>`]] } as const;
      await hand({ messageId: null }, {}, broken, { messageId: null });
      await workOff();
      expect(await fates()).toEqual(['opened', 'opened', 'opened', 'duplicate']);
    }));

  test('with the Message-ID of another letter but other words stays a letter of its own', () =>
    withDesk(async ({ hand, workOff, fates }) => {
      await hand({ text: 'one\n' }, { text: 'two\n' });
      await workOff();
      expect(await fates()).toEqual(['opened', 'opened']);
    }));

  test('of 0 bytes gets a ticket for people to look at, and no acknowledgement', () =>
    withDesk(async ({ hand, workOff, fates, store: { db } }) => {
      await hand(new Uint8Array());
      await workOff();
      expect(await fates()).toEqual(['opened']);
      expect(await db.selectFrom('outbox').selectAll().execute()).toEqual([]);
    }));
});

describe('three letters of one address within the hour are acknowledged', () => {
  test('and a fourth opens its ticket in silence, which the ticket explains; the next hour it is answered again', () =>
    withDesk(async ({ hand, workOff, clock, store: { db } }) => {
      for (const n of [1, 2, 3, 4]) await hand({ messageId: `${n}@client.example`, text: `letter ${n}\n` });
      await workOff();
      clock.now += 61 * MINUTE;
      await hand({ messageId: '5@client.example', text: 'letter 5\n' });
      await workOff();
      const silences = await db.selectFrom('letters').select('silence').orderBy('id').execute();
      expect(silences.map(({ silence }) => silence)).toEqual([
        null,
        null,
        null,
        expect.stringMatching(/this hour/),
        null,
      ]);
    }));
});

/** Makes the store refuse every entry whose text holds `poison`. */
const POISON = sql`create trigger poison before insert on entries when new.reply like '%poison%' begin select raise(abort, 'poisoned'); end`;

describe('a letter that can not be dealt with', () => {
  test('takes nothing with it: its neighbours of the same batch get their tickets', () =>
    withDesk(async ({ hand, workOff, fates, store: { db } }) => {
      await POISON.execute(db);
      await hand(
        { text: 'one\n', messageId: '1@c' },
        { text: 'poison\n', messageId: '2@c' },
        { text: 'three\n', messageId: '3@c' },
      );
      await workOff();
      expect(await fates()).toEqual(['opened', 'in work', 'opened']);
      expect(await db.selectFrom('tickets').select('number').execute()).toHaveLength(2);
    }));

  test('is tried three times, then set aside where an admin sees it, and can be tried again after a mend', () =>
    withDesk(async ({ hand, workOff, fates, clock, log, store: { db } }) => {
      await POISON.execute(db);
      await hand({ text: 'poison\n' });
      for (let i = 0; i < 5; i++) {
        await workOff();
        clock.now += MINUTE;
      }
      expect(await fates()).toEqual(['quarantined']);
      expect(log.lines.filter(({ level }) => level === 'error').map(({ message }) => message)).toEqual([
        expect.stringMatching(/set aside/),
      ]);
      await sql`drop trigger poison`.execute(db);
      expect(await retryLetter(db, 1, clock.now)).toBe(true);
      await workOff();
      expect(await fates()).toEqual(['opened']);
    }));

  test('because it killed the process three times is set aside before anybody looks at it again', () =>
    withDesk(async ({ hand, workOff, fates, clock, store: { db } }) => {
      await hand({});
      await db
        .insertInto('letters')
        .values({ id: 1, digest: '', received_at: 0, attempts: 3, not_before: 0 })
        .execute();
      await workOff();
      expect(await fates()).toEqual(['quarantined']);
      clock.now += MINUTE;
      await hand({ messageId: '2@c', text: 'good\n' });
      await workOff();
      expect(await fates()).toEqual(['quarantined', 'opened']);
    }));

  test('because the database is full is not to blame: it loses no attempt', () =>
    withDesk(async ({ hand, workOff, fates, clock, store: { db } }) => {
      await hand({});
      await sql`create trigger full before update of disposition on letters begin select raise(rollback, 'database or disk is full'); end`.execute(
        db,
      );
      for (let i = 0; i < 5; i++) {
        await expect(workOff()).rejects.toThrow();
        clock.now += MINUTE;
      }
      expect(await fates()).toEqual(['in work']);
      await sql`drop trigger full`.execute(db);
      await workOff();
      expect(await fates()).toEqual(['opened']);
    }));
});

describe('letters in hand', () => {
  test('when the desk is told to end are given back, those not dealt with yet, and lose no attempt', () => {
    let ending = false;
    let held: Promise<void> = new Promise(() => {});
    const change: Partial<IngestDeps> = {
      read: async (letter, load) => {
        const raw = load();
        if (/<[23]@client/.test(Buffer.from(raw).toString('latin1'))) await held;
        return { letter: await prepare({ ...letter, raw }, READING) };
      },
      onQueued: () => {
        ending = true;
      },
    };
    return withDesk(async ({ hand, ingest, workOff, fates, clock, store: { db } }) => {
      await hand(...[1, 2, 3].map((n) => ({ messageId: `${n}@client.example`, text: `letter ${n}\n` })));
      await ingest.work(() => ending);
      expect(await fates()).toEqual(['opened', 'in work', 'in work']);
      const left = await db
        .selectFrom('letters')
        .select(['attempts', 'lease_until'])
        .where('disposition', 'is', null)
        .execute();
      expect(left).toEqual([
        { attempts: 0, lease_until: null },
        { attempts: 0, lease_until: null },
      ]);
      clock.now += MINUTE;
      held = Promise.resolve();
      await workOff();
      expect(await fates()).toEqual(['opened', 'opened', 'opened']);
    }, change);
  });

  test('when the spool can not be read for a while lose no attempt either', () => {
    let failing = true;
    const reading = (spool: Spool): Spool => ({
      ...spool,
      raw: (id) => {
        if (failing) throw Object.assign(new Error('disk I/O error'), { code: 'SQLITE_IOERR_READ' });
        return spool.raw(id);
      },
    });
    return withDesk(async ({ hand, store, fates, clock, ingestOver }) => {
      await hand({});
      const ingest = ingestOver(reading(store.spool));
      for (let i = 0; i < 5; i++) {
        await expect(ingest.work()).rejects.toThrow('disk I/O error');
        clock.now += MINUTE;
      }
      failing = false;
      await ingest.work();
      expect(await fates()).toEqual(['opened']);
    });
  });

  test('whose bytes went with a lost spool are set aside where an admin sees them, and hold up nobody', () =>
    withDesk(async ({ hand, workOff, fates, clock, store: { db, spool } }) => {
      await db
        .insertInto('letters')
        .values({ id: 7, digest: '', received_at: 0, attempts: 1, not_before: 0 })
        .execute();
      spool.reserve(7);
      await hand({});
      for (let i = 0; i < 4; i++) {
        await workOff();
        clock.now += MINUTE;
      }
      expect(await fates()).toEqual(['quarantined', 'opened']);
    }));

  test('that wait for another attempt do not wait for years when the clock is set back', () =>
    withDesk(async ({ hand, workOff, fates, clock, store: { db } }) => {
      await POISON.execute(db);
      await hand({ text: 'poison\n' });
      await workOff();
      await sql`drop trigger poison`.execute(db);
      clock.now -= 365 * 24 * 60 * MINUTE;
      await workOff();
      expect(await fates()).toEqual(['opened']);
    }));

  test.each([
    ['a day ahead', 24 * 60 * MINUTE],
    ['a day back', -24 * 60 * MINUTE],
  ])('get one ticket and one answer each when the clock jumps %s while they are read', (_where, jump) => {
    let jumped = 0;
    const start = Date.parse('2026-03-02T10:00:00+03:00');
    return withDesk(
      async ({ hand, workOff, fates, store: { db } }) => {
        await hand(...[1, 2, 3].map((n) => ({ messageId: `${n}@client.example`, text: `letter ${n}\n` })));
        await workOff();
        await workOff();
        expect(jumped).not.toBe(0);
        expect(await fates()).toEqual(['opened', 'opened', 'opened']);
        expect(await db.selectFrom('letters').select('attempts').where('attempts', '!=', 1).execute()).toEqual([]);
        expect(await db.selectFrom('outbox').selectAll().execute()).toHaveLength(3);
      },
      {
        now: () => start + jumped,
        fault: (point) => {
          if (point === 'reading') jumped = jump;
        },
      },
    );
  });

  test('tried again by an admin come behind the new ones', () =>
    withDesk(async ({ hand, workOff, log, clock, store: { db } }) => {
      await hand({}, { messageId: '2@client.example', text: 'two\n' });
      await db
        .insertInto('letters')
        .values({
          id: 1,
          digest: '',
          received_at: 0,
          attempts: 3,
          not_before: 0,
          disposition: 'quarantined',
          aside: 'failed',
        })
        .execute();
      expect(await retryLetter(db, 1, clock.now)).toBe(true);
      await workOff();
      const opened = log.lines.filter(({ message }) => message === 'ticket opened');
      expect(opened.map(({ fields }) => fields.letter)).toEqual([2, 1]);
    }));
});

test('a robot’s letter that differs by its Message-ID alone is known again after a hundred others of the same words', () =>
  withDesk(async ({ hand, workOff, fates }) => {
    const all = Array.from({ length: 102 }, (_, n) => ({ messageId: `${n}@robot.example` }));
    await hand(...all);
    await workOff();
    await hand(all[101]!);
    await workOff();
    expect((await fates()).at(-1)).toBe('duplicate');
  }));

test('when the spool can not take letters, the source is told to keep them, and one line says why', () =>
  withDesk(
    async ({ hand, log }) => {
      expect(await hand({}, {})).toEqual([
        { kind: 'tryLater', reason: 'database or disk is full' },
        { kind: 'tryLater', reason: 'database or disk is full' },
      ]);
      expect(log.lines).toMatchObject([{ level: 'error', fields: { letters: 2 } }]);
    },
    {
      keep: () => {
        throw new Error('database or disk is full');
      },
    },
  ));

test('no line of the log holds the text of a letter', () =>
  withDesk(async ({ hand, workOff, log }) => {
    await hand({ text: 'a very particular secret\n' });
    await workOff();
    expect(JSON.stringify(log.lines)).not.toContain('particular');
    expect(log.lines.every(({ fields }) => 'letter' in fields)).toBe(true);
  }));

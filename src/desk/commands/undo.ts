// #undo: what the operator's last letter did on the ticket is taken back, by changes in the other direction; its answer too,
// while it waits in the outbox (`answers.holdSeconds`).

import type { Ticket } from '../tickets.ts';
import type { CommandChange } from './change.ts';
import { type DeskCommand, fails, type Words } from './command.ts';
import type { PastChange } from './known.ts';

export const undo: DeskCommand = {
  name: 'undo',
  words: ['undo', 'cancel', 'отменить', 'отмени', 'отмена'],
  argument: { ru: '', en: '' },
  help: {
    ru: 'отменить то, что сделало ваше последнее письмо в этом обращении; ответ — пока он не ушёл',
    en: 'take back what your last letter did on this ticket; an answer, while it has not left',
  },
  needs: () => ({ batch: true }),
  carryOut: (_argument, { ticket, by, known: { batch }, moment }) => {
    if (batch === null)
      return fails('вашего письма, которое можно отменить, нет', 'there is no letter of yours to take back');
    const { answer } = batch;
    if (answer && !answer.waits)
      return fails(
        `ответ от ${moment(batch.at)} уже ушёл, его не вернуть; состояние и уровень меняются своими командами`,
        `the answer of ${moment(batch.at)} has left and can’t be taken back; state and level have commands of their own`,
      );
    const changes: CommandChange[] = answer
      ? [{ kind: 'take-back', ticket: ticket.id, outbox: answer.outbox, by: by.identity }]
      : [];
    for (const past of batch.changes.toReversed()) {
      const back = reverse(past, ticket, by.identity);
      if ('stays' in back) return fails(back.stays.ru, back.stays.en);
      changes.push(...back.changes);
    }
    return {
      done: true,
      says: {
        ru: `отменено сделанное ${moment(batch.at)}${answer ? ', ответ клиенту не уйдёт' : ''}`,
        en: `what was done at ${moment(batch.at)} is taken back${answer ? ', and the answer does not leave' : ''}`,
      },
      changes,
    };
  },
};

type Reverse = { readonly changes: readonly CommandChange[] } | { readonly stays: Words };

const MEANWHILE: Words = {
  ru: 'с тех пор обращение изменилось, отменить уже нельзя; #статус покажет, что с ним',
  en: 'the ticket has changed since, so it can’t be taken back; #status shows how it is',
};

/** The change that leads back, where the ticket still is as the change left it. */
function reverse({ kind, was, became }: PastChange, ticket: Ticket, by: string): Reverse {
  const change = { ticket: ticket.id, by, because: '#undo' };
  switch (kind) {
    case 'state':
      return ticket.state === became
        ? { changes: [{ kind: 'move-ticket', from: ticket.state, to: was as Ticket['state'], ...change }] }
        : { stays: MEANWHILE };
    case 'level':
      return ticket.level === became
        ? { changes: [{ kind: 'set-level', was: ticket.level, became: was as Ticket['level'], ...change }] }
        : { stays: MEANWHILE };
    case 'critical':
      return ticket.critical === became
        ? { changes: [{ kind: 'set-critical', was: ticket.critical, became: was as Ticket['critical'], ...change }] }
        : { stays: MEANWHILE };
    case 'assignee':
      return ticket.assignee === became
        ? { changes: [{ kind: 'assign', was: ticket.assignee, became: was, ...change }] }
        : { stays: MEANWHILE };
    case 'participant':
      return became !== null && ticket.participants.includes(became)
        ? { changes: [{ kind: 'leave', address: became, ...change }] }
        : { stays: MEANWHILE };
    case 'category':
      return {
        stays: { ru: 'категория меняется командой #категория', en: 'it takes #category to name another category' },
      };
    case 'client':
      return {
        stays: { ru: 'клиент меняется командой #клиент', en: 'it takes #client to name another client' },
      };
    case 'merge':
    case 'split':
      return {
        stays: {
          ru: 'объединение и разделение не отменяются',
          en: 'a merge or a split can’t be taken back',
        },
      };
    default:
      return { changes: [] };
  }
}

// A case for the decisions: a person's letter to the desk, everything else at rest.

import { authorOf, type Case, type Letter, type Rules } from '../../src/decide/case.ts';
import { NO_READY_ANSWERS } from '../../src/desk/commands/ready-answers.ts';
import type { Message } from '../../src/mail/message.ts';
import { letter as message } from './letter.ts';
import { REQUESTS } from './requests.ts';
import { REGULATION } from './timetable.ts';

export const NOW = Date.parse('2026-03-02T10:00:00+03:00');

/** A desk in the state of a fresh configuration, whose people share its account. */
export const RULES: Rules = {
  language: 'ru',
  deskAddress: 'support@desk.example',
  ownAddresses: new Set(['support@desk.example']),
  acknowledge: {
    replies: true,
    notOlderThanHours: 72,
    perAddressHour: 3,
    perAddressDay: 10,
    perDomainHour: 100,
    perClientHour: 20,
    perClientDay: 100,
  },
  companies: new Set(),
  reopenDays: null,
  operators: [],
  staffed: true,
  notificationsPerHour: 200,
  notesTold: true,
  passNeeded: false,
  holdMs: 0,
  timeZone: 'Europe/Moscow',
  levels: { rules: [], currentVersion: null },
  requests: REQUESTS,
  timetable: REGULATION,
  readyAnswers: NO_READY_ANSWERS,
  criticalWords: [],
};

/** Makes a case; `letter` and `rest` say what is different from the plainest one. */
export function caseOf(
  { message: made = message(), ...letter }: Partial<Letter> & { message?: Message } = {},
  rest: Partial<Omit<Case, 'letter'>> = {},
): Case {
  return {
    letter: {
      receivedAt: NOW,
      envelope: { from: 'ivan@client.example', to: ['support@desk.example'] },
      message: made,
      classification: { kind: 'human', rule: 'none', evidence: '' },
      via: null,
      proof: { result: 'none', by: null, evidence: '' },
      report: null,
      attachments: [],
      oversize: null,
      silent: null,
      ...letter,
    },
    author: authorOf(made),
    match: null,
    client: null,
    unsubscribes: null,
    answeredAt: null,
    sent: { toAddressHour: 0, toAddressDay: 0, toDomainHour: 0, onTicketHour: 0 },
    bouncedTo: [],
    bouncedAnswer: null,
    suspended: false,
    toldEnough: new Set(),
    desk: null,
    noticed: null,
    passed: null,
    rules: RULES,
    sentFolder: null,
    released: null,
    now: NOW,
    ...rest,
  };
}

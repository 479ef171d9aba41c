// Operators of a test desk, and the letters that they can answer.

import type { Operator } from '../../src/desk/operators.ts';
import type { TestDesk } from './desk.ts';
import type { LetterSent } from './way-out.ts';

const operator = (local: string, name: string): Operator => ({
  identity: `${local}@desk.example`,
  address: `${local}@desk.example`,
  name,
  role: 'operator',
  notify: true,
});

export const ANNA = operator('anna', 'Анна');
export const BORIS = operator('boris', 'Борис');

/** What an operator's mail client puts into an answer. */
export interface ToAnswer {
  readonly replyTo: string;
  /** In-Reply-To and References. */
  readonly headers: readonly (readonly [string, string])[];
}

/** What is answered to the newest notification that an operator has of a ticket. */
export async function told({ store: { db } }: TestDesk, operator: Operator, ticket: number): Promise<ToAnswer> {
  const { message_id, model } = await db
    .selectFrom('outbox')
    .select(['message_id', 'model'])
    .where('kind', '=', 'notification')
    .where('recipient', '=', operator.identity)
    .where('ticket_id', '=', ticket)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow();
  const { replyTo } = JSON.parse(model) as { replyTo: string };
  return { replyTo, headers: headersFor(message_id) };
}

/** What is answered to a letter. */
export function answering({ message }: LetterSent): ToAnswer {
  return { replyTo: message.replyTo[0]!.address, headers: headersFor(message.messageId!) };
}

const headersFor = (messageId: string): ToAnswer['headers'] => [
  ['In-Reply-To', `<${messageId}>`],
  ['References', `<${messageId}>`],
];

/** Letters by who reads them. */
export const toOperators = (sent: readonly LetterSent[]) => sent.filter(({ to }) => to.some(isOperator));
export const toCustomers = (sent: readonly LetterSent[]) => sent.filter(({ to }) => !to.some(isOperator));
const isOperator = (address: string) => address.endsWith('@desk.example');

// The order in which guards look at an answer before it leaves; all that find something are told in one question.

import type { Case } from '../case.ts';
import type { Draft } from './draft.ts';
import type { Finding, Guard } from './guard.ts';
import { anotherTicket } from './guards/another-ticket.ts';
import { answersNote } from './guards/answers-note.ts';
import { automaticWords } from './guards/automatic-words.ts';
import { commandLines } from './guards/command-lines.ts';
import { footer } from './guards/footer.ts';
import { forwarded } from './guards/forwarded.ts';
import { newRecipient } from './guards/new-recipient.ts';
import { newer } from './guards/newer.ts';
import { noFile } from './guards/no-file.ts';
import { nobodyThere } from './guards/nobody-there.ts';
import { notTheirs } from './guards/not-theirs.ts';
import { nothingNew } from './guards/nothing-new.ts';
import { notice } from './guards/notice.ts';
import { otherWords } from './guards/other-words.ts';
import { oversize } from './guards/oversize.ts';
import { quotesNote } from './guards/quotes-note.ts';
import { refusedFile } from './guards/refused-file.ts';
import { saidBefore } from './guards/said-before.ts';
import { secretFile } from './guards/secret-file.ts';
import { tooLong } from './guards/too-long.ts';

const GUARDS: readonly Guard[] = [
  notTheirs,
  nobodyThere,
  oversize,
  nothingNew,
  tooLong,
  footer,
  commandLines,
  automaticWords,
  otherWords,
  notice,
  anotherTicket,
  forwarded,
  newer,
  quotesNote,
  answersNote,
  newRecipient,
  refusedFile,
  secretFile,
  noFile,
  saidBefore,
];

/** Why this answer is held; empty where it may leave. What came after an operator's «ок» is no part of what he confirmed. */
export function findingsOn(draft: Draft, c: Case): readonly Finding[] {
  const found = GUARDS.flatMap((guard) => guard(draft, c) ?? []);
  if (draft.standing.confirmed === null) return found;
  return found.filter(({ code, leaves }) => leaves === 'never' || SINCE.has(code));
}

const SINCE = new Set(['customer-wrote', 'answered-by-other']);

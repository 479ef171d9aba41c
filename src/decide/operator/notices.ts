// An answer to what kvitok itself wrote: a digest, an alarm, a warning, a transcript, a report. Its words are for nobody yet: they
// open no ticket and go to no customer before their writer has said what they are.

import type { OutgoingKind } from '../../desk/outgoing.ts';
import type { Case } from '../case.ts';
import type { Decision } from '../decision.ts';
import type { DeskStanding } from './standing.ts';
import { setAside } from './unproven.ts';

const NOTICES: ReadonlySet<OutgoingKind> = new Set(['digest', 'alarm', 'warning', 'transcript', 'report']);

/** Whether the newest letter of ours that is answered is such a notice. */
export const answersNotice = ({ tokens }: Pick<DeskStanding, 'tokens'>): boolean => {
  const kind = tokens.find((token) => token.kind !== null)?.kind;
  return kind != null && NOTICES.has(kind);
};

/** Holds the words of such an answer, and asks their writer: «да» makes a ticket of his of them. */
export const holdAnswerToNotice = (c: Case, standing: DeskStanding): Decision => {
  const { alarm: _nobodyElse, ...decision } = setAside(c, standing, 'answers-notice', 'own-ticket', '');
  return { ...decision, disposition: 'answers-notice' };
};

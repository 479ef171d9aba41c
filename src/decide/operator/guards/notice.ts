// An answer to a transcript or a warning: its words are mostly for kvitok, and the customer would read them.

import { wantsToBeCommand } from '../../../desk/commands/parse.ts';
import { type Guard, unlessConfirmed } from '../guard.ts';
import { answersNotice } from '../notices.ts';

export const notice: Guard = ({ standing }, c) =>
  answersNotice(standing) && !hasCommands(c.letter.message.text) ? unlessConfirmed('answers-notice', '') : null;

const hasCommands = (text: string) => wantsToBeCommand(text.trimStart().split('\n', 1)[0]!);

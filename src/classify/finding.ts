// What a rule of classification is: a letter goes in, a finding with its evidence comes out, or null for "not my case".

import type { Classification, LetterKind, Ours } from '../mail/classification.ts';
import { cleanLine } from '../mail/clean.ts';
import type { Envelope } from '../mail/envelope.ts';
import type { Message } from '../mail/message.ts';
import type { Via } from '../mail/via.ts';

export interface Letter {
  readonly message: Message;
  readonly envelope: Envelope;
  /** How it came where From need not be its writer; null, or left out, for every other letter. */
  readonly via?: Via | null;
}

export type Finding = Classification;

export type Rule = (letter: Letter, ours: Ours) => Finding | null;

/** A finding. Takes what the rule saw as it came; cleans and shortens it to 200 characters. */
export function finding(kind: LetterKind, rule: string, evidence: string): Finding {
  return { kind, rule, evidence: cleanLine(evidence.slice(0, 400)).slice(0, 200).toWellFormed() };
}

/**
 * The first field of these names that is there with a value, as evidence (`Name: value`), else null.
 * Every instance counts: a robot behind a list server adds its own below the first.
 */
export function firstField(message: Message, names: readonly string[], value = /\S/): string | null {
  for (const name of names) {
    for (const found of message.fields.every(name)) if (value.test(found)) return `${name}: ${found}`;
  }
  return null;
}

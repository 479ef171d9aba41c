// A letter that opened a ticket though it looks like the next one of a conversation: mail programs lose References, and people
// write «Re:» by hand. A guess for operators, by which nothing is filed.

import { untagged } from './tags.ts';

/** A ticket that an earlier conversation may go on in. */
export interface Earlier {
  readonly id: number;
  readonly subject: string;
  /** Whether it is of the same person, and not of somebody else of his company. */
  readonly own: boolean;
}

/** The newest of some tickets that a letter with this subject seems to go on with; null where none is like it. */
export function followedBy<E extends Earlier>(id: number, subject: string, others: readonly E[]): E | null {
  const plain = plainSubject(subject);
  if (plain === '') return null;
  const answers = untagged(subject) !== subject.trim();
  const alike = others.filter(
    (other) => other.id < id && (other.own || answers) && plainSubject(other.subject) === plain,
  );
  return alike.toSorted((a, b) => b.id - a.id)[0] ?? null;
}

const plainSubject = (subject: string): string =>
  untagged(subject).normalize('NFKC').toLowerCase().replaceAll('ё', 'е').replace(/\s+/g, ' ').trim();

import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { ticketNumber } from '../../src/thread/damm.ts';
import { stripReplyPrefixes, tagsIn, withTag } from '../../src/thread/tags.ts';
import { cpuMs } from '../support/cpu.ts';

interface Table {
  readonly tags: readonly { readonly subject: string; readonly tags: readonly string[] }[];
  readonly stripped: readonly { readonly subject: string; readonly stripped: string }[];
  readonly tagged: readonly { readonly subject: string; readonly number: string; readonly tagged: string }[];
}
const table = JSON.parse(readFileSync(new URL('../../fixtures/tables/tags.json', import.meta.url), 'utf8')) as Table;

describe('a subject names the tickets that a person would read out of it', () => {
  test.each(table.tags)('$subject', ({ subject, tags }) => {
    expect(tagsIn(subject)).toEqual(tags);
  });

  test('a subject with a thousand tags names twenty tickets, and soon', () => {
    const subject = Array.from({ length: 1000 }, (_, n) => `[#${ticketNumber(1000 + n)}]`).join(' ');
    expect(tagsIn(subject)).toHaveLength(20);
  });

  test('a quarter of a megabyte of almost-tags costs linear work', () => {
    const started = cpuMs();
    for (const piece of ['№ ', 'ID:', '[#', '(#10428) ', 'заказ №10429 ', 'Re: ', '1', ' ', 'тикет№№№ ', 'ID 12 ']) {
      const subject = piece.repeat(250_000 / piece.length);
      expect(tagsIn(subject).length).toBeLessThanOrEqual(20);
      stripReplyPrefixes(subject);
      withTag(subject, '10429');
    }
    expect(cpuMs() - started).toBeLessThan(4000);
  });
});

describe('a subject without its reply prefixes', () => {
  test.each(table.stripped)('$subject', ({ subject, stripped }) => {
    expect(stripReplyPrefixes(subject)).toBe(stripped);
  });
});

describe('the subject of an answer carries the tag of its ticket once', () => {
  test.each(table.tagged)('$subject', ({ subject, number, tagged }) => {
    expect(withTag(subject, number)).toBe(tagged);
    expect(tagsIn(tagged)[0]).toBe(number);
  });
});

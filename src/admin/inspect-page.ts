// What `kvitok inspect` found, as a page for people.

import { isLoss } from '../desk/losses.ts';
import { kindInWords } from '../mail/classification.ts';
import { cleanText } from '../mail/clean.ts';
import type { Inspected } from './inspect-letter.ts';
import { bold, bytes, counted, dim, labelled } from './page.ts';
import { verdictWords } from './verdict-words.ts';
import { indented } from './width.ts';

type Answer = { file: string } & Inspected;

/** One letter as a page. */
export function inspectPage(answer: Answer | { file: string; error: string }): string {
  if ('error' in answer) return `${bold(answer.file)}\n  can't be read: ${answer.error}\n\n`;
  const text = cleanText(answer.reply).trim();
  return [
    bold(answer.file),
    ...facts(answer).map(([name, value]) => labelled(name, 8, value)),
    '',
    text === '' ? dim('  (no text)') : indented(text),
    ...foldedNote(answer),
    '',
    '',
  ].join('\n');
}

function facts(answer: Answer): readonly (readonly [name: string, value: string])[] {
  const { from, to, subject, classification, tags, defects, attachments } = answer;
  return [
    ['from', `${from.name} <${from.address}>`],
    ['to', to.map((mailbox) => mailbox.address).join(', ')],
    ['subject', subject || '(no subject)'],
    ['kind', [kindInWords(classification), classification.evidence].filter(Boolean).join(': ')],
    ...(tags.length > 0 ? [['names', tags.map((tag) => `[#${tag}]`).join(' ')] as const] : []),
    ['ticket', answer.ticket],
    ['answer', `${answer.acknowledge ? 'would be acknowledged' : 'no acknowledgement'}: ${answer.because}`],
    ...defects.map(({ code, detail }) => [isLoss(code) ? 'unread' : 'mended', `${code}: ${detail}`] as const),
    ...(answer.passedOn ? [['holds', `a letter of ${answer.passedOn.writer}, passed on`] as const] : []),
    ...attachments.map((file) => ['file', fileOf(file)] as const),
  ];
}

function fileOf(file: Answer['attachments'][number]): string {
  return `${file.filename}, ${file.contentType}, ${bytes(file.size)}, ${verdictWords(file)}`;
}

function foldedNote({ text, reply }: Answer): readonly string[] {
  const lines = text.trim().split('\n').length - reply.trim().split('\n').length;
  return lines > 0 ? [dim(`  (${counted(lines, 'line')} of quoted text and signature folded away)`)] : [];
}

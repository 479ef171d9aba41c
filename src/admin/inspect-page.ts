// What `kvitok inspect` found, as a page for people.

import type { Inspected } from './inspect.ts';
import { bold, bytes, dim } from './page.ts';
import { indented } from './width.ts';

/** One letter as a page. */
export function inspectPage(answer: ({ file: string } & Inspected) | { file: string; error: string }): string {
  if ('error' in answer) return `${bold(answer.file)}\n  can't be read: ${answer.error}\n\n`;
  const { classification, report } = answer;
  const to = answer.to.map((mailbox) => mailbox.address).join(', ');
  const lines = [
    row('from', `${answer.from.name} <${answer.from.address}>`.trim()),
    row('to', to),
    row('subject', answer.subject),
    row(
      'kind',
      `${classification.kind}${classification.rule === 'none' ? '' : ` by rule ${classification.rule}: ${classification.evidence}`}`,
    ),
    ...(report ? [row('failed', `${report.recipients.join(', ')} ${report.status ?? ''}`)] : []),
    ...(answer.tags.length ? [row('names', answer.tags.map((tag) => `[#${tag}]`).join(' '))] : []),
    row('answer', `${answer.acknowledge ? 'would be acknowledged' : 'no acknowledgement'} (${answer.because})`),
    ...answer.defects.map((defect) => row('mended', `${defect.code}: ${defect.detail}`)),
    ...answer.attachments.map((file) =>
      row('file', `${file.filename ?? 'without a name'}, ${file.contentType}, ${bytes(file.size)}`),
    ),
  ];
  const quoted = answer.text.length - answer.reply.length;
  const folded = quoted > 0 ? `\n${dim(`  (${quoted} characters of quoted text folded)`)}` : '';
  return `${bold(answer.file)}\n${lines.join('\n')}\n\n${indented(answer.reply)}${folded}\n\n`;
}

const row = (name: string, value: string) => `  ${dim(name.padEnd(9))} ${value}`;

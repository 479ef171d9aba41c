// winmail.dat among the parts of a letter (MS-OXTNEF): replaced by what Outlook packed into it, numbered below its own
// place. Its words stand in where the letter has no others; Outlook mostly sends them in the open as well.

import { cleanLine, cleanText } from '../mail/clean.ts';
import type { Limits } from '../mail/limits.ts';
import type { Defect, Part } from '../mail/message.ts';
import type { BodyText } from './body-text.ts';
import { cutFilename } from './filename.ts';
import { htmlToText } from './html.ts';
import { openTnef } from './tnef.ts';
import type { Tnef } from './tnef-content.ts';

export interface Unpacked {
  readonly parts: readonly Part[];
  /** What was opened, in the letter's order. */
  readonly opened: readonly Tnef[];
  readonly defects: readonly Defect[];
}

function isWinmail({ contentType, filename }: Part): boolean {
  return /^application\/(vnd\.)?ms-tnef$/.test(contentType) || /^win(mail|dat)\.dat$/i.test(filename ?? '');
}

function partOf(packed: Tnef['attachments'][number], outer: Part, index: number, limits: Limits): Part {
  const name = cleanLine(packed.filename ?? '');
  return {
    ...outer,
    path: `${outer.path}.${index + 1}`,
    filename: name === '' ? null : cutFilename(name, limits.filenameChars),
    contentType: packed.contentType,
    disposition: 'attachment',
    contentId: null,
    bytes: packed.bytes,
  };
}

/** Takes the parts of a letter; those that are no winmail.dat, or only say so, come back as they are. */
export function unpacked(parts: readonly Part[], limits: Limits): Unpacked {
  const opened: Tnef[] = [];
  const defects: Defect[] = [];
  const all = parts.flatMap((part) => {
    const tnef = isWinmail(part) ? openTnef(part.bytes) : null;
    if (tnef === null) return [part];
    opened.push(tnef);
    defects.push({
      code: 'winmail-opened',
      detail: `part ${part.path}: winmail.dat, ${tnef.attachments.length} files inside`,
    });
    return tnef.attachments.slice(0, limits.mimeParts).map((packed, index) => partOf(packed, part, index, limits));
  });
  return { parts: all, opened, defects };
}

/** The letter's text, or that of the first winmail.dat that has one. */
export function withWinmailText(body: BodyText, opened: readonly Tnef[], limits: Limits): BodyText {
  const letter = body.text.trim() === '' ? opened.find(({ text, html }) => text?.trim() || html) : undefined;
  if (letter === undefined) return body;
  const shown = letter.text?.trim() ? { text: letter.text, defects: [] } : htmlToText(letter.html ?? '', limits);
  return {
    text: cleanText(shown.text).slice(0, limits.textChars).toWellFormed().trimEnd(),
    html: body.html ?? letter.html,
    defects: [...body.defects, ...shown.defects],
  };
}

// A ticket as a page and as text, for people who have neither kvitok nor a mail program at hand: rows of the tables and
// the files beside the page in; HTML that loads nothing from anywhere, and plain text, out.

import fs from 'node:fs';
import path from 'node:path';
import { Liquid } from 'liquidjs';
import { PICTURE_NAMES } from '../attachments/magic.ts';
import type { Config } from '../config/schema.ts';
import { cleanLine, cleanText } from '../mail/clean.ts';
import { PACKAGE_TEMPLATES, withoutCure } from '../outbox/templates.ts';
import type { mergedInto, showTicket } from '../store/tickets.ts';
import type { Content, ExportedFile } from './export-content.ts';
import { bytes, moment } from './page.ts';

export interface Conversation {
  readonly html: string;
  readonly text: string;
}

/** The desk in whose words and times it is written, and what it says of a refused file. */
export interface Voice {
  readonly desk: Config['desk'];
  readonly cure: (code: string) => string;
}

type Shown = NonNullable<Awaited<ReturnType<typeof showTicket>>> & {
  readonly merged: Awaited<ReturnType<typeof mergedInto>>;
};
type Entry = Shown['entries'][number];
type Sent = Shown['sent'][number];

/** The page and the text of a ticket, with what was said in those that were merged into it. */
export function conversation(shown: Shown, content: Content, voice: Voice): Conversation {
  const { ticket, participants, relatedTo, relatedFrom, merged } = shown;
  const at = (instant: number) => moment(instant, voice.desk.timeZone);
  const values = {
    number: ticket.number,
    subject: cleanLine(ticket.subject),
    state: ticket.state,
    opened: at(ticket.opened_at),
    requester: cleanLine(`${ticket.requester_name} <${ticket.requester}>`),
    participants: participants.map(({ address }) => cleanLine(address)).join(', '),
    related: [relatedTo, ...relatedFrom]
      .filter((number) => number !== null)
      .map((number) => `#${number}`)
      .join(', '),
    merged: merged.map(({ number }) => `#${number}`).join(', '),
    zone: voice.desk.timeZone,
    desk: voice.desk.name,
    said: [{ ...shown, number: '' }, ...merged]
      .flatMap(({ number: from, entries, sent }) => [
        ...entries.map((entry) => ({ when: entry.at, after: 0, from, ...entryOf(entry, content, voice) })),
        ...sent.map((row) => ({ when: row.created_at, after: 1, from, ...sentOf(row) })),
      ])
      .toSorted((a, b) => a.when - b.when || a.after - b.after)
      .map((one) => ({ ...one, at: at(one.when) })),
  };
  return { html: render('html', voice.desk.language, values), text: render('txt', voice.desk.language, values) };
}

function entryOf(entry: Entry, { letters, files }: Content, voice: Voice) {
  return {
    kind: entry.kind,
    who: cleanLine(`${entry.author_name} <${entry.author}>`),
    text: cleanText(entry.reply).trim(),
    quoted: cleanText(entry.quoted).trim(),
    letter: letters.find(({ letter }) => letter === entry.letter_id)?.path ?? null,
    files: files.filter(({ letter }) => letter === entry.letter_id).map((file) => fileOf(file, voice)),
  };
}

function fileOf({ verdict, name, previews }: ExportedFile, { cure }: Voice) {
  const picture = Object.hasOwn(PICTURE_NAMES, verdict.type ?? '');
  return {
    name: verdict.filename,
    size: bytes(verdict.size),
    path: name,
    previews: previews.map((preview) => preview.path),
    href: name && hrefOf(name),
    pictures: [...(name && picture ? [name] : []), ...previews.map((preview) => preview.path)].map(hrefOf),
    inside: verdict.inside.map((entry) => entry.name).join(', '),
    why:
      verdict.reason &&
      `${withoutCure(cure(verdict.reason))} (${[verdict.reason, verdict.detail].filter(Boolean).join(': ')})`,
  };
}

const hrefOf = (name: string) => name.split('/').map(encodeURIComponent).join('/');

function sentOf(row: Sent) {
  return { kind: 'sent', who: row.recipient, text: row.kind, state: row.state };
}

/** Room for a conversation of years: the limits of outgoing letters would stop it. */
const LIMITS = { parseLimit: 1e6, renderLimit: 60_000, memoryLimit: 1e9 };

function render(form: 'html' | 'txt', language: Config['desk']['language'], values: object): string {
  const engine = new Liquid({
    ...LIMITS,
    ownPropertyOnly: true,
    strictVariables: true,
    strictFilters: true,
    dynamicPartials: false,
    ...(form === 'html' && { outputEscape: 'escape' as const }),
  });
  const source = fs.readFileSync(path.join(PACKAGE_TEMPLATES, 'export', `${language}.${form}.liquid`), 'utf8');
  return String(engine.parseAndRenderSync(source, values));
}

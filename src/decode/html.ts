// HTML of a letter in, readable text out: tables as rows, links once, quotes as `> ` lines, nothing a reader does not see.
// An own pass over the tags: on the same 13 KB letters html-to-text took 0.60 ms, its tokenizer alone 0.36, this pass 0.18,
// and html-to-text has no end for what hostile HTML may cost. Entities come from the library that it uses itself.

import { decodeHTML } from 'entities';
import type { Limits } from '../mail/limits.ts';
import type { Defect } from '../mail/message.ts';
import { BREAKS, CONTAINERS, ENDS, TABLE_PARTS, UNSEEN, VOID } from './html-elements.ts';
import { linkSuffix } from './html-link.ts';
import { isHiddenBy, type Sheet, sheetOf } from './html-sheet.ts';
import { attribute, GONE, hiddenBy, isIndent, isTight, keepsSpace, SEEN } from './html-style.ts';
import { scanHtml } from './html-tokens.ts';
import { type LineWriter, lineWriter } from './html-writer.ts';

interface Frame {
  readonly name: string;
  readonly hidden: number;
  /** It is no element that nobody sees whatever its style. */
  readonly styled: boolean;
  readonly keepSpace: boolean;
  readonly room: 0 | 1 | 2;
  /** What is in it is quoted. */
  readonly quotes: boolean;
  /** Of a link: where it leads. */
  readonly href: string | null;
  /** Of a list: the number of its next item, null where items have none. */
  item: number | null;
}

const ROOT: Frame = {
  name: '',
  hidden: SEEN,
  styled: true,
  keepSpace: false,
  room: 0,
  quotes: false,
  href: null,
  item: null,
};
const LINK_TEXT_CHARS = 2000;

/**
 * The text a reader sees of an HTML part. Takes decoded HTML and the limits (characters, elements inside each other,
 * characters of text); gives text with `\n` line ends and what the limits cut. Linear; never throws.
 */
export function htmlToText(html: string, limits: Limits): { text: string; defects: readonly Defect[] } {
  const defects: Defect[] = [];
  const source = html.length > limits.htmlChars ? html.slice(0, limits.htmlChars) : html;
  if (source !== html)
    defects.push({ code: 'html-cut', detail: `only ${limits.htmlChars} characters of HTML were read` });
  const sheet = sheetOf(source);
  let reader = readerOf(lineWriter(), limits, { sheet, seesHidden: false });
  scanHtml(source, reader);
  if (reader.isBlank() && reader.hid()) {
    // A letter of which nothing is seen was meant otherwise: whatever its style says, its words are read.
    reader = readerOf(lineWriter(), limits, { sheet: null, seesHidden: true });
    scanHtml(source, reader);
    if (!reader.isBlank())
      defects.push({ code: 'html-hidden-read', detail: 'the only words are hidden by their style, they are read' });
  }
  if (reader.tooDeep()) {
    defects.push({
      code: 'html-too-deep',
      detail: `elements more than ${limits.htmlDepth} inside each other were read flat`,
    });
  }
  if (reader.tooLong())
    defects.push({ code: 'text-cut', detail: `only ${limits.textChars} characters of text are kept` });
  return { text: reader.end(), defects };
}

interface Sight {
  readonly sheet: Sheet;
  readonly seesHidden: boolean;
}

function readerOf(writer: LineWriter, limits: Limits, sight: Sight) {
  const stack: Frame[] = [];
  const lists: Frame[] = [];
  let top = ROOT;
  let deeper = 0;
  let tooDeep = false;
  let tooLong = false;
  let hid = false;
  let links = 0;
  let linkText = '';

  const pop = (): void => {
    const frame = stack.pop()!;
    top = stack.at(-1) ?? ROOT;
    if (frame.hidden) return;
    if (frame.href !== null) closeLink(frame.href);
    if (frame.name === 'ul' || frame.name === 'ol') lists.pop();
    if (frame.quotes) writer.quote(-1);
    if (frame.room) writer.break(lists.length > 0 ? 1 : frame.room);
  };

  const closeLink = (href: string): void => {
    links--;
    const suffix = linkSuffix(href, linkText);
    // A link round a picture has no text of its own to stand behind.
    if (linkText.trim()) writer.suffix(suffix);
    else writer.text(suffix, false);
  };

  /** Closes open elements down to the nearest of these names, unless a container stands before it. */
  const popTo = (names: ReadonlySet<string>): void => {
    for (let i = stack.length - 1; i >= 0; i--) {
      const name = stack[i]!.name;
      if (names.has(name)) {
        while (stack.length > i) pop();
        if (name === 'td' || name === 'th') popTo(names);
        return;
      }
      if (CONTAINERS.has(name)) return;
    }
  };

  const begin = (frame: Frame): void => {
    if (frame.name === 'td' || frame.name === 'th') writer.cell();
    else if (frame.room) writer.break(lists.length > 0 ? 1 : frame.room);
    if (frame.name === 'tr') writer.row();
    if (frame.quotes) writer.quote(1);
    if (frame.name === 'li') writer.marker(itemMark(lists));
    if (frame.name === 'ul' || frame.name === 'ol') lists.push(frame);
    if (frame.href !== null) {
      links++;
      linkText = '';
    }
  };

  const empty = (name: string, attributes: string): void => {
    if (hiddenIn(top, attributes, sight)) return;
    if (name === 'br') writer.lineBreak();
    else if (name === 'hr') {
      writer.break(1);
      writer.text('----------', false);
      writer.break(1);
    } else if (name === 'img') write(attribute(attributes, 'alt') ?? '');
  };

  const write = (encoded: string): void => {
    const value = encoded.includes('&') ? decodeHTML(encoded) : encoded;
    writer.text(value, top.keepSpace);
    if (links > 0 && linkText.length < LINK_TEXT_CHARS) linkText += value.slice(0, LINK_TEXT_CHARS);
  };

  return {
    text(encoded: string): boolean {
      if (!top.hidden) write(encoded);
      else if (top.styled) hid ||= /[^\s&;]/.test(encoded);
      tooLong ||= writer.size() > limits.textChars;
      return !tooLong;
    },
    open(name: string, attributes: string): void {
      const ended = ENDS.get(name);
      if (ended) popTo(ended);
      else if (top.name === 'p' && BREAKS.has(name)) pop();
      if (VOID.has(name)) {
        empty(name, attributes);
        return;
      }
      if (stack.length >= limits.htmlDepth) {
        deeper++;
        tooDeep = true;
        return;
      }
      const frame = frameOf(name, attributes, top, sight);
      stack.push(frame);
      if (!frame.hidden) begin(frame);
      top = frame;
    },
    close(name: string): void {
      if (name === 'br') {
        empty(name, '');
        return;
      }
      if (deeper > 0) {
        deeper--;
        return;
      }
      for (let i = stack.length - 1; i >= 0; i--) {
        const at = stack[i]!.name;
        if (at === name) {
          while (stack.length > i) pop();
          return;
        }
        // </span> inside a cell ends nothing outside it.
        if (CONTAINERS.has(at) && !TABLE_PARTS.has(name)) return;
      }
    },
    isBlank: () => writer.size() === 0,
    hid: () => hid,
    tooDeep: () => tooDeep,
    tooLong: () => tooLong,
    end(): string {
      while (stack.length > 0) pop();
      return writer.toString();
    },
  };
}

/** What hides an element: its own style, that of the letter, or what it is inside. */
function hiddenIn(parent: Frame, attributes: string, { sheet, seesHidden }: Sight): number {
  if (seesHidden) return parent.hidden;
  return isHiddenBy(sheet, attributes) ? GONE : hiddenBy(parent.hidden, attributes);
}

function frameOf(name: string, attributes: string, parent: Frame, sight: Sight): Frame {
  const tight = name === 'p' && isTight(attributes);
  return {
    name,
    hidden: UNSEEN.has(name) ? GONE : hiddenIn(parent, attributes, sight),
    styled: !UNSEEN.has(name) && (parent.styled || parent.hidden === SEEN),
    keepSpace: name === 'pre' || name === 'xmp' || name === 'textarea' || parent.keepSpace || keepsSpace(attributes),
    room: tight ? 1 : (BREAKS.get(name) ?? 0),
    quotes: name === 'blockquote' && !isIndent(attributes),
    href: name === 'a' ? decoded(attribute(attributes, 'href')) : null,
    item: name === 'ol' ? 1 : null,
  };
}

function decoded(value: string | null): string | null {
  return value?.includes('&') ? decodeHTML(value) : value;
}

/** `- ` or `3. `, set in by the lists round it. */
function itemMark(lists: readonly Frame[]): string {
  const list = lists.at(-1);
  const indent = '  '.repeat(Math.max(0, Math.min(lists.length, 8) - 1));
  if (list?.item == null) return `${indent}- `;
  return `${indent}${list.item++}. `;
}

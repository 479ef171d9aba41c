// Which pictures of the HTML stand below its writer's signature: HTML in, Content-IDs out. Signatures are told by the
// elements in which mail clients put them, and by the words of the text (reply/signature.ts). A picture that stands
// anywhere else as well is none of a signature.

import type { Limits } from '../mail/limits.ts';
import type { Part } from '../mail/message.ts';
import { htmlToText } from './html.ts';
import { VOID } from './html-elements.ts';
import { attribute } from './html-style.ts';
import { scanHtml } from './html-tokens.ts';
import { signedLines } from './reply.ts';

/** `<attachment>` is Apple Mail's, `v:imagedata` Outlook's. */
const PICTURES: ReadonlySet<string> = new Set(['img', 'attachment', 'v:imagedata']);
const PICTURE = /<(?:img|attachment|v:imagedata)\b([^>]*)>/gi;
/** Gmail, Thunderbird, Outlook on the web and on phones, Apple Mail; Outlook puts x_ before what it quotes. */
const SIGNATURE = /\b(?:class|id)\s*=\s*["']?[^"'>]{0,100}signature/i;
/** Stand round the number of a picture in the text; no letter has them. */
const [OPEN, CLOSE] = ['\ue000', '\ue001'];
const MARK = /\ue000(\d+)\ue001/g;

/** The parts, those marked that are shown below the signature and nowhere else. */
export function markedBelowSignature(parts: readonly Part[], html: string | null, limits: Limits): readonly Part[] {
  if (html === null || !parts.some(({ contentId }) => contentId !== null)) return parts;
  const below = idsBelow(html, limits);
  return parts.map((part) =>
    part.contentId !== null && below.has(part.contentId) ? { ...part, belowSignature: true } : part,
  );
}

/** Content-IDs by where they stand. */
interface Places {
  readonly inside: ReadonlySet<string>;
  readonly outside: ReadonlySet<string>;
}

function idsBelow(html: string, limits: Limits): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { inside, outside } of [byElements(html), byWords(html, limits)])
    for (const id of inside) if (!outside.has(id)) found.add(id);
  return found;
}

function shownBy(attributes: string): string | null {
  const source = attribute(attributes, 'src') ?? '';
  return /^\s*cid:/i.test(source) ? unescaped(source.trim().slice('cid:'.length)) : null;
}

function unescaped(id: string): string {
  try {
    return decodeURIComponent(id.replaceAll('&amp;', '&'));
  } catch {
    return id;
  }
}

function byElements(html: string): Places {
  const inside = new Set<string>();
  const outside = new Set<string>();
  const open: string[] = [];
  let signature = -1;
  scanHtml(html, {
    text: () => true,
    open(name, attributes) {
      if (PICTURES.has(name)) {
        const id = shownBy(attributes);
        if (id !== null) (signature < 0 ? outside : inside).add(id);
      }
      if (VOID.has(name)) return;
      if (signature < 0 && SIGNATURE.test(attributes.slice(0, 1000))) signature = open.length;
      open.push(name);
    },
    close(name) {
      const at = open.lastIndexOf(name);
      if (at < 0) return;
      open.length = at;
      if (at <= signature) signature = -1;
    },
  });
  return { inside, outside };
}

function byWords(html: string, limits: Limits): Places {
  const shown: string[] = [];
  const marked = html.replace(PICTURE, (tag, attributes: string) => {
    const id = shownBy(attributes);
    return id === null ? tag : `${OPEN}${shown.push(id) - 1}${CLOSE}`;
  });
  const inside = new Set<string>();
  const outside = new Set<string>();
  if (shown.length === 0) return { inside, outside };
  const { text } = htmlToText(marked, limits);
  for (const { line, signed } of signedLines(text))
    for (const [, n] of line.matchAll(MARK)) (signed ? inside : outside).add(shown[Number(n)] ?? '');
  return { inside, outside };
}

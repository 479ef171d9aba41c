// Text as it stands in an HTML letter: signs escaped, lines kept, links as links. Filters of the templates, so that a letter
// of any length costs a template one step and not one for each of its lines.

import { escaped } from '../desk/report/escaped.ts';

/** A line break for each line end. */
export const lineBreaks = (text: string): string => escaped(text).replaceAll('\n', '<br>\n');

/** Paragraphs, parted at empty lines, with the given styles for each and for links in them. */
export const paragraphs = (text: string, style: string, linkStyle: string): string =>
  text
    .split(/\n(?:[^\S\n]*\n)+/)
    .filter((paragraph) => paragraph.trim() !== '')
    .map((paragraph) => `<p style="${escaped(style)}">${withLinks(paragraph.replace(/\n$/, ''), linkStyle)}</p>`)
    .join('\n');

// the sign of a sentence behind a link is none of it
const LINK = /https?:\/\/[^\s<>"]{1,2000}[^\s<>".,;:!?)\]»]/giu;

function withLinks(text: string, style: string): string {
  let html = '';
  let at = 0;
  for (const { 0: href, index } of text.matchAll(LINK)) {
    html += `${lineBreaks(text.slice(at, index))}<a href="${escaped(href)}" style="${escaped(style)}">${escaped(href)}</a>`;
    at = index + href.length;
  }
  return html + lineBreaks(text.slice(at));
}

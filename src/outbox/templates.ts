// Outgoing letters as texts that the desk can edit: templates/<language>/<name>.txt (first line the subject, then an empty
// line, then the text), <name>.html beside it, and refusals.json with what is said of a refused file. A desk's own folder goes before the package's, file by file.

import fs from 'node:fs';
import path from 'node:path';
import { Liquid, type Template } from 'liquidjs';
import type { Language } from '../desk/tickets.ts';
import { lineBreaks, paragraphs } from './html-text.ts';

export interface Rendered {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

export interface Templates {
  /** What a writer is told of a refused file and what to do about it, by the code of the refusal. */
  cure(code: string, language: Language): string;
  /** Renders a template. Throws where the template asks for what is not there. */
  render(name: string, language: Language, values: Readonly<Record<string, unknown>>): Rendered;
}

/** What `cure` says without what to do about it: its first sentence. */
export const withoutCure = (words: string): string => words.split('. ', 1)[0]!.replace(/\.$/, '');

export const PACKAGE_TEMPLATES = path.join(import.meta.dirname, '../../templates');
const LIMITS = { parseLimit: 1e6, renderLimit: 1000, memoryLimit: 1e7 };
const STRICT = { ownPropertyOnly: true, strictVariables: true, strictFilters: true, dynamicPartials: false };

/** How texts are read, wherever that is done: whoever tries one before it is used must be told what its reader will be. */
const LIQUID = { ...LIMITS, ...STRICT };

/**
 * An engine that knows the filters of letters. Their result is HTML already; in a text they change nothing, as a text that was
 * made of a page by hand may still name them.
 */
export function liquidOf(kind: 'text' | 'html'): Liquid {
  const liquid = new Liquid(kind === 'html' ? { ...LIQUID, outputEscape: 'escape' } : LIQUID);
  const filter = (name: string, html: (text: string, ...styles: string[]) => string) =>
    liquid.registerFilter(name, {
      raw: true,
      handler: (text: unknown, ...styles: unknown[]) =>
        kind === 'html' ? html(String(text ?? ''), ...styles.map(String)) : String(text ?? ''),
    });
  filter('line_breaks', lineBreaks);
  filter('paragraphs', (text, style = '', linkStyle = '') => paragraphs(text, style, linkStyle));
  return liquid;
}

/** Templates of a desk. `own` is its folder, or undefined. Files are read once, at the first use. */
export function openTemplates(own: string | undefined): Templates {
  const plain = liquidOf('text');
  const escaped = liquidOf('html');
  const parsed = new Map<string, Parsed>();
  const load = (name: string, language: Language): Parsed => {
    const key = `${language}/${name}`;
    const known = parsed.get(key);
    if (known) return known;
    const { subject, body } = splitSubject(key, read(own, `${key}.txt`));
    const made = {
      subject: plain.parse(subject),
      text: plain.parse(body),
      html: escaped.parse(read(own, `${key}.html`)),
    };
    parsed.set(key, made);
    return made;
  };
  const cures = (language: Language) => JSON.parse(read(own, `${language}/refusals.json`)) as Record<string, string>;
  return {
    cure: (code, language) => {
      const known = cures(language);
      return (Object.hasOwn(known, code) ? known[code] : known.other) ?? code;
    },
    render: (name, language, values) => {
      const template = load(name, language);
      return {
        subject: oneLine(plain.renderSync(template.subject, values)),
        text: `${String(plain.renderSync(template.text, values)).trimEnd()}\n`,
        html: String(escaped.renderSync(template.html, values)),
      };
    },
  };
}

interface Parsed {
  readonly subject: Template[];
  readonly text: Template[];
  readonly html: Template[];
}

function read(own: string | undefined, name: string): string {
  const places = own === undefined ? [PACKAGE_TEMPLATES] : [own, PACKAGE_TEMPLATES];
  const file = places.map((dir) => path.join(dir, name)).find((candidate) => fs.existsSync(candidate));
  if (!file) throw new Error(`there is no template ${name}`);
  return fs.readFileSync(file, 'utf8');
}

function splitSubject(name: string, source: string): { subject: string; body: string } {
  const match = /^Subject: (.+)\r?\n\r?\n/.exec(source);
  if (!match) throw new Error(`template ${name}.txt must begin with a line "Subject: …" and an empty line`);
  return { subject: match[1]!, body: source.slice(match[0].length) };
}

const oneLine = (value: unknown) => String(value).replace(/\s+/g, ' ').trim();

// Ready answers as files: templates/answers/<name>.md or <name>.<language>.md, a desk's own folder before the package's. Each
// begins with front matter between two lines of ---: title, language, another name, the level its question belongs to.

import fs from 'node:fs';
import path from 'node:path';
import { Liquid, type Template } from 'liquidjs';
import type { Config } from '../config/schema.ts';
import type { ReadyAnswer, ReadyAnswers, WrittenAnswer } from '../desk/commands/ready-answers.ts';
import { LEVEL_WORDS, momentWords } from '../desk/deadline-words.ts';
import { deskHours } from '../desk/hours-words.ts';
import type { Language, Ticket } from '../desk/tickets.ts';
import { LEVELS } from '../desk/timetable.ts';
import { PACKAGE_TEMPLATES } from './templates.ts';

/** What answers know of the desk. */
export interface AnsweringDesk {
  readonly name: string;
  readonly address: string;
  readonly site: string | null;
  readonly hours: Readonly<Record<Language, string>>;
  readonly timeZone: string;
}

/** The desk of a configuration. */
export const answeringDesk = (config: Pick<Config, 'desk' | 'levels' | 'calendars'>): AnsweringDesk => ({
  ...config.desk,
  site: config.desk.site ?? null,
  hours: deskHours(config),
});

/** A file that is there and is no ready answer, and why. */
export interface Unusable {
  readonly file: string;
  readonly fault: string;
}

/** A ready answer with the text that its file holds. */
export interface ReadAnswer {
  readonly answer: ReadyAnswer;
  readonly source: string;
}

interface Read extends ReadAnswer {
  readonly template: Template[];
}

/** The ready answers of a desk with their files. */
export interface AnswerFiles extends ReadyAnswers {
  readonly unusable: readonly Unusable[];
  /** Those of a name, one a language; none where nothing is called that. */
  named(name: string): readonly ReadAnswer[];
}

const LIMITS = { parseLimit: 1e6, renderLimit: 1000, memoryLimit: 1e7 };
const LANGUAGES: readonly Language[] = ['ru', 'en'];

/** Reads the ready answers of a desk, once. `own` is its folder of templates. Files that are none are named, not thrown. */
export function openReadyAnswers(own: string | undefined, desk: AnsweringDesk, now: () => number): AnswerFiles {
  const liquid = new Liquid({
    ...LIMITS,
    ownPropertyOnly: true,
    strictVariables: true,
    strictFilters: true,
    dynamicPartials: false,
  });
  const answers: Read[] = [];
  const unusable: Unusable[] = [];
  for (const [file, source] of filesOf(own)) {
    const read = readAnswer(liquid, file, source);
    if ('fault' in read) unusable.push({ file, fault: read.fault });
    else answers.push(read);
  }
  answers.sort(
    (a, b) => a.answer.name.localeCompare(b.answer.name) || a.answer.language.localeCompare(b.answer.language),
  );
  const named = (name: string) => {
    const called = answers.find(({ answer }) => answer.name === name || answer.also === name)?.answer.name;
    return answers.filter(({ answer }) => answer.name === called);
  };
  return {
    unusable,
    named,
    list: () => answers.map(({ answer }) => answer),
    write: (name, ticket): WrittenAnswer | null => {
      const called = named(name);
      const found = called.find(({ answer }) => answer.language === ticket.language) ?? called[0];
      if (!found) return null;
      const { answer, template } = found;
      try {
        const text = String(liquid.renderSync(template, valuesOf(ticket, answer.language, desk, now())));
        return { answer, text: text.trim() };
      } catch (error) {
        return { answer, fault: (error as Error).message };
      }
    },
  };
}

/** Variables that a ready answer may use. */
function valuesOf(ticket: Ticket, language: Language, desk: AnsweringDesk, now: number): Record<string, unknown> {
  return {
    number: ticket.number,
    subject: ticket.subject,
    requester: ticket.requester,
    level: LEVEL_WORDS[language][ticket.level],
    desk: desk.name,
    address: desk.address,
    site: desk.site,
    hours: desk.hours[language],
    today: momentWords(now, desk.timeZone, language),
  };
}

/** Files by name, the desk's own in the place of the package's. */
function filesOf(own: string | undefined): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const root of own === undefined ? [PACKAGE_TEMPLATES] : [PACKAGE_TEMPLATES, own]) {
    const folder = path.join(root, 'answers');
    if (!fs.existsSync(folder)) continue;
    for (const file of fs.readdirSync(folder)) {
      if (file.endsWith('.md')) files.set(file, fs.readFileSync(path.join(folder, file), 'utf8'));
    }
  }
  return files;
}

const FRONT = /^\uFEFF?---\r?\n([\s\S]*?)\r?\n---\r?\n/;
const NAME = /^[\p{Ll}\p{N}-]{1,60}$/u;

function readAnswer(liquid: Liquid, file: string, source: string): Read | { readonly fault: string } {
  const front = FRONT.exec(source);
  if (!front) return { fault: 'it does not begin with front matter between two lines of ---' };
  const fields = new Map<string, string>();
  for (const line of front[1]!.split(/\r?\n/)) {
    const field = /^(\w+):\s*(.*?)\s*$/.exec(line);
    if (field) fields.set(field[1]!, field[2]!.replace(/^(["'])(.*)\1$/, '$2'));
    else if (line.trim() !== '') return { fault: `"${line}" is no field like title: …` };
  }
  const language = LANGUAGES.find((one) => one === fields.get('language'));
  if (!language) return { fault: 'its front matter names no language: ru or en' };
  const level = fields.get('level') ?? null;
  const known = LEVELS.find((one) => one === level) ?? null;
  if (level !== null && known === null) return { fault: `there is no level ${level}` };
  const title = fields.get('title');
  if (!title) return { fault: 'its front matter has no title' };
  const name = file.replace(new RegExp(`(?:\\.${language})?\\.md$`), '').toLowerCase();
  if (!NAME.test(name)) return { fault: 'its name may hold small letters, digits and hyphens' };
  try {
    const also = fields.get('also')?.toLowerCase().replaceAll('ё', 'е') ?? null;
    const text = source.slice(front[0].length).trim();
    return { answer: { name, also, title, language, level: known }, source: text, template: liquid.parse(text) };
  } catch (error) {
    return { fault: (error as Error).message };
  }
}

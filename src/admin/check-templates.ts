// What `kvitok check` looks at of a desk's own texts: letters, ready answers, and the alarms, which nobody misses when they can't
// be written. In: the configuration; out: findings.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { alarmLetter } from '../alarms/letter.ts';
import type { Telling } from '../alarms/plan.ts';
import type { Config } from '../config/schema.ts';
import type { Language } from '../desk/tickets.ts';
import { errorWords } from '../mail/error-words.ts';
import { compose, IN_EVERY_LETTER, NOTHING, senderOf } from '../outbox/compose.ts';
import { answeringDesk, openReadyAnswers } from '../outbox/ready-answers.ts';
import { liquidOf, openTemplates, PACKAGE_TEMPLATES } from '../outbox/templates.ts';
import { type Finding, ok, problem, warning } from './findings.ts';

/** Looks at the texts of a desk; of one that has none of its own there is nothing to say. `now` in epoch milliseconds. */
export function checkTemplates(config: Config, now: number): readonly Finding[] {
  const own = config.templates;
  if (own === undefined) return [];
  if (!existsSync(own))
    return [problem('templates', `there is no folder ${own}; make it, or take templates out of the configuration`)];
  const files = filesUnder(own).filter(isText);
  const letters = files.flatMap((name) => template(own, name));
  const { unusable } = openReadyAnswers(own, answeringDesk(config), () => now);
  const found = [
    ...letters,
    ...alarms(config, now)
      .filter((one) => !letters.some(({ text }) => text.startsWith(`${one.name}.`)))
      .map(unwritten),
    ...unusable.map(({ file, fault }) => problem('templates', `answers/${file} can't be used: ${fault}`)),
  ];
  return found.length > 0
    ? found
    : [ok('templates', `${own}, ${files.length} of your own; the rest come from the package`)];
}

function template(own: string, name: string): readonly Finding[] {
  const text = read(own, name);
  const known = existsSync(join(PACKAGE_TEMPLATES, name));
  let asked: readonly string[];
  try {
    asked = variablesOf(text);
  } catch (error) {
    return [problem('templates', `${name}: ${errorWords(error)}`)];
  }
  if (!known) return [warning('templates', `${name} is never used; the package has no template of that name`)];
  if (name.endsWith('.txt') && !/^Subject: .+\r?\n\r?\n/.test(text)) {
    return [problem('templates', `${name} must begin with a line "Subject: …" and an empty line`)];
  }
  const has = letterHas(name);
  return asked.filter((variable) => !has.has(variable)).map((variable) => missing(name, variable, has));
}

function missing(name: string, variable: string, has: ReadonlySet<string>): Finding {
  const asks = `${name} asks for ${variable}`;
  // a letter may have more than the package's text of it takes
  return elsewhere().has(variable)
    ? warning(
        'templates',
        `${asks}, which the package's own text of this letter does not; without it the letter can't leave`,
      )
    : problem('templates', `${asks}, which no letter has; this one has ${[...has].join(', ')}`);
}

/** What the package's letters take, all together. */
const elsewhere = () =>
  new Set(
    filesUnder(PACKAGE_TEMPLATES)
      .filter(isText)
      .flatMap((name) => variablesOf(read(PACKAGE_TEMPLATES, name))),
  );

const liquid = liquidOf('html');

/** What a text takes from the letter. Throws where it is no template. */
const variablesOf = (text: string): readonly string[] => liquid.globalVariablesSync(liquid.parse(text));

/** What a letter has: what is in every one, and what the package's own text and page of it take. */
function letterHas(name: string): ReadonlySet<string> {
  const pair = ['.txt', '.html'].map((ending) => name.replace(/\.(txt|html)$/, ending));
  return new Set([...IN_EVERY_LETTER, ...pair.flatMap((one) => variablesOf(read(PACKAGE_TEMPLATES, one)))]);
}

/** An alarm that can't be written. */
interface Unwritten {
  readonly name: string;
  readonly fault: string;
}

const unwritten = ({ name, fault }: Unwritten) =>
  problem('templates', `${name}: ${fault}; no alarm reaches anybody by it`);

/** Writes one alarm of each kind as the daemon would, to nobody. */
function alarms(config: Config, now: number): readonly Unwritten[] {
  const about = { cause: 'disk', subject: '', since: now, level: 0 } as const;
  const remember = { ...about, toldAt: now, stands: true };
  const tellings: readonly Telling[] = [
    { kind: 'begun', trouble: { ...about, error: 'x', facts: {} }, remember },
    { kind: 'over', told: remember, remember },
  ];
  const { timeZone, address } = config.desk;
  const templates = openTemplates(config.templates);
  const sender = senderOf(config);
  return LANGUAGES.flatMap((language) =>
    tellings.flatMap((telling) => {
      const queued = alarmLetter(telling, { address, language, timeZone }, 'x@x', now);
      const letter = { ...queued, id: 0, attempts: 0, doubtful: false, createdAt: now };
      try {
        compose(letter, NOTHING, sender, templates);
        return [];
      } catch (error) {
        return [{ name: `${language}/alarm-${queued.form}`, fault: errorWords(error) }];
      }
    }),
  );
}

const isText = (name: string) => /\.(txt|html)$/.test(name);
const read = (dir: string, name: string) => readFileSync(join(dir, name), 'utf8');

const LANGUAGES: readonly Language[] = ['ru', 'en'];

function filesUnder(dir: string): readonly string[] {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(dir, join(entry.parentPath, entry.name)));
}

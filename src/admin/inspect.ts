// kvitok inspect: runs the whole core on letters in files and says what would become of them and why, touching nothing.
// As a page for people, or one JSON object a letter, as fast as they come.

import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { createInterface } from 'node:readline';
import type { Command } from 'commander';
import { loadConfig } from '../config/load.ts';
import { authorOf, type Letter, type Rules } from '../decide/case.ts';
import { decide } from '../decide/decide.ts';
import type { Decision } from '../decide/decision.ts';
import { closeJudges, judgeBy, prepare, type Reading } from '../ingest/prepare.ts';
import { proveNothing } from '../ingest/prove.ts';
import { oursOf, readingOf, rulesOf } from '../ingest/rules.ts';
import { tracedArrival, tracedEnvelope } from '../sources/trace.ts';
import { tagsIn } from '../thread/tags.ts';
import { CommandError } from './command-error.ts';
import { configOption, configPath } from './config-option.ts';
import { inspectPage } from './inspect-page.ts';
import { inWords } from './system-error.ts';

/** Adds options and action. */
export function define(command: Command): void {
  command
    .argument('[files...]', 'letters as files; - is standard input')
    .addOption(configOption())
    .option('--json', 'one JSON object a letter, one a line')
    .option('--paths-from-stdin', 'read file names from standard input, one a line, and answer each at once')
    .addHelpText(
      'after',
      '\nExample:\n  kvitok inspect letter.eml\n  find Maildir/cur -type f | kvitok inspect --json --paths-from-stdin',
    )
    .action(async (files: string[], options: { json?: boolean; pathsFromStdin?: boolean }) => {
      const desk = deskOf(command);
      if (!options.pathsFromStdin && files.length === 0) {
        throw new CommandError(64, ['kvitok inspect: name at least one file, or - for standard input']);
      }
      const paths = options.pathsFromStdin ? createInterface({ input: process.stdin }) : files;
      for await (const path of paths) {
        if (path === '') continue;
        const answer = await inspectFile(path, desk);
        if ('error' in answer) process.exitCode = 66;
        process.stdout.write(options.json ? `${JSON.stringify(answer)}\n` : inspectPage(answer));
      }
      await closeJudges();
    });
}

interface Desk {
  readonly reading: Reading;
  readonly rules: Rules;
  readonly repeated: (letter: Letter) => number;
}

/**
 * Counts how often a letter of the same writer, words and files came before in this run. Letters of a pile may lie days
 * apart, so of the caps on acknowledgements only what a robot repeats can be told here.
 */
function countRepeats(): Desk['repeated'] {
  const seen = new Map<string, number>();
  return ({ message, attachments }) => {
    const files = attachments.map(({ sha256 }) => sha256);
    const what = createHash('sha256')
      .update(JSON.stringify([message.author?.address, message.text, files]))
      .digest('hex');
    const before = seen.get(what) ?? 0;
    seen.set(what, before + 1);
    return before;
  };
}

/** The desk of the configuration where there is one; a desk with the defaults otherwise. */
function deskOf(command: Command): Desk {
  const path = configPath(command);
  // one that was named must be there, else the desk of another would be shown
  if (fs.existsSync(path) || command.getOptionValueSource('config') !== 'default') {
    const loaded = loadConfig(path, process.env);
    if (!loaded.ok) throw new CommandError(78, loaded.problems);
    const ours = oursOf(loaded.config);
    return {
      reading: readingOf(loaded.config, ours),
      rules: rulesOf(loaded.config, ours),
      repeated: countRepeats(),
    };
  }
  const ours = { addresses: new Set<string>(), messageIdHost: 'kvitok.invalid' };
  const acknowledge = {
    replies: true,
    notOlderThanHours: Number.POSITIVE_INFINITY,
    perAddressHour: 3,
    perAddressDay: 10,
    perDomainHour: 100,
  };
  return {
    reading: { ours, prove: proveNothing, judge: judgeBy() },
    rules: { language: 'ru', ownAddresses: ours.addresses, acknowledge, companies: new Set(), reopenDays: null },
    repeated: countRepeats(),
  };
}

export type Inspected = Awaited<ReturnType<typeof inspectRaw>>;

/** What would become of the letter in a file, or why it can't be read. Never rejects. */
export async function inspectFile(
  file: string,
  desk: Desk,
): Promise<({ file: string } & Inspected) | { file: string; error: string }> {
  let raw: Buffer;
  try {
    raw = fs.readFileSync(file === '-' ? 0 : file);
  } catch (error) {
    return { file, error: inWords(error) };
  }
  return { file, ...(await inspectRaw(raw, desk)) };
}

async function inspectRaw(raw: Buffer, { reading, rules, repeated }: Desk) {
  const receivedAt = tracedArrival(raw) ?? Date.now();
  const letter = await prepare(
    { raw, envelope: tracedEnvelope(raw), receivedAt, oversize: null, silent: null },
    reading,
  );
  const { message, classification, report } = letter;
  const decision = decide({
    letter,
    author: authorOf(message),
    match: null,
    sent: { toAddressHour: repeated(letter), toAddressDay: 0, toDomainHour: 0, onTicketHour: 0 },
    bouncedTo: null,
    suspended: false,
    rules,
    now: receivedAt,
  });
  return {
    subject: message.subject,
    from: message.from[0] ?? { name: '', address: '' },
    to: message.to,
    text: message.text,
    reply: message.reply,
    html: message.html,
    attachments: letter.attachments,
    classification,
    ...(report ? { report } : {}),
    tags: tagsIn(message.subject),
    ...answerTo(decision, tagsIn(message.subject)),
    defects: message.defects,
  };
}

/** Whether a new ticket from this letter would be acknowledged; a letter that claims a ticket makes a new one only for a stranger. */
function answerTo(decision: Decision, tags: readonly string[]): { acknowledge: boolean; because: string } {
  if (decision.silence !== null) return { acknowledge: false, because: decision.silence };
  const [tag] = tags;
  if (tag === undefined) return { acknowledge: true, because: decision.because };
  return {
    acknowledge: false,
    because: `names [#${tag}]: a reply to a ticket, of which only the data folder knows more`,
  };
}

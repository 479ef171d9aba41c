// kvitok inspect: runs the whole core on letters in files and says what would become of them and why, touching nothing.
// As a page for people, or one JSON object a letter, as fast as they come.

import fs from 'node:fs';
import { createInterface } from 'node:readline';
import type { Command } from 'commander';
import { REGULATION } from '../attachments/policy.ts';
import { loadConfig } from '../config/load.ts';
import { requests } from '../config/schema-requests.ts';
import { NO_READY_ANSWERS } from '../desk/commands/ready-answers.ts';
import { PROVE_NOTHING } from '../ingest/prove.ts';
import { openReaders, type Readers } from '../ingest/readers.ts';
import { readingSettingsOf } from '../ingest/reading.ts';
import { oursOf, requestRulesOf, rulesOf } from '../ingest/rules.ts';
import { CommandError } from './command-error.ts';
import { configOption, configPath } from './config-option.ts';
import { countRepeats, type Desk, inspectFile } from './inspect-letter.ts';
import { inspectPage } from './inspect-page.ts';
import { timetableByDefault } from './open-timetable.ts';

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
      const { readers, ...desk } = deskOf(command);
      if (!options.pathsFromStdin && files.length === 0) {
        throw new CommandError(64, ['kvitok inspect: name at least one file, or - for standard input']);
      }
      const paths = options.pathsFromStdin ? createInterface({ input: process.stdin }) : files;
      for await (const path of paths) {
        if (path === '') continue;
        const answer = await inspectFile(path, { ...desk, read: readers.read });
        if ('error' in answer) process.exitCode = 66;
        process.stdout.write(options.json ? `${JSON.stringify(answer)}\n` : inspectPage(answer));
      }
      await readers.close();
    });
}

/** The desk of the configuration where there is one; a desk with the defaults otherwise. */
function deskOf(command: Command): Omit<Desk, 'read'> & { readonly readers: Readers } {
  const path = configPath(command);
  // one that was named must be there, else the desk of another would be shown
  if (fs.existsSync(path) || command.getOptionValueSource('config') !== 'default') {
    const loaded = loadConfig(path, process.env);
    if (!loaded.ok) throw new CommandError(78, loaded.problems);
    const ours = oursOf(loaded.config);
    return {
      readers: openReaders(readingSettingsOf(loaded.config, ours)),
      rules: rulesOf(loaded.config, ours),
      repeated: countRepeats(),
    };
  }
  const ours = {
    addresses: new Set<string>(),
    messageIdHost: 'kvitok.invalid',
    groups: new Set<string>(),
    forms: new Map<string, string | null>(),
  };
  const byDefault = requests.parse({});
  const acknowledge = {
    replies: true,
    notOlderThanHours: Number.POSITIVE_INFINITY,
    perAddressHour: 3,
    perAddressDay: 10,
    perDomainHour: 100,
    perClientHour: 20,
    perClientDay: 100,
  };
  return {
    readers: openReaders({ ours, proof: PROVE_NOTHING, policy: REGULATION }),
    rules: {
      language: 'ru',
      deskAddress: '',
      ownAddresses: ours.addresses,
      acknowledge,
      companies: new Set(),
      reopenDays: null,
      operators: [],
      staffed: true,
      timeZone: 'Europe/Moscow',
      levels: { rules: [], currentVersion: null },
      timetable: timetableByDefault(),
      requests: requestRulesOf(byDefault, undefined, ours),
      criticalWords: byDefault.criticalWords,
      readyAnswers: NO_READY_ANSWERS,
      passNeeded: false,
      notificationsPerHour: 200,
      notesTold: true,
      holdMs: 0,
    },
    repeated: countRepeats(),
  };
}

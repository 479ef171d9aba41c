// Every command that a page tells people to type is there, with the options it is typed with.

import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { codeBlocks, PAGES, prose, ROOT, read } from './pages.ts';

/** Blocks of things to type, and what stands in backticks in a sentence. */
const typed = (page: string): string[] => [
  ...codeBlocks(read(page))
    .filter(({ language }) => language === 'sh')
    .flatMap(({ text }) => text.split('\n')),
  ...[...prose(read(page)).matchAll(/`([^`]+)`/g)].map((match) => match[1]!.replaceAll('\n', ' ')),
];

// As it is typed: from the project's folder, by its whole path, as the service's user, behind another command.
const CALL = /(?:^|^\.\/|&& |sudo -u kvitok )(?:\S*\/)?kvitok ([a-z]+(?: .*)?)$/;

/** What is typed behind `kvitok`, without the comment. */
const calls = (page: string) => typed(page).flatMap((line) => CALL.exec(line.replace(/\s+#.*$/, ''))?.[1] ?? []);

/** The commands of `kvitok --help`. */
/** The words in front of options and arguments: `show`, `quarantine list`. */
const words = (call: string): string => /^[a-z]+(?: [a-z]+(?= |$))?/.exec(call)?.[0] ?? '';

const ASKS = `
  const { main } = await import(process.argv[1]);
  for (const words of process.argv.slice(2)) {
    process.stdout.write('\\0' + words + '\\n');
    await main([...words.split(' ').filter(Boolean), '--help']);
  }`;

/** What `kvitok … --help` says, by the words in between, asked in one process; a command that is not there says nothing. */
function helpsOf(asked: readonly string[]): ReadonlyMap<string, string> {
  const flags = ['--disable-warning=ExperimentalWarning', '--input-type=module', '--eval', ASKS];
  const run = spawnSync(process.execPath, [...flags, path.join(ROOT, 'src/main.ts'), ...asked], {
    encoding: 'utf8',
    timeout: 20_000,
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  const answers = run.stdout.split('\0').slice(1);
  return new Map(answers.map((answer) => [answer.slice(0, answer.indexOf('\n')), answer.slice(answer.indexOf('\n'))]));
}

const told = [...new Set(PAGES.flatMap(calls).map(words))];
const helps = helpsOf(['', ...told.map((each) => each.split(' ')[0]!), ...told]);
const lists = (help: string | undefined, name: string) =>
  new RegExp(`^  ${name}(?: |$)`, 'm').test(help?.split('\nCommands:')[1] ?? '');

function wrongWith(call: string): readonly string[] {
  const [name = '', second = ''] = words(call).split(' ');
  if (!lists(helps.get(''), name)) return [`there is no kvitok ${name}`];
  const grouped = helps.get(name)?.includes('\nCommands:') ?? false;
  if (grouped && second !== '' && !lists(helps.get(name), second)) return [`kvitok ${name} has no ${second}`];
  const help = helps.get(grouped ? `${name} ${second}` : name) ?? '';
  const options = call.split(/\s+/).filter((word) => /^--?[a-z]/.test(word));
  return options
    .filter((each) => !new RegExp(`[ ,]${each}[ ,\n]`).test(help))
    .map((each) => `kvitok ${name} has no ${each}`);
}

test.each(PAGES)('every kvitok command in %s can be typed as it stands there', (page) => {
  expect(calls(page).flatMap(wrongWith)).toEqual([]);
});

test('a command or an option that is not there is noticed', () => {
  expect(wrongWith('sing 10429')).toEqual(['there is no kvitok sing']);
  expect(wrongWith('tickets --loud')).toEqual(['kvitok tickets has no --loud']);
  expect(wrongWith('quarantine sing')).toEqual(['kvitok quarantine has no sing']);
});

test.each(['README.md', 'README.ru.md'])('%s shows the way from init to run', (page) => {
  expect(calls(page)).toEqual(expect.arrayContaining(['init', 'check', 'run']));
});

const scriptsIn = (page: string) =>
  typed(page).flatMap((line) =>
    [...line.matchAll(/npm (?:run ([a-z:-]+)|(test))/g)].map(([, run, test]) => run ?? test!),
  );

test.each(PAGES)('every npm script in %s is one of ours', (page) => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  expect(scriptsIn(page).filter((name) => !(name in scripts))).toEqual([]);
});

test.each(['README.md', 'README.ru.md'])('%s gives the two commands for newcomers', (page) => {
  expect(scriptsIn(page)).toEqual(expect.arrayContaining(['demo', 'test']));
});

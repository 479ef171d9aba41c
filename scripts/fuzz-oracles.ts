// Second opinions on accepted files from programs of the machine: format and paths in, the files that another program
// refuses out. A program that is not installed is said once and not asked.

import { spawnSync } from 'node:child_process';

export interface Disputed {
  readonly path: string;
  readonly says: string;
}

type Opinion = (format: string, path: string) => string | null;

/** What `file` and `identify` must answer for a format. */
const FILE_SAYS: Readonly<Record<string, RegExp>> = {
  jpg: /JPEG image data/,
  png: /PNG image data/,
  gif: /GIF image data/,
  bmp: /PC bitmap|OS\/2/,
};
const IDENTIFY_SAYS: Readonly<Record<string, RegExp>> = { jpg: /^JPEG/, png: /^PNG/, gif: /^GIF/, bmp: /^BMP/ };

/** Where Debian has the programs. */
const PACKAGES: Readonly<Record<string, string>> = {
  file: 'file',
  identify: 'imagemagick',
  bsdtar: 'libarchive-tools',
  lsar: 'unar',
};
const GOOD = { code: 0, out: '', err: '' };

/** A function that asks every installed program about accepted files of one format. */
export function oracles(): (format: string, paths: readonly string[]) => readonly Disputed[] {
  const identify = ['identify', 'identify-im6.q16'].find(installed);
  const file = installed('file');
  const bsdtar = installed('bsdtar');
  const lsar = installed('lsar');
  for (const [name, there] of Object.entries({ file, identify, bsdtar, lsar }))
    if (!there) console.log(`${name} is not installed${PACKAGES[name] ? ` (Debian: ${PACKAGES[name]})` : ''}`);

  const picture: Opinion = (format, path) => {
    const kind = file ? run('file', ['-b', path]).out : '';
    if (file && !FILE_SAYS[format]?.test(kind)) return `file: ${kind.trim()}`;
    if (!identify) return null;
    const { out, err } = run(identify, ['-ping', '-format', '%m\n', path]);
    // Debian's policy stops identify at 16,000 pixels a side, where ours stops at 20,000: no opinion on the format
    if (/exceeds limit|memory allocation failed/.test(err)) return null;
    return IDENTIFY_SAYS[format]?.test(out) ? null : `identify: ${err.trim().slice(0, 150)}`;
  };
  const archive: Opinion = (_, path) => {
    const tar = bsdtar ? run('bsdtar', ['-xOf', path, '--passphrase', 'x']) : GOOD;
    if (tar.code !== 0) return `bsdtar: ${tar.err.trim().slice(0, 150)}`;
    // unar's own tester unpacks every entry and compares its CRC, and writes nothing
    const unar = lsar ? run('lsar', ['-test', '-no-recursion', '-password', 'x', path]) : GOOD;
    return unar.code === 0 ? null : `unar: ${lastLine(unar.out)}`;
  };
  return (format, paths) =>
    paths.flatMap((path) => {
      const says = (/^(?:zip|rar)/.test(format) ? archive : picture)(format, path);
      return says === null ? [] : [{ path, says }];
    });
}

const lastLine = (text: string) => text.trim().split('\n').at(-1)?.slice(0, 150) ?? '';

function installed(name: string): boolean {
  return spawnSync(name, ['--version'], { stdio: 'ignore', timeout: 10_000 }).error === undefined;
}

function run(name: string, args: readonly string[]): { code: number | null; out: string; err: string } {
  const options = {
    encoding: 'latin1',
    timeout: 20_000,
    input: '',
    env: { ...process.env, LC_ALL: 'C.UTF-8' },
  } as const;
  const { status, stdout, stderr } = spawnSync(name, args, options);
  return { code: status, out: stdout, err: stderr };
}

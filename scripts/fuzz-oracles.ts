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

/** A function that asks every installed program about accepted files of one format. */
export function oracles(): (format: string, paths: readonly string[]) => readonly Disputed[] {
  const identify = ['identify', 'identify-im6.q16'].find(installed);
  const file = installed('file');
  const bsdtar = installed('bsdtar');
  for (const [name, there] of Object.entries({ file, identify, bsdtar }))
    if (!there) console.log(`${name} is not installed`);

  const picture: Opinion = (format, path) => {
    const kind = file ? run('file', ['-b', path]).out : '';
    if (file && !FILE_SAYS[format]?.test(kind)) return `file: ${kind.trim()}`;
    if (!identify) return null;
    const { out, err } = run(identify, ['-ping', '-format', '%m\n', path]);
    return IDENTIFY_SAYS[format]?.test(out) ? null : `identify: ${err.trim().slice(0, 150)}`;
  };
  const archive: Opinion = (_, path) => {
    if (!bsdtar) return null;
    const { code, err } = run('bsdtar', ['-xOf', path, '--passphrase', 'x']);
    return code === 0 ? null : `bsdtar: ${err.trim().slice(0, 150)}`;
  };
  return (format, paths) =>
    paths.flatMap((path) => {
      const says = (/^(?:zip|rar)/.test(format) ? archive : picture)(format, path);
      return says === null ? [] : [{ path, says }];
    });
}

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

// npm run lock: completes package-lock.json. A mirror that lacks the packages of other platforms makes npm install leave them
// out of the lock, and npm ci then refuses it everywhere. They are optional and named after their platform: entries without
// a digest are enough for npm ci to pass them by, or to fetch them where they fit.

import fs from 'node:fs';

const SYSTEMS = ['android', 'darwin', 'win32', 'linux', 'freebsd', 'openharmony', 'sunos', 'aix', 'openbsd', 'netbsd'];
const PROCESSORS = ['arm64', 'x64', 'ia32', 'arm', 'riscv64', 'ppc64', 's390x', 'wasm32', 'loong64', 'mips64el'];
const LOCK = new URL('../package-lock.json', import.meta.url);

const lock = JSON.parse(fs.readFileSync(LOCK, 'utf8'));
const known = lock.packages;
for (const [where, pkg] of Object.entries({ ...known })) {
  for (const [name, range] of Object.entries(pkg.optionalDependencies ?? {})) {
    if (known[`${where}/node_modules/${name}`] || known[`node_modules/${name}`]) continue;
    known[`node_modules/${name}`] = entry(name, range, pkg.dev === true);
    console.log(`added ${name}`);
  }
}
const sorted = Object.entries(known).sort(([a], [b]) => (a < b ? -1 : 1));
fs.writeFileSync(LOCK, `${JSON.stringify({ ...lock, packages: Object.fromEntries(sorted) }, null, 2)}\n`);

function entry(name, range, dev) {
  const words = name.split('/').pop().split('-');
  const os = SYSTEMS.find((one) => words.includes(one));
  const cpu = words.includes('armv7') ? 'arm' : PROCESSORS.find((one) => words.includes(one));
  const libc = words.some((word) => word.startsWith('musl'))
    ? 'musl'
    : words.some((word) => word.startsWith('gnu'))
      ? 'glibc'
      : null;
  return {
    version: range.replace(/^[^0-9]*/, ''),
    ...(cpu ? { cpu: [cpu] } : {}),
    ...(dev ? { dev: true } : {}),
    ...(libc ? { libc: [libc] } : {}),
    optional: true,
    ...(os ? { os: [os] } : {}),
  };
}

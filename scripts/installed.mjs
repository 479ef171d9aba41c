// Before npm test and npm run demo: without libraries each would end in a page of errors. Runs with any Node.

import fs from 'node:fs';

if (!fs.existsSync(new URL('../node_modules/.package-lock.json', import.meta.url))) {
  console.error('the libraries are not installed; run: npm ci');
  process.exit(69);
}

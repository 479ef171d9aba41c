// The picture in the README: drawn from the demo, and renewed when the demo has other letters (npm run picture).

import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { PICTURE, runsOf, shownOf, svgOf } from '../../scripts/picture.ts';
import { ROOT } from './pages.ts';

const LETTERS = path.join(ROOT, 'fixtures/letters/demo');
const bold = (text: string) => `\u001b[1m${text}\u001b[22m`;

test('words keep their columns and their weight, whatever stands between them', () => {
  expect(runsOf(`   ${bold('[#10008]')}  opened   at once`)).toEqual([
    { column: 3, text: '[#10008]', style: 'bold' },
    { column: 13, text: 'opened', style: 'plain' },
    { column: 22, text: 'at once', style: 'plain' },
  ]);
});

test('what a customer writes can’t break out of the picture', () => {
  const svg = svgOf(['<script>alert(1)</script> & co'], 'demo');
  expect(svg).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &amp; co');
  expect(svg).not.toContain('<script>');
});

test('a demo that lost its letters is refused instead of drawn empty', () => {
  expect(() => shownOf('kvitok reads\n\n 1  Anna\n    letter   became\n')).toThrow('has no letter');
});

test('the picture in the repository shows the letters that the demo delivers', () => {
  const svg = fs.readFileSync(PICTURE, 'utf8');
  const missing = fs
    .readdirSync(LETTERS)
    .filter((name) => name.endsWith('.json'))
    .map((name) => (JSON.parse(fs.readFileSync(path.join(LETTERS, name), 'utf8')) as { about: string }).about)
    .filter((about) => !svg.includes(about.replaceAll('&', '&amp;').replaceAll('<', '&lt;')));
  expect(missing).toEqual([]);
});

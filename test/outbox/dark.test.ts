// Letters on a screen that is set to dark: a mail program that follows the setting shows words that can be read.

import fs from 'node:fs';
import path from 'node:path';
import { expect, jest, test } from '@jest/globals';
import { PACKAGE_TEMPLATES } from '../../src/outbox/templates.ts';
import { withPhone } from '../support/browser.ts';

jest.setTimeout(60_000);

const LETTERS = ['ru', 'en'].flatMap((language) =>
  fs
    .readdirSync(path.join(PACKAGE_TEMPLATES, language))
    .filter((name) => name.endsWith('.html') && !name.startsWith('report-'))
    .map((name) => path.join(PACKAGE_TEMPLATES, language, name)),
);

/** The least that ordinary text needs (WCAG 2.2, 1.4.3). */
const LEAST = 4.5;

/** Colours of each element with text of its own, as the browser paints them: runs in the page. */
const PAINTED = `[...document.querySelectorAll('body, body *')]
  .filter((one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== ''))
  .map((one) => {
    let under = one;
    while (under && getComputedStyle(under).backgroundColor === 'rgba(0, 0, 0, 0)') under = under.parentElement;
    const canvas = matchMedia('(prefers-color-scheme: dark)').matches ? 'rgb(18, 18, 18)' : 'rgb(255, 255, 255)';
    return [getComputedStyle(one).color, under ? getComputedStyle(under).backgroundColor : canvas];
  })`;

function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = (color.match(/\d+/g) ?? []).map((part) => {
    const value = Number(part) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast([text, ground]: readonly [string, string]): number {
  const [dark = 0, light = 0] = [luminance(text), luminance(ground)].toSorted((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

test.each(['light', 'dark'] as const)('every word of every letter can be read on a %s screen', (colorScheme) =>
  withPhone(async (page) => {
    await page.emulateMedia({ colorScheme });
    expect(LETTERS.length).toBeGreaterThan(20);
    for (const file of LETTERS) {
      await page.setContent(fs.readFileSync(file, 'utf8'));
      const painted = (await page.evaluate(PAINTED)) as readonly (readonly [string, string])[];
      expect(painted.length).toBeGreaterThan(0);
      const faint = painted.filter((colors) => contrast(colors) < LEAST);
      expect({ letter: path.basename(file), faint }).toEqual({ letter: path.basename(file), faint: [] });
      // and a letter is dark where the screen is: its ground, not its words
      if (colorScheme === 'dark') expect(painted.filter(([, ground]) => luminance(ground) > 0.2)).toEqual([]);
    }
  }),
);

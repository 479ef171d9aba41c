import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { classify } from '../../src/classify/classify.ts';
import { readReport } from '../../src/classify/delivery-report.ts';
import { decode } from '../../src/decode/decode.ts';

interface Expected {
  readonly classification: { readonly kind: string; readonly rule?: string };
  readonly report?: Record<string, unknown>;
}

const OURS = {
  addresses: new Set(['support@desk.example']),
  messageIdHost: 'kvitok.desk.example',
  groups: new Set<string>(),
  forms: new Map<string, string | null>(),
};
const envelope = { from: null, to: [] };

describe.each(['automatic', 'bounce', 'vacation'])('letters of the kind «%s» as they come off the wire', (origin) => {
  const folder = new URL(`../../fixtures/letters/${origin}/`, import.meta.url);
  const names = readdirSync(folder).filter((name) => name.endsWith('.eml'));

  test.each(names)('%s becomes what stands beside it', (name) => {
    const message = decode(readFileSync(new URL(name, folder)));
    const expected = JSON.parse(readFileSync(new URL(name.replace(/eml$/, 'json'), folder), 'utf8')) as Expected;
    expect(classify({ message, envelope }, OURS)).toMatchObject(expected.classification);
    if (expected.report) expect(readReport(message)).toMatchObject(expected.report);
    else expect(readReport(message)).toBeNull();
  });
});

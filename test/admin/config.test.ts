// The published schema and example, and what `config show` gives away.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { masked } from '../../src/admin/config.ts';
import { exampleConfig } from '../../src/config/commented.ts';
import { configJsonSchema, type SchemaNode } from '../../src/config/json-schema.ts';
import { loadConfig } from '../../src/config/load.ts';

const ROOT = join(import.meta.dirname, '../..');

function keysOf(node: SchemaNode): string[] {
  const inner = [...Object.values(node.properties ?? {}), ...(node.anyOf ?? []), ...(node.items ? [node.items] : [])];
  return [...Object.keys(node.properties ?? {}), ...inner.flatMap(keysOf)];
}

describe('the published files', () => {
  test('kvitok.schema.json is the schema the code checks by (else: kvitok config schema > kvitok.schema.json)', () => {
    const published: unknown = JSON.parse(readFileSync(join(ROOT, 'kvitok.schema.json'), 'utf8'));
    expect(published).toEqual(JSON.parse(JSON.stringify(configJsonSchema())));
  });

  test('config.example.json is the example the code writes (else: kvitok config example > config.example.json)', () => {
    expect(readFileSync(join(ROOT, 'config.example.json'), 'utf8')).toBe(exampleConfig());
  });

  test('an admin who copies the example and gives the password has a configuration that loads', () => {
    const loaded = loadConfig(join(ROOT, 'config.example.json'), { KVITOK_PASSWORD: 'x' });
    expect(loaded).toMatchObject({ ok: true, config: { mailboxes: [{ password: 'x' }] } });
  });

  test('the example shows every setting there is', () => {
    const example = exampleConfig();
    const missing = keysOf(configJsonSchema()).filter((key) => !example.includes(`"${key}":`));
    expect(missing).toEqual([]);
  });

  test('the example with its comment marks taken off is still a configuration, so each can be switched on', () => {
    const oauth2 = /^ *\/\/ ("oauth2": \{| {2}"|\},?$)/;
    const switched = exampleConfig().replace(/^( *)\/\/ ("(?:templates|site)".*)$/gm, '$1$2');
    expect(switched).not.toBe(exampleConfig());
    expect(
      exampleConfig()
        .split('\n')
        .filter((line) => oauth2.test(line)).length,
    ).toBeGreaterThan(10);
    expect(() => JSON.parse(switched.replace(/^ *\/\/.*$/gm, ''))).not.toThrow();
  });
});

test('every setting has a description for the editor', () => {
  const bare = (node: SchemaNode, path: string): string[] => [
    ...Object.entries(node.properties ?? {}).flatMap(([key, inner]) => [
      ...(described(inner) ? [] : [`${path}.${key}`]),
      ...bare(inner, `${path}.${key}`),
    ]),
    ...(node.anyOf ?? []).flatMap((inner) => bare(inner, path)),
    ...(node.items ? bare(node.items, `${path}[]`) : []),
  ];
  const described = (node: SchemaNode): boolean => Boolean(node.description ?? node.anyOf?.some(described));
  expect(bare(configJsonSchema(), '')).toEqual([]);
});

test('config show masks every secret, wherever it stands', () => {
  const text = masked({
    mailboxes: [{ password: 'hunter2', oauth2: { clientSecret: 'hunter2', refreshToken: 'hunter2', clientId: 'app' } }],
    smtp: { password: 'hunter2' },
  });
  expect(text).not.toContain('hunter2');
  expect(text).toContain('app');
});

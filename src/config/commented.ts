// A configuration as a value goes in; the text of its file comes out, every setting with its description from the schema
// as a comment above it. `kvitok init` and config.example.json are written this way, so they can't fall behind the schema.

import { configJsonSchema, descriptionAt, type SchemaNode } from './json-schema.ts';
import { pathText } from './problems.ts';
import { configSchema } from './schema.ts';

/** Settings that have no default, or another form, by path: written into the example as a comment. */
export type Alternatives = Readonly<Record<string, unknown>>;

const WIDTH = 116;

/** JSON with comments. Takes the values in the order they shall stand, and what to show commented out. */
export function commentedConfig(value: object, alternatives: Alternatives = {}): string {
  return `${group(value, [], configJsonSchema(), alternatives).join('\n')}\n`;
}

function group(
  value: object,
  path: readonly PropertyKey[],
  schema: SchemaNode | null,
  alternatives: Alternatives,
): string[] {
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  const present = entries.flatMap(([key, inner], index) => {
    const here = [...path, key];
    const other = alternatives[pathText(here)];
    return [
      ...(schema ? comment(descriptionAt(schema, here)) : []),
      ...setting(key, inner, here, schema, alternatives, index < entries.length - 1 ? ',' : ''),
      ...(other === undefined ? [] : comment(`or: ${JSON.stringify(key)}: ${inline(other)}`)),
    ];
  });
  const absent = Object.entries(alternatives)
    .map(([name, inner]) => ({ name, key: name.slice(name.lastIndexOf('.') + 1), inner }))
    .filter(({ name, key }) => isDirectlyIn(name, pathText(path)) && !(key in value))
    .flatMap(({ key, inner }) => [
      ...(schema ? comment(descriptionAt(schema, [...path, key])) : []),
      ...setting(key, inner, [...path, key], null, {}, ',').map((line) => `// ${line}`),
    ]);
  if (absent.length + present.length === 0) return ['{}'];
  // Those commented out stand first: so it needs no comma before them when the comment marks are taken away.
  return ['{', ...[...absent, ...present].map((line) => `  ${line}`), '}'];
}

function setting(
  key: string,
  value: unknown,
  path: readonly PropertyKey[],
  schema: SchemaNode | null,
  alternatives: Alternatives,
  comma: string,
): string[] {
  const lines = block(value, path, schema, alternatives);
  return lines.map(
    (line, index) =>
      `${index === 0 ? `${JSON.stringify(key)}: ` : ''}${line}${index === lines.length - 1 ? comma : ''}`,
  );
}

function block(
  value: unknown,
  path: readonly PropertyKey[],
  schema: SchemaNode | null,
  alternatives: Alternatives,
): string[] {
  if (typeof value !== 'object' || value === null) return [JSON.stringify(value)];
  if (!Array.isArray(value)) return group(value, path, schema, alternatives);
  const line = inline(value);
  if (value.every((each) => typeof each !== 'object') && line.length < WIDTH - 20) return [line];
  const items = value.map((each, index) => block(each, [...path, index], schema, alternatives));
  return [
    '[',
    ...items.flatMap((lines, index) =>
      lines.map((line, at) => `  ${line}${at === lines.length - 1 && index < items.length - 1 ? ',' : ''}`),
    ),
    ']',
  ];
}

function inline(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, inner]) => `${JSON.stringify(key)}: ${inline(inner)}`);
  return `{ ${entries.join(', ')} }`;
}

function comment(text: string | undefined): string[] {
  if (!text) return [];
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last === undefined || last.length + word.length + 1 > WIDTH - 20) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines.map((line) => `// ${line}`);
}

function isDirectlyIn(name: string, group: string): boolean {
  return name.slice(0, Math.max(0, name.lastIndexOf('.'))) === group;
}

/** The text of `config.example.json`: every setting with its default, what has none with an example, alternatives as comments. */
export function exampleConfig(): string {
  const { $schema: _, ...defaults } = configSchema.parse({
    desk: { name: 'Техническая поддержка', address: 'support@example.org' },
    mailboxes: [
      {
        name: 'support',
        host: 'imap.example.org',
        user: 'support@example.org',
        password: 'env:KVITOK_PASSWORD',
        startFrom: 'now',
      },
    ],
    smtp: { host: 'smtp.example.org', user: 'support@example.org', password: 'env:KVITOK_PASSWORD' },
  });
  const oauth2 = {
    tokenUrl: 'https://oauth2.googleapis.com/token',
    clientId: 'app.apps.googleusercontent.com',
    clientSecret: 'file:client-secret',
    refreshToken: 'file:refresh-token',
    scope: 'https://mail.google.com/',
  };
  return commentedConfig(
    { $schema: './kvitok.schema.json', ...defaults },
    {
      'desk.hours': { ru: 'по будням с 8:00 до 20:00', en: 'weekdays 8:00–20:00' },
      'desk.site': 'https://example.org/help',
      'calendars.support.timeZone': 'Europe/Moscow',
      'calendars.support.years': {
        2027: {
          state: 'decreed',
          holidays: ['2027-01-01', '2027-01-02', '2027-01-03'],
          moved: [{ from: '2027-01-02', to: '2027-12-31' }],
          shortened: { '2027-12-30': '08:00-15:00' },
          closures: [{ from: '2027-06-01T12:00', to: '2027-06-01T15:00' }],
        },
      },
      'levels.development': { days: 24, calendar: 'developers' },
      'desk.groups': ['help-group@example.org'],
      'requests.forms': [{ sender: 'noreply@shop.example' }, { sender: 'form@example.org', server: 'www.example.org' }],
      'requests.currentVersion': '9.0',
      'requests.otherSites': ['competitor.example'],
      'requests.categories': { errors: ['не работает', 'ошибка', 'сбой'] },
      'requests.levels': [
        { level: 'development', words: ['API'], senders: ['integrator.example'], addresses: ['api@example.org'] },
      ],
      'threading.signingKey': 'file:signing-key',
      'threading.oldKeys': [{ key: 'file:signing-key-2025', until: '2026-06-30' }],
      'threading.authservId': 'mx.example.org',
      'threading.reopenDays': 90,
      operators: [{ address: 'anna@example.org', name: 'Анна, техническая поддержка', role: 'lead', notify: true }],
      'attachments.clamd': { at: { path: '/run/clamav/clamd.ctl' }, seconds: 20, away: 'hold' },
      templates: 'templates',
      'admin.address': 'admin@example.org',
      web: { host: '127.0.0.1', port: 8424, url: 'https://support.example.org' },
      'mailboxes[0].oauth2': oauth2,
      'mailboxes[0].done': { flag: '$Kvitok' },
      'mailboxes[0].sent': { folder: ['Sent'], read: true, file: true },
      listeners: [
        {
          protocol: 'lmtp',
          at: { path: '/var/spool/postfix/kvitok/lmtp' },
          recipients: ['sales@example.org'],
          open: false,
          connections: 50,
        },
        { protocol: 'smtp', at: { host: '127.0.0.1', port: 2525 } },
      ],
      'smtp.oauth2': oauth2,
      smtp: { directory: 'outgoing' },
    },
  );
}

// Events go in as fields and a message; one line each comes out: JSON (pino), or on a terminal a line to read.
// Nothing secret, no body of a letter and no control character gets past the cleaning below, whatever is handed in.

import { types } from 'node:util';
import { pino } from 'pino';
import { withPriority } from './journal.ts';
import { prettyLine } from './log-line.ts';

export type LogFields = Readonly<Record<string, unknown>>;
export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

type Write = (fields: LogFields, message: string) => void;

/** What every part of kvitok logs with. `fields.letter` is the letter id, on every line of a letter's way. */
export interface Log {
  readonly debug: Write;
  readonly info: Write;
  readonly warn: Write;
  readonly error: Write;
  /** A log that puts these fields on every line. */
  child(fields: LogFields): Log;
}

/** A log whose least weighty line can be changed while it is in use, for its children too. */
export interface LevelledLog extends Log {
  setLevel(level: LogLevel): void;
}

export interface LogOptions {
  readonly level: LogLevel;
  /** `auto`: pretty where the stream is a terminal, JSON otherwise. */
  readonly format: 'auto' | 'json' | 'pretty';
  /** Standard output unless given. */
  readonly stream?: NodeJS.WritableStream;
  /** The journal of systemd reads the lines. */
  readonly journal?: boolean;
}

/** Makes the log. Lines are written before a call returns, so a killed process has told all it did. */
export function createLog(options: LogOptions): LevelledLog {
  const threshold = { level: options.level };
  const stream = options.stream ?? process.stdout;
  const terminal = 'isTTY' in stream && stream.isTTY === true;
  const pretty = options.format === 'pretty' || (options.format === 'auto' && terminal);
  const colours = terminal && !process.env.NO_COLOR && process.env.TERM !== 'dumb';
  const shown = (line: string) => (pretty ? prettyLine(line, { colours, stacks: threshold.level === 'debug' }) : line);
  const prioritised = (line: string) =>
    options.journal === true ? withPriority(shown(line), (JSON.parse(line) as { level: LogLevel }).level) : shown(line);
  const destination = { write: (line: string) => void stream.write(prioritised(line)) };
  const logger = pino(
    {
      // the threshold below decides, for pino's children would keep the level they were born with
      level: 'debug',
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      // pino would read an error again that is clean already.
      serializers: { err: (error: unknown) => error },
    },
    destination,
  );
  return {
    ...narrowed(logger, threshold),
    setLevel: (level) => {
      threshold.level = level;
    },
  };
}

const WEIGHTS: Readonly<Record<LogLevel, number>> = { debug: 0, info: 1, warn: 2, error: 3 };

function narrowed(logger: pino.Logger, threshold: { readonly level: LogLevel }): Log {
  const at =
    (level: LogLevel): Write =>
    (fields, message) => {
      if (WEIGHTS[level] >= WEIGHTS[threshold.level]) logger[level](cleanFields(fields), visible(message));
    };
  return {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    child: (fields) => narrowed(logger.child(cleanFields(fields)), threshold),
  };
}

/** Fields that hold a secret or what a person wrote, wherever they stand. Compared without case and separators. */
const HIDDEN: ReadonlySet<string> = new Set([
  ...['password', 'pass', 'passwd', 'secret', 'clientsecret', 'token', 'accesstoken', 'refreshtoken', 'replytoken'],
  ...['authorization', 'cookie', 'credentials'],
  ...['raw', 'text', 'html', 'body', 'content', 'quoted'],
]);
const LONGEST = 500;
const DEEPEST = 5;
const MOST = 50;

function cleanFields(fields: LogFields): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).map(([key, value]) => [visible(key), cleanField(key, value, 0)]));
}

function cleanField(key: string, value: unknown, depth: number): unknown {
  const name = key.toLowerCase().replaceAll(/[-_]/g, '');
  return HIDDEN.has(name) && value !== undefined && value !== null ? '[hidden]' : cleanValue(value, depth);
}

function cleanValue(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return visible(value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value);
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'function' || typeof value === 'symbol') return undefined;
  if (typeof value !== 'object' || value === null) return value;
  if (types.isDate(value)) return Number.isNaN(value.getTime()) ? 'no date' : value.toISOString();
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (types.isNativeError(value)) return cleanError(value, depth);
  if (depth >= DEEPEST) return '[…]';
  if (types.isSet(value)) return cleanValue([...value], depth);
  if (Array.isArray(value)) return value.slice(0, MOST).map((each) => cleanValue(each, depth + 1));
  const entries = Object.entries(value).slice(0, MOST);
  return Object.fromEntries(entries.map(([key, inner]) => [visible(key), cleanField(key, inner, depth + 1)]));
}

/** Only what an error says of itself: libraries hang whole connections, with their passwords, on theirs. */
function cleanError(error: Error, depth: number): Record<string, unknown> {
  const code = 'code' in error ? error.code : undefined;
  return {
    type: visible(error.name),
    message: cleanValue(error.message, depth),
    ...(code === undefined ? {} : { code: cleanValue(code, DEEPEST) }),
    ...(error.cause === undefined || depth >= DEEPEST ? {} : { cause: cleanValue(error.cause, depth + 1) }),
    ...(error.stack === undefined ? {} : { stack: visible(error.stack.slice(0, 4000)) }),
  };
}

// A letter's subject may carry escape sequences (OSC, CSI; C1 too), bidirectional overrides or line separators, and
// the admin tails the log. They are shown by their number, so that an attack is seen; JSON keeps line breaks by itself.
const UNSEEN =
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff]/g;

function visible(value: string): string {
  return value
    .toWellFormed()
    .replace(UNSEEN, (mark) => `<${mark.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}>`);
}

// One JSON line of the log goes in; one line a person reads on a terminal comes out:
// `12:03:44 • letter 17  [#10429] ticket opened from=…`. The values were cleaned before (log.ts).

interface Event {
  readonly level: string;
  readonly time: string;
  readonly msg?: string;
  readonly [field: string]: unknown;
}

export interface LineStyle {
  readonly colours: boolean;
  /** Whether an error's stack follows its line. */
  readonly stacks: boolean;
}

const MARKS: Readonly<Record<string, readonly [mark: string, colour: number]>> = {
  debug: ['·', 90],
  info: ['•', 32],
  warn: ['!', 33],
  error: ['✗', 31],
};
const DIM = 90;
const LETTER = 36;
const TICKET = 35;
/** Shown in front, or for programs alone (`event` names the message for them). */
const NOT_BEHIND: ReadonlySet<string> = new Set(['level', 'time', 'msg', 'letter', 'ticket', 'event']);

/** Turns one line of JSON into one line of text, times in the machine's own zone. */
export function prettyLine(json: string, style: LineStyle): string {
  const event: Event = JSON.parse(json);
  const paint = (colour: number, text: string) => (style.colours ? `\u001b[${colour}m${text}\u001b[0m` : text);
  const [mark, colour] = MARKS[event.level] ?? MARKS.info!;
  const letter = (event.letter ?? null) === null ? '' : `${paint(LETTER, `letter ${shown(event.letter)}`)}  `;
  const ticket = (event.ticket ?? null) === null ? '' : `${paint(TICKET, `[#${shown(event.ticket)}]`)} `;
  const message = oneLine(event.msg ?? '');
  const loud = event.level === 'error' || event.level === 'warn' ? paint(colour, message) : message;
  const fields = Object.entries(event)
    .filter(([key, value]) => !NOT_BEHIND.has(key) && value !== null && value !== '')
    .map(([key, value]) => ` ${paint(DIM, `${key}=`)}${shown(value)}`);
  const stack = style.stacks ? stackOf(event).map((line) => `\n    ${paint(DIM, line)}`) : [];
  return `${paint(DIM, clock(event.time))} ${paint(colour, mark)} ${letter}${ticket}${loud}${fields.join('')}${stack.join('')}\n`;
}

function clock(time: string): string {
  const at = new Date(time);
  return [at.getHours(), at.getMinutes(), at.getSeconds()].map((part) => String(part).padStart(2, '0')).join(':');
}

function shown(value: unknown): string {
  if (typeof value === 'string') return /^[^\s"=]+$/.test(value) ? value : JSON.stringify(oneLine(value));
  if (isError(value)) return JSON.stringify(oneLine(value.message));
  return oneLine(JSON.stringify(value));
}

function oneLine(value: string): string {
  return value.replaceAll(/\s*\n\s*/g, ' ');
}

function isError(value: unknown): value is { message: string; stack?: string } {
  return typeof value === 'object' && value !== null && 'message' in value && typeof value.message === 'string';
}

function stackOf(event: Event): readonly string[] {
  const error = Object.values(event).find(isError);
  return (error?.stack ?? '')
    .split('\n')
    .slice(1)
    .map((line) => line.trim());
}

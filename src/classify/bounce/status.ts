// A delivery status (RFC 3464 §2, RFC 6533): its lines go in, one group a recipient comes out. Groups are told apart by
// blank lines and, where a mailer forgot them, by a field that comes again.

import { isRoutable, recipientOf } from './address.ts';

export type Action = 'failed' | 'delayed' | 'delivered' | 'relayed' | 'expanded';

export interface RecipientStatus {
  readonly recipient: string;
  /** Whom the letter was sent to, where the report tells it apart from where a mailbox forwards to (RFC 3464 §2.3.1). */
  readonly original: string | null;
  readonly action: Action | null;
  readonly status: string | null;
  readonly diagnostic: string | null;
}

const FIELD = /^([A-Za-z][A-Za-z-]{1,40})\s{0,5}:(.*)$/;
const PER_RECIPIENT = /^(?:final-recipient|original-recipient|x-actual-recipient|action|status|diagnostic-code)$/;
const STATUS = /(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.]*\d)/;
const MAX_RECIPIENTS = 500;

type Group = Map<string, string>;

/** The enhanced status code (RFC 3463) in a text, or null. */
export const statusIn = (text: string): string | null => STATUS.exec(text)?.[1] ?? null;

function actionOf(value: string | undefined): Action | null {
  const word = /^\s*\(?([a-z]+)/i.exec(value ?? '')?.[1]?.toLowerCase() ?? '';
  switch (word) {
    case 'failed':
    case 'failure':
    case 'expired':
      return 'failed';
    case 'delayed':
    case 'delivered':
    case 'relayed':
    case 'expanded':
      return word;
    default:
      return null;
  }
}

const BY_CLASS: Readonly<Record<string, Action>> = { '5': 'failed', '4': 'delayed', '2': 'delivered' };

function groupsOf(lines: readonly string[]): readonly Group[] {
  const groups: Group[] = [];
  let group: Group = new Map();
  let last: string | null = null;
  for (const line of lines) {
    if (/^\s/.test(line) && line.trim() !== '' && last !== null) {
      group.set(last, `${group.get(last) ?? ''} ${line.trim()}`);
      continue;
    }
    const [, name, value] = FIELD.exec(line) ?? [];
    if (name === undefined || value === undefined) {
      if (line.trim() === '' && group.size > 0) groups.push(group);
      if (line.trim() === '') group = new Map();
      last = null;
      continue;
    }
    last = name.toLowerCase();
    if (!PER_RECIPIENT.test(last)) continue;
    // Barracuda and others put all recipients into one group: the second Final-Recipient begins the next.
    if (group.has(last) && (last.endsWith('-recipient') || last === 'action')) {
      groups.push(group);
      group = new Map();
    }
    group.set(last, value.trim());
  }
  return [...groups, group].slice(0, MAX_RECIPIENTS);
}

function recipientStatus(group: Group): RecipientStatus | null {
  const named = (name: string) => recipientOf(group.get(name) ?? '');
  const original = named('original-recipient');
  const addresses = [named('final-recipient'), original, named('x-actual-recipient')].filter((one) => one !== null);
  const recipient = addresses.find(isRoutable) ?? addresses[0];
  if (recipient === undefined) return null;
  const diagnostic = group.get('diagnostic-code') ?? null;
  const status = statusIn(group.get('status') ?? '') ?? statusIn(diagnostic ?? '');
  const action = actionOf(group.get('action')) ?? BY_CLASS[status?.[0] ?? ''] ?? null;
  return {
    recipient,
    original: original !== null && isRoutable(original) ? original : null,
    action,
    status,
    diagnostic: diagnostic?.replace(/^\s*[\w-]{1,20}\s*;\s*/, '') ?? null,
  };
}

/** The recipients a delivery status names. Takes its lines; other lines around it do no harm. */
export function recipientStatuses(lines: readonly string[]): readonly RecipientStatus[] {
  return groupsOf(lines).flatMap((group) => recipientStatus(group) ?? []);
}

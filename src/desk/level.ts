// Which level of service a new ticket gets (regulation §3.2, §2): pure, from what is known when its first letter is decided.
// A table, first hit decides; the reason stands on the ticket.

import type { ClientCategory } from './clients/client.ts';
import type { Level } from './tickets.ts';
import { isOlder } from './version.ts';
import { firstPhraseIn } from './words.ts';

/** A rule of the desk's own: what it names must all hold, and of each list one is enough. */
export interface LevelRequest {
  readonly level: Level;
  /** Words or phrases that stand in the subject or the text, whatever their case; the beginning of a word is enough. */
  readonly words: readonly string[];
  /** Addresses or domains of the writer. */
  readonly senders: readonly string[];
  /** Addresses of ours that the letter was sent to. */
  readonly addresses: readonly string[];
}

export interface LevelRules {
  readonly rules: readonly LevelRequest[];
  /** The current version of the product; for older ones there is advice only (§2). Null where the desk does not say. */
  readonly currentVersion: string | null;
}

/** What the choice looks at. */
export interface LevelFacts {
  /** Normalised address of the writer; null where there is none. */
  readonly sender: string | null;
  /** Normalised addresses that the letter was sent to. */
  readonly recipients: readonly string[];
  readonly subject: string;
  /** The writer's own words. */
  readonly text: string;
  /** Category that counts today, null for an address that the register does not know. */
  readonly client: { readonly name: string; readonly category: ClientCategory } | null;
  /** Version of the product that the letter names, or the register. */
  readonly version: string | null;
  /** The level that the category of the question brings with it, and the category's name; null for most. */
  readonly question: { readonly level: Level; readonly name: string } | null;
}

export interface LevelChoice {
  readonly level: Level;
  /** For people: why this one. */
  readonly because: string;
}

type Chooser = (facts: LevelFacts, rules: LevelRules) => LevelChoice | null;

const byRule: Chooser = (facts, { rules }) => {
  const at = rules.findIndex((rule) => fits(rule, facts));
  return at < 0 ? null : { level: rules[at]!.level, because: `rule ${at + 1} of the configuration` };
};

const byVersion: Chooser = ({ version }, { currentVersion }) =>
  version !== null && currentVersion !== null && isOlder(version, currentVersion)
    ? { level: 'consulting', because: `version ${version} is older than ${currentVersion}` }
    : null;

const byQuestion: Chooser = ({ question }) =>
  question && { level: question.level, because: `question: ${question.name}` };

const byClient: Chooser = ({ client }) =>
  client && { level: client.category, because: `client ${client.name}, ${client.category}` };

/** The desk's own rules go before the regulation's; an outdated version makes even a partner's question one for advice. */
const CHOOSERS: readonly Chooser[] = [byRule, byVersion, byQuestion, byClient];

/** The level of a new ticket, and why. */
export function chooseLevel(facts: LevelFacts, rules: LevelRules): LevelChoice {
  for (const choose of CHOOSERS) {
    const choice = choose(facts, rules);
    if (choice) return choice;
  }
  return { level: 'free', because: 'not in the client register' };
}

function fits({ words, senders, addresses }: LevelRequest, facts: LevelFacts): boolean {
  const { sender, recipients } = facts;
  return (
    words.length + senders.length + addresses.length > 0 &&
    (words.length === 0 || firstPhraseIn(`${facts.subject}\n${facts.text}`, words) !== null) &&
    (senders.length === 0 || (sender !== null && senders.some((one) => isAt(sender, one.toLowerCase())))) &&
    (addresses.length === 0 || addresses.some((one) => recipients.includes(one.toLowerCase())))
  );
}

const isAt = (sender: string, one: string) =>
  one.includes('@') ? sender === one : sender.slice(sender.lastIndexOf('@') + 1) === one;

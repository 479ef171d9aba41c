// A client of the register (regulation §2: a person or company with a contract), and what a ticket gets by being theirs.

import type { Language } from '../tickets.ts';

export type ClientCategory = 'free' | 'partner';

export const CLIENT_CATEGORIES: readonly ClientCategory[] = ['free', 'partner'];

/** What the register says of a client. */
export interface ClientFacts {
  /** The register's own name for the client, a contract's number for example; unique. */
  readonly key: string;
  readonly name: string;
  readonly category: ClientCategory;
  readonly edition: string | null;
  readonly version: string | null;
  /** Last day of the contract, `2027-01-31`; null where it has no end. */
  readonly contractEnd: string | null;
  /** Normalised addresses, sorted. */
  readonly addresses: readonly string[];
  /** Domains as A-labels in lower case, sorted; everybody with an address there, or below, is this client. */
  readonly domains: readonly string[];
}

export interface Client extends ClientFacts {
  readonly id: number;
}

/** Whether the contract has ended. `today` as `2027-01-31`, in the desk's time zone: the last day still counts. */
export const isExpired = ({ contractEnd }: Pick<ClientFacts, 'contractEnd'>, today: string): boolean =>
  contractEnd !== null && contractEnd < today;

/** The category that counts today: without a contract a partner is served like everybody (regulation §2). */
export const categoryToday = (client: ClientFacts | null, today: string): ClientCategory =>
  client === null || isExpired(client, today) ? 'free' : client.category;

const CATEGORY: Readonly<Record<Language, Readonly<Record<ClientCategory, string>>>> = {
  ru: { free: 'бесплатная поддержка', partner: 'партнёр' },
  en: { free: 'free support', partner: 'partner' },
};

/**
 * One line for operators: whose ticket it is. Takes the client as `ticketClient` of the store gives it, null for an address
 * that the register does not know; `today` in the desk's time zone.
 */
export function clientLine(client: ClientFacts | null, today: string, language: Language): string {
  const category = CATEGORY[language];
  if (client === null) {
    return language === 'ru'
      ? `нет в реестре клиентов: ${category.free}`
      : `not in the client register: ${category.free}`;
  }
  const product = [client.version, client.edition].filter((part) => part !== null).join(', ');
  const words = [client.name, category[categoryToday(client, today)], ...(product === '' ? [] : [product])];
  const ended =
    language === 'ru'
      ? `договор закончился ${russianDate(client.contractEnd)}`
      : `contract ended ${client.contractEnd}`;
  return [...words, ...(isExpired(client, today) ? [ended] : [])].join(', ');
}

const russianDate = (date: string | null) => (date ?? '').split('-').toReversed().join('.');

// The columns of a register of clients as people head them, in Russian and English, whatever their order and case.

export type ClientField = 'key' | 'name' | 'category' | 'addresses' | 'domains' | 'edition' | 'version' | 'contractEnd';

const HEADS: Readonly<Record<ClientField, readonly string[]>> = {
  key: ['key', 'id', 'код', 'ключ', 'номер', 'договор', 'номер договора', 'инн'],
  name: ['name', 'company', 'client', 'имя', 'название', 'наименование', 'компания', 'организация', 'клиент'],
  category: ['category', 'категория', 'категория клиента', 'уровень', 'уровень поддержки'],
  addresses: ['address', 'addresses', 'email', 'emails', 'mail', 'почта', 'адрес', 'адреса', 'электронная почта'],
  domains: ['domain', 'domains', 'домен', 'домены', 'домены почты'],
  edition: ['edition', 'редакция', 'редакция продукта'],
  version: ['version', 'версия', 'версия продукта'],
  contractEnd: ['contractend', 'contract end', 'until', 'конец договора', 'окончание договора', 'договор до', 'до'],
};

const FIELDS = new Map(
  (Object.keys(HEADS) as ClientField[]).flatMap((field) => HEADS[field].map((head) => [head, field] as const)),
);

/** The first of a field's heads, for telling people how to head a column. */
export const headOf = (field: ClientField): string => `${HEADS[field][0]} (${HEADS[field].find(isRussian)})`;

const isRussian = (head: string) => /\p{Script=Cyrillic}/u.test(head);

export interface Columns {
  /** The field of each column, in order; null for a column that means nothing to us. */
  readonly fields: readonly (ClientField | null)[];
  /** Heads that mean nothing to us. */
  readonly unknown: readonly string[];
  /** Fields that two columns claim, or that the file lacks and must have. */
  readonly problems: readonly string[];
}

/** Reads the first row of a file. */
export function columnsOf(heads: readonly string[]): Columns {
  const fields = heads.map((head) => FIELDS.get(plain(head)) ?? null);
  const known = fields.filter((field) => field !== null);
  const twice = [...new Set(known.filter((field, at) => known.indexOf(field) !== at))];
  return {
    fields,
    unknown: heads.filter((head, at) => fields[at] === null && head.trim() !== ''),
    problems: [
      ...twice.map((field) => `two columns are a ${headOf(field)}; leave one of them`),
      ...(known.includes('key')
        ? []
        : [`no column is headed ${headOf('key')}: it tells which client a line is, the contract's number for example`]),
    ],
  };
}

const plain = (head: string) =>
  head
    .normalize('NFC')
    .toLowerCase()
    .replace(/ё/g, 'е')
    .replace(/[\s_.:-]+/g, ' ')
    .replace(/^e mail(s?)$/, 'email$1')
    .trim();

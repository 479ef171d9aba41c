// The version of the product that a request is about (regulation §5.4): «версия 9.0», «v9.0.1», "AdvantShop 9". Versions of
// browsers, systems, languages and modules are none of it; in doubt there is none.

const NUMBER = '(?<number>\\d{1,2}(?:\\.\\d{1,3}){0,3})(?![\\p{L}\\p{N}_%]|[.,/:-]\\d)';
const PRODUCT =
  '(?:advant\\s?shop(?:\\.net)?|адвант\\s?шоп\\p{L}{0,2}|магазина?|продукта?|платформы|сайта|движка|cms|системы|программы|по)';
const LABEL = '(?:верси(?:я|и|ю|ей)|версія|верс?\\.|version|ver\\.|ver)';
const LABELLED = new RegExp(
  `(?<![\\p{L}\\p{N}])${LABEL}(?:\\s{1,2}(?:нашего|нашей|нашего|вашего|у нас|is|of))?(?:\\s{1,2}${PRODUCT}){0,2}[\\s:№=–—«"(-]{0,4}(?:v\\.?\\s?)?${NUMBER}`,
  'giu',
);
/** A bare v needs the dot of a version. */
const SHORT = /(?<![\p{L}\p{N}_./-])v\.?\s?(?<number>\d{1,2}(?:\.\d{1,3}){1,3})(?![\p{L}\p{N}_%]|[.,/:-]\d)/giu;
const NAMED = new RegExp(
  `(?<![\\p{L}\\p{N}@./-])(?:advant\\s?shop(?:\\.net)?|адвант\\s?шоп\\p{L}{0,2})(?:\\s{1,2}(?:версии|версия|version|v\\.?))?[\\s:–—-]{1,3}${NUMBER}`,
  'giu',
);

/** What has versions of its own, and is spoken of with them: never the product's, not even behind a comma. */
const PROGRAM =
  /(?:браузер|хром(?![\p{L}])|chrom|firefox|файрфокс|мозилл|mozilla|opera|опер[аыеу](?![\p{L}])|edge|safari|сафари|explorer|windows|виндо|макос|macos|mac os|linux|ubuntu|debian|centos|php|sql|postgre|\.net\b|asp\.|framework|iis|андроид|android|ios|айос|iphone|ipad|1с|1c|excel|эксел|word(?![\p{L}])|office|jquery|java|node|react|прошивк|firmware|драйвер|мойсклад|битрикс|bitrix|wordpress|opencart|commerceml|tls|ssl|приложени|\bapp\b)/iu;
/** What may have a version of its own, and may as well be what does not work. */
const PART =
  /(?:модул|module|плагин|plugin|шаблон|template|тем[аыуе](?![\p{L}])|api|протокол|protocol|http|сертификат|документ|договор|регламент|инструкци|руководств|прайс|макет|файл|yml|xml|json|фид|metri|метрик|касс|эвотор|атол|терминал|мобильн|mobile|печатн|выгрузк)/iu;
const PAST = /(?:демо|demo|прошл|предыдущ|previous|стар[аоы][яйме])/iu;
/** Whoever hopes for a version does not have it. */
const HOPED =
  /(?:хоти|хоте|хочу|планир|собира|можно ли|когда|будет ли|ждем|ждём|жду|выйдет|выход|релиз|следующ|нуж(?:на|ен|но ли)|стоит ли|как обнов|как перейти|прошу обнов|просим обнов|обновите|перейти|перевести|want|plan|when|upgrade to|would like)/iu;
const AFTER = /^[\s"»)]{0,3}(?:браузер|chrome|firefox|windows|php|sql|модул|api|android|ios)/iu;
/** «8.3, PHP»; «9.0 или 11.2». */
const DOUBTED_AFTER =
  /^[\s"»)]{0,3}(?:,\s?(?:браузер|chrome|firefox|windows|php|sql|модул|api|android|ios)|(?:или|либо|or)\s+v?\d)/iu;

/** A verb, a participle or a negation: then something is said of the thing, and it is not named for its version. */
const SAID = /(?:^не$|^нет$|[аеиуюя]т(?:ся)?$|л[аои]?(?:с[ья])?$|[аяеё]н[аоы]?$|^(?:is|are|does|fails?|works?|not)$)/iu;

/** Whose the version is that a match names; `unclear`: perhaps the product's. */
type Whose = 'product' | 'unclear' | 'other';

export interface NamedVersion {
  /** As it is written (`9.0.1`); null where none is named for certain, or two different ones are. */
  readonly version: string | null;
  /** Whether something is named that may be the product's version: whoever wrote it need not be asked for it. */
  readonly named: boolean;
}

/** The version of the product that the lines name. */
export function versionIn(lines: readonly string[]): NamedVersion {
  const found = new Set<string>();
  let named = false;
  for (const written of lines) {
    if (!/\d/.test(written)) continue;
    const line = withoutAddresses(written);
    for (const pattern of [LABELLED, SHORT, NAMED]) {
      for (const match of line.matchAll(pattern)) {
        const whose = whoseIs(line, match);
        if (whose === 'product') found.add(match.groups!.number!);
        if (whose !== 'other') named = true;
      }
    }
  }
  return { version: found.size === 1 ? [...found][0]! : null, named };
}

/** Addresses of pages and mailboxes hold words and numbers of their own; their places stay. */
const withoutAddresses = (line: string): string =>
  line.replace(/(?:https?:\/\/|www\.)\S*[^\s,;.)]|[^\s<>]{1,64}@[^\s<>]{1,255}[^\s<>,;.)]/giu, (one) =>
    ' '.repeat(one.length),
  );

function whoseIs(line: string, match: RegExpMatchArray): Whose {
  const at = match.index ?? 0;
  const sentence = sentenceEnd(line.slice(0, at)).replace(/[«»"“”]/g, '');
  const phrase = behindLast(sentence, /[,;:()–—]/g);
  if (HOPED.test(phrase)) return 'other';
  if (EXPLICIT.test(match[0])) return 'product';
  const after = line.slice(at + match[0].length, at + match[0].length + 20);
  if (AFTER.test(after)) return 'other';
  if (DOUBTED_AFTER.test(after)) return 'unclear';
  const owner = lastWords(phrase);
  if (PROGRAM.test(owner) || PART.test(owner) || PAST.test(owner)) return 'other';
  return owner === '' ? apposed(sentence) : 'product';
}

/** The product is named with its version. */
const EXPLICIT = new RegExp(`(?:${LABEL}.*?\\s${PRODUCT}(?![\\p{L}])|advant|адвант)`, 'iu');

/** Behind a comma: «Chrome, версия 120» speaks of Chrome, «касса не печатает, версия 11.2» of the product. */
function apposed(sentence: string): Whose {
  const before = behindLast(sentence.replace(/[\s,;:()–—]+$/u, ''), /[,;()]/g);
  const last = lastWords(before);
  if (PROGRAM.test(last) && !/\d\s*$/.test(last)) return 'other';
  const [first = '', ...rest] = before.trim().split(/\s+/);
  const isName = PART.test(first) && rest.length < 3 && !rest.some((word) => SAID.test(word));
  return isName ? 'unclear' : 'product';
}

/** What belongs to the same sentence. */
const sentenceEnd = (before: string) =>
  before.slice(Math.max(...['. ', '! ', '? '].map((end) => before.lastIndexOf(end))) + 1);

function behindLast(text: string, signs: RegExp): string {
  const last = [...text.matchAll(signs)].at(-1);
  return last ? text.slice(last.index + 1) : text;
}

/** The noun that a version belongs to stands right before it, with a word of its own at most. */
const lastWords = (text: string): string => text.trim().split(/\s+/).slice(-2).join(' ');

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

const FOREIGN =
  /(?:браузер|хром|chrom|firefox|файрфокс|мозилл|mozilla|opera|опер[аыеу](?![\p{L}])|edge|safari|сафари|explorer|windows|виндо|макос|macos|mac os|linux|ubuntu|debian|centos|php|sql|mysql|postgre|\.net\s|asp\.|framework|iis|андроид|android|ios|айос|iphone|ipad|1с|1c|excel|эксел|word|office|модул|module|плагин|plugin|шаблон|template|тем[аыуе]\s|api|протокол|protocol|tls|ssl|http|сертификат|приложени|app\s|jquery|java|node|react|драйвер|прошивк|firmware|мойсклад|битрикс|bitrix|wordpress|opencart|документ|договор|регламент|инструкци|руководств|прайс|макет|файл|yml|xml|json|фид|commerceml|metri|метрик|касс|эвотор|атол|терминал|мобильн|mobile|печатн|демо|прошл|предыдущ|стар[ао][яйме]|previous|стар[оы][ймех]|выгрузк)/iu;
/** Whoever hopes for a version does not have it. */
const HOPED =
  /(?:хоти|хоте|хочу|планир|собира|можно ли|когда|будет ли|ждем|ждём|жду|выйдет|выход|релиз|следующ|нужно ли|стоит ли|как обнов|как перейти|прошу обнов|просим обнов|обновите|перейти|перевести|want|plan|when|upgrade to|would like)/iu;
const BEFORE_CHARS = 45;
const AFTER = /^[\s"»),]{0,3}(?:браузер|chrome|firefox|windows|php|sql|модул|api|android|ios)/iu;

/** The version, as it is written (`9.0.1`), or null: where none is named, or two different ones are. */
export function versionIn(lines: readonly string[]): string | null {
  const found = new Set<string>();
  for (const line of lines) {
    if (!/\d/.test(line)) continue;
    for (const pattern of [LABELLED, SHORT, NAMED]) {
      for (const match of line.matchAll(pattern)) if (isProduct(line, match)) found.add(match.groups!.number!);
    }
  }
  return found.size === 1 ? [...found][0]! : null;
}

function isProduct(line: string, match: RegExpExecArray): boolean {
  const before = sentenceEnd(line.slice(Math.max(0, match.index - BEFORE_CHARS), match.index));
  const after = line.slice(match.index + match[0].length, match.index + match[0].length + 20);
  return (
    !FOREIGN.test(`${before}${match[0]}`.replace(/advant\s?shop\.net/giu, 'advantshop')) &&
    !HOPED.test(before) &&
    !AFTER.test(after)
  );
}

/** What belongs to the same sentence. */
const sentenceEnd = (before: string) => before.slice(Math.max(before.lastIndexOf('. '), before.lastIndexOf('; ')) + 1);

// What an HTML element means for text (HTML Living Standard §15, the rendering rules): data, read by html.ts.

/** How much room an element wants around it: a line of its own, or a blank line. */
export const BREAKS: ReadonlyMap<string, 1 | 2> = new Map([
  ...names('address article aside body center dd details dialog dir div dt fieldset figcaption figure footer form').map(
    line,
  ),
  ...names('header hgroup html legend li main nav option section summary table tbody tfoot thead tr caption').map(line),
  ...names('blockquote dl h1 h2 h3 h4 h5 h6 ol p pre ul xmp listing plaintext').map(paragraph),
]);

export const VOID: ReadonlySet<string> = new Set(
  names('area base basefont bgsound br col embed frame hr img input link meta param source track wbr'),
);

/** Elements whose content a reader never sees. */
export const UNSEEN: ReadonlySet<string> = new Set(
  names('template svg math object audio video canvas datalist map xml select'),
);

/** Elements whose content is no markup; the value says whether it is seen. */
export const RAW_TEXT: ReadonlyMap<string, boolean> = new Map([
  ...names('script style title iframe noembed noframes').map((name): [string, boolean] => [name, false]),
  ...names('xmp textarea plaintext').map((name): [string, boolean] => [name, true]),
]);

/** An opening tag ends an open element of this kind, unless a container stands between them. */
export const ENDS: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['li', new Set(['li'])],
  ['dt', new Set(['dt', 'dd'])],
  ['dd', new Set(['dt', 'dd'])],
  ['td', new Set(['td', 'th'])],
  ['th', new Set(['td', 'th'])],
  ['tr', new Set(['tr', 'td', 'th'])],
  ['a', new Set(['a'])],
]);

/** No end tag reaches out of these, except their own and those of the table round them. */
export const CONTAINERS: ReadonlySet<string> = new Set(names('table td th caption ul ol dl'));
export const TABLE_PARTS: ReadonlySet<string> = new Set(
  names('table tbody thead tfoot tr td th caption ul ol dl body html'),
);

function names(list: string): string[] {
  return list.split(' ');
}

function line(name: string): [string, 1] {
  return [name, 1];
}

function paragraph(name: string): [string, 2] {
  return [name, 2];
}

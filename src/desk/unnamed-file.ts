// A file in a letter to somebody whom nothing proves: by its number and kind. Its name was chosen by whoever wrote the letter,
// and twenty names with links in them would be twenty lines of his own to whoever owns the address.

import type { Language } from './tickets.ts';

const FILE: { readonly [language in Language]: string } = { ru: 'файл', en: 'file' };

/** Endings that say what a file is; any other one is words of the writer's. */
const ENDINGS: ReadonlySet<string> = new Set(
  'jpg jpeg png gif bmp webp heic heif tif tiff svg pdf doc docx xls xlsx ppt pptx odt ods rtf txt log csv xml json html zip rar 7z gz tar eml msg mp4 mov avi mp3 ics exe'.split(
    ' ',
  ),
);

/** `файл 2 (PNG)`. `number` counts from 1, `type` is what the content is, `filename` as it was given. */
export function unnamedFile(number: number, type: string | null, filename: string, language: Language): string {
  const ending = /\.([a-z0-9]{1,5})$/i.exec(filename)?.[1]?.toLowerCase() ?? '';
  const kind = type ?? (ENDINGS.has(ending) ? ending : null);
  return `${FILE[language]} ${number}${kind === null ? '' : ` (${kind.toUpperCase()})`}`;
}

// What a file is by its content, for people and for the reason of a refusal: bytes in, a short type name out. The
// verdict on pictures and archives never hangs on this; file-type is asked for the names of everything else.

import { fileTypeFromBuffer } from 'file-type';
import { magicOf } from './magic.ts';
import type { Reason } from './reasons.ts';
import { bufferOf } from './walk.ts';

/** Types whose refusal has a code of its own, by the name that the content gives them. */
const REASONS_BY_TYPE: Readonly<Record<string, Reason>> = {
  ...every('heic', ['heic', 'heif', 'heics', 'hif']),
  ...every('webp', ['webp']),
  ...every('avif', ['avif']),
  ...every('tiff', ['tif', 'tiff']),
  ...every('icon', ['ico', 'cur', 'icns']),
  ...every('svg', ['svg']),
  ...every('html', ['html', 'mhtml', 'xhtml']),
  ...every('executable', [
    'exe',
    'elf',
    'macho',
    'class',
    'lnk',
    'jar',
    'apk',
    'deb',
    'rpm',
    'crx',
    'xpi',
    'dmg',
    'script',
    'wasm',
    'swf',
    'reg',
    'chm',
    'msi',
    'appimage',
    'iso',
  ]),
  ...every('archive-format', [
    '7z',
    'gz',
    'bz2',
    'xz',
    'zst',
    'tar',
    'tar.gz',
    'lzh',
    'arj',
    'cab',
    'ace',
    'ar',
    'cpio',
    'lz',
    'lz4',
    'z',
    'asar',
  ]),
  ...every('document-macros', ['docm', 'xlsm', 'pptm', 'dotm', 'xltm', 'potm', 'ppsm']),
  ...every('document', [
    'pdf',
    'docx',
    'xlsx',
    'pptx',
    'dotx',
    'xltx',
    'potx',
    'ppsx',
    'odt',
    'ods',
    'odp',
    'odg',
    'ott',
    'ots',
    'otp',
    'otg',
    'rtf',
    'cfb',
    'epub',
    'ps',
    'eps',
    'pages',
    'numbers',
    'key',
    'vsdx',
    'indd',
    'djvu',
    'fb2',
  ]),
};

function every(reason: Reason, types: readonly string[]): Record<string, Reason> {
  return Object.fromEntries(types.map((type) => [type, reason]));
}

/** Why a package that goes by this extension is refused; null for an extension that says nothing of its own. */
export function packageReason(extension: string): Reason | null {
  const reason = REASONS_BY_TYPE[extension] ?? null;
  return reason?.startsWith('document') || reason === 'executable' ? reason : null;
}

/** Why a file of this type is refused. */
export async function refusalOf(type: string | null, bytes: Uint8Array): Promise<Reason> {
  const known = REASONS_BY_TYPE[type ?? ''];
  if (known) return known;
  const mime = (await named(bytes))?.mime ?? '';
  if (mime.startsWith('image/')) return 'picture-format';
  if (mime.startsWith('video/')) return 'video';
  return mime.startsWith('audio/') ? 'audio' : 'type-not-allowed';
}

/** The type of the content; `txt` for any text, null where nothing is known. */
export async function kindOf(bytes: Uint8Array): Promise<string | null> {
  const magic = magicOf(bytes);
  if (magic === 'zip') return packedDocument(await named(bytes)) ?? 'zip';
  return magic ?? markup(bytes) ?? (await named(bytes))?.ext ?? (isText(bytes) ? 'txt' : null);
}

/** The office document, program or other package that a ZIP is in truth. */
function packedDocument(found: { readonly ext: string } | undefined): string | null {
  return found && found.ext !== 'zip' ? found.ext : null;
}

async function named(bytes: Uint8Array): Promise<{ readonly ext: string; readonly mime: string } | undefined> {
  try {
    return await fileTypeFromBuffer(bytes);
  } catch {
    // It reads lengths from the file and runs off the end of cut ones.
    return undefined;
  }
}

const HTML = /<(?:!doctype\s+html|html|head|body|script|iframe|meta|a\s|img\s|table|form)\b/;
const SVG = /<(?:[a-z]+:)?svg[\s>]/;

/** SVG, HTML or a script by its words, in the first 4 KB of any charset that keeps ASCII, or of UTF-16. */
function markup(bytes: Uint8Array): string | null {
  const head = bufferOf(bytes.subarray(0, 4096));
  const wide = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff) || head[1] === 0;
  const text = head
    .toString('latin1')
    .replace(wide ? /\0/g : /$^/, '')
    .toLowerCase();
  if (/^(?:\xef\xbb\xbf)?#!/.test(text)) return 'script';
  if (!/^(?:\xff\xfe|\xfe\xff|\xef\xbb\xbf)?[\s\0]*</.test(text)) return null;
  if (SVG.test(text) && !/<html/.test(text)) return 'svg';
  return HTML.test(text) ? 'html' : null;
}

/** True for text in any charset: no control characters but those of text, or UTF-16 with a mark. */
export function isText(bytes: Uint8Array): boolean {
  if (bytes.length === 0) return false;
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff))
    return bytes.length % 2 === 0;
  return bytes.every((byte) => byte >= 0x20 || (byte >= 0x09 && byte <= 0x0d) || byte === 0x1b || byte === 0x1a);
}

// Documents that an admin has allowed by name: bytes and what they call themselves in, a refusal or null out. Each is
// checked for being what it says; whatever can run is refused (macros, embedded programs).

import { isText } from './kind.ts';
import type { FurtherType, Policy } from './policy.ts';
import { type Refusal, refuse } from './reasons.ts';
import { hasProgram } from './tail.ts';
import { bufferOf, holds } from './walk.ts';
import { readZip } from './zip.ts';

/** Which content goes by which name; a log or a table is plain text under its own name. */
const TEXTS: readonly string[] = ['txt', 'log', 'csv'];
/** The part that makes a package the document it says it is. */
const MAIN_PART = { docx: 'word/document.xml', xlsx: 'xl/workbook.xml' } as const;
/** An office document has some dozens of parts; its text is bounded by the archive's limit like any other. */
const OFFICE_PARTS = 2_000;

/**
 * The further type a file is to be checked as: its content's, and among kinds of text and of packages its extension's;
 * null where it is none of them or not allowed.
 */
export function furtherType(type: string | null, extension: string, policy: Policy): FurtherType | null {
  const byName = (type === 'txt' && TEXTS.includes(extension)) || (type === 'zip' && extension in MAIN_PART);
  const wanted = byName ? extension : type;
  return policy.allow.find((allowed) => allowed === wanted) ?? null;
}

/** Null where the file is what it says. */
export async function checkDocument(type: FurtherType, bytes: Uint8Array, policy: Policy): Promise<Refusal | null> {
  switch (type) {
    case 'pdf':
      return checkPdf(bytes);
    case 'docx':
    case 'xlsx':
      return checkOffice(type, bytes, policy);
    default:
      return isText(bytes) ? null : refuse('not-what-it-says');
  }
}

/** ISO 32000 §7.5: header at the first byte, trailer at the end; no program behind it. */
function checkPdf(bytes: Uint8Array): Refusal | null {
  const buffer = bufferOf(bytes);
  if (!holds(bytes, 0, '%PDF-')) return refuse('not-what-it-says');
  const end = buffer.lastIndexOf('%%EOF');
  if (end < 0 || !buffer.includes('startxref')) return refuse('truncated');
  const tail = bytes.subarray(end + 5);
  if (hasProgram(tail)) return refuse('trailing-executable');
  return tail.length > 1024 ? refuse('trailing-data', `${tail.length} bytes behind the end`) : null;
}

/** ECMA-376: macros live in vbaProject.bin, ActiveX and OLE objects in parts of their own. */
const PROGRAMS = /(?:^|\/)(?:vbaproject[^/]*\.bin|vbadata\.xml|activex\/.*|embeddings\/.*\.bin)$/i;
const MACRO_TYPE = /macroenabled|vbaproject/i;

async function checkOffice(type: 'docx' | 'xlsx', bytes: Uint8Array, policy: Policy): Promise<Refusal | null> {
  const names = new Set<string>();
  let macros = false;
  const limits = { ...policy, archiveEntries: OFFICE_PARTS };
  const refused = await readZip(bytes, limits, ({ name, bytes: part }) => {
    names.add(name.text);
    macros ||= PROGRAMS.test(name.text) || hasProgram(part.subarray(0, 2));
    macros ||= name.text === '[Content_Types].xml' && MACRO_TYPE.test(bufferOf(part).toString('latin1'));
  });
  if (refused) return refused;
  if (macros) return refuse('document-macros');
  return names.has(MAIN_PART[type]) && names.has('[Content_Types].xml') ? null : refuse('not-what-it-says');
}

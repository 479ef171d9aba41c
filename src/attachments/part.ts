// One part of a letter: its bytes and what it calls itself in, the finding of its content out. Runs inside a worker
// thread; limits of the letter as a whole are judge.ts's business.

import { createHash } from 'node:crypto';
import { type ArchiveType, type Finding, openArchive, type PackedPicture } from './archive.ts';
import { checkDocument, furtherType } from './documents.ts';
import { kindOf, packageReason, refusalOf } from './kind.ts';
import { extensionOf, isArchive, isPictureName } from './magic.ts';
import { judgePicture } from './picture.ts';
import type { Policy } from './policy.ts';
import { type Refusal, refuse } from './reasons.ts';
import { bufferOf, type PictureType } from './walk.ts';

/** What a worker is asked. */
export interface Question {
  readonly filename: string | null;
  readonly contentType: string;
  readonly bytes: Uint8Array;
  readonly policy: Policy;
}

/** What a worker answers; `finding` is null where the file is accepted. */
export interface Answer {
  readonly type: string | null;
  readonly sha256: string;
  readonly keep: number;
  readonly width: number | null;
  readonly height: number | null;
  readonly finding: Finding | null;
  readonly pictures: readonly PackedPicture[];
}

/** Parts that mail programs add by themselves (RFC 3156, 5751, 3464, 5545): kept with the letter, no customer's file. */
const MAIL_PARTS =
  /^(?:application\/(?:pgp-.*|(?:x-)?pkcs7-.*|ics|ms-tnef)|text\/(?:calendar|rfc822-headers)|message\/(?!rfc822|global$).*)$/;

/** True for a part that a mail program added. */
export function isMailPart(contentType: string): boolean {
  return MAIL_PARTS.test(contentType);
}

/** Judges one part by its content. */
export async function judgePart(question: Question): Promise<Answer> {
  const { bytes } = question;
  const type = bytes.length === 0 ? null : await kindOf(bytes);
  const base = {
    type,
    sha256: createHash('sha256').update(bufferOf(bytes)).digest('hex'),
    keep: bytes.length,
    width: null,
    height: null,
    finding: null,
    pictures: [],
  };
  const refused = (refusal: Refusal): Answer => ({ ...base, finding: { ...refusal, name: null } });

  if (bytes.length === 0) return refused(refuse('empty'));
  if (isMailPart(question.contentType)) return refused(refuse('mail-part'));
  if (/^message\/(?:rfc822|global)$/.test(question.contentType)) return refused(refuse('letter-attached'));
  if (isPicture(type)) {
    const walk = judgePicture(type, bytes, question.policy);
    if (!walk.ok) return refused(walk);
    const found = { ...base, keep: Math.min(walk.end, bytes.length), width: walk.width, height: walk.height };
    return type === 'bmp' ? { ...found, finding: { reason: 'bmp-not-archived', name: null, detail: null } } : found;
  }
  const extension = extensionOf(question.filename ?? '');
  const further = furtherType(type, extension, question.policy);
  if (further) {
    const wrong = await checkDocument(further, bytes, question.policy);
    return wrong ? refused(wrong) : { ...base, type: further };
  }
  const archive = archiveOf(type, extension);
  if (archive) {
    const opened = await openArchive(archive, bytes, question.policy);
    // A document is told as what it calls itself, not as an archive of odd things.
    const document = opened.finding?.reason === 'archive-content' ? packageReason(extension) : null;
    return {
      ...base,
      type: archive,
      ...opened,
      ...(document && { finding: { reason: document, name: null, detail: extension } }),
    };
  }
  return refused(await reasonOf(question, type, extension));
}

/** The reason for what is neither picture nor archive nor allowed by name. */
async function reasonOf(
  { bytes, contentType, filename }: Question,
  type: string | null,
  extension: string,
): Promise<Refusal> {
  const reason = await refusalOf(type, bytes);
  const curable = reason !== 'type-not-allowed' && reason !== 'svg' && reason !== 'html' && reason !== 'executable';
  if (!curable && (isPictureName(filename ?? '') || contentType.startsWith('image/')))
    return refuse(reason === 'svg' && extension === 'svg' ? 'svg' : 'not-a-picture', type);
  if (reason === 'type-not-allowed' && (isArchive(extension) || /zip|rar/.test(contentType)))
    return refuse('not-an-archive', type);
  return refuse(reason, type);
}

function isPicture(type: string | null): type is PictureType {
  return type === 'jpg' || type === 'png' || type === 'gif' || type === 'bmp';
}

/** A package that goes by the name of an archive is judged as the archive it says it is. */
function archiveOf(type: string | null, extension: string): ArchiveType | null {
  if (type === 'zip' || type === 'rar') return type;
  return extension === 'zip' && type !== null && PACKAGES.has(type) ? 'zip' : null;
}

/** What file-type calls a ZIP by the names inside it. */
const PACKAGES: ReadonlySet<string> = new Set(
  'apk jar docx docm dotx dotm xlsx xlsm xltx xltm pptx pptm potx potm ppsx ppsm odt ods odp odg ott ots otp otg epub 3mf vsdx xpi'.split(
    ' ',
  ),
);

// Why a file was refused or could not be checked: every stable code of a verdict with its plain meaning (rule of the
// regulation: JPG, GIF, PNG; BMP only packed in ZIP or RAR). Templates and reports key their own wording on the codes.

export const REASONS = {
  // what the file is
  'bmp-not-archived': 'a BMP picture that is not packed; the desk takes BMP in a ZIP or RAR archive only',
  'not-a-picture': 'the file calls itself a picture and is none',
  svg: 'an SVG drawing, which can hold programs',
  html: 'a web page',
  executable: 'a program or a file that starts one',
  heic: 'a HEIC photo as iPhones take them; JPG is wanted',
  webp: 'a WebP picture; JPG or PNG is wanted',
  avif: 'an AVIF picture; JPG or PNG is wanted',
  tiff: 'a TIFF picture; JPG or PNG is wanted',
  icon: 'an icon; JPG or PNG is wanted',
  'picture-format': 'a picture in another format; JPG, GIF or PNG is wanted',
  'archive-format': 'an archive in another format; ZIP or RAR is wanted',
  'not-an-archive': 'the file calls itself an archive and is none',
  document: 'a document of a kind the desk does not take',
  'document-macros': 'a document that can run macros',
  'not-what-it-says': 'the content is something else than the name says',
  video: 'a video',
  audio: 'a sound recording',
  'letter-attached': 'a letter attached as a file; it is kept with the letter it came in',
  'mail-part': 'a signature, calendar or report that mail programs add by themselves',
  'type-not-allowed': 'a type of file the desk does not take',
  empty: 'a file without content',
  ambiguous: 'the letter is built so that programs disagree about what this file is',

  // how the picture is
  damaged: 'the structure of the file is broken',
  truncated: 'the file ends before its end marker',
  'too-many-pixels': 'the picture is larger than the desk takes, in pixels',
  'too-many-frames': 'the animation has more frames than the desk takes',
  'trailing-executable': 'a program is hidden behind the end of the picture',
  'trailing-archive': 'an archive is hidden behind the end of the picture',
  'hidden-archive': 'the picture can be opened as an archive as well',
  'trailing-html': 'a web page is hidden behind the end of the picture',
  'trailing-data': 'foreign data stands before or behind the file proper',

  // how the archive is
  encrypted: 'the archive needs a password',
  'archive-volume': 'one volume of an archive in several parts',
  'archive-method': 'the archive is packed by a method the desk does not open',
  'archive-overlap': 'entries of the archive overlap or leave gaps',
  'archive-mismatch': 'the archive describes the same entry in two ways',
  'archive-entries': 'the archive has more entries than the desk opens',
  'archive-too-large': 'the archive unpacks to more than the desk opens',
  'archive-path': 'a name in the archive points outside of it or is no file name',
  'archive-duplicate': 'two entries of the archive have one name',
  'archive-link': 'the archive holds a link',
  'archive-nested': 'the archive holds another archive',
  'archive-content': 'the archive holds something else than pictures',
  'archive-picture': 'a picture in the archive is not acceptable',
  'archive-folders': 'the pictures lie deeper than one folder',

  // limits of one file and one letter
  'too-large': 'the file is larger than the desk takes',
  'letter-too-large': 'the attachments of the letter are together larger than the desk takes',
  'too-many': 'the letter has more attachments than the desk takes',

  // what was not finished
  'could-not-be-checked': 'checking took too long or failed; the file is kept and not handed on',
  virus: 'the virus scanner found something',
  'scanner-away': 'the virus scanner did not answer; the file is held',
} as const;

export type Reason = keyof typeof REASONS;

/** A refusal as a value: the code, and what was seen for people who look closer. */
export interface Refusal {
  readonly ok: false;
  readonly reason: Reason;
  readonly detail: string | null;
}

/** Builds a refusal. */
export function refuse(reason: Reason, detail: string | null = null): Refusal {
  return { ok: false, reason, detail };
}

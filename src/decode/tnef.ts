// winmail.dat: what Outlook packs into application/ms-tnef (MS-OXTNEF, MS-OXPROPS). In: the bytes of the part. Out: its
// subject, text, HTML and attachments with their names in full, or null where it is no TNEF. Total and bounded.

import { cleanLine, cleanName } from '../mail/clean.ts';
import { LIMITS } from '../mail/limits.ts';
import { decodePieces, metaCharset, type Piece } from './charset.ts';
import { charsetOfCodePage, decodeAs } from './charset-names.ts';
import { readRtf } from './rtf.ts';
import { inflateRtf } from './rtf-compressed.ts';
import type { Tnef, TnefAttachment } from './tnef-content.ts';
import { letterOf } from './tnef-letter.ts';
import { attributesOf, type Property, propertiesOf, TYPE } from './tnef-stream.ts';

const ATTRIBUTE = {
  subject: 0x00018004,
  body: 0x0002800c,
  codePage: 0x00069007,
  message: 0x00069003,
  newAttachment: 0x00069002,
  attachmentTitle: 0x00018010,
  attachmentData: 0x0006800f,
  attachment: 0x00069005,
} as const;

const PROPERTY = {
  subject: 0x0037,
  body: 0x1000,
  rtf: 0x1009,
  html: 0x1013,
  internetCodePage: 0x3fde,
  displayName: 0x3001,
  data: 0x3701,
  shortFilename: 0x3704,
  longFilename: 0x3707,
  contentType: 0x370e,
  senderName: 0x0c1a,
  senderAddress: 0x0c1f,
  senderSmtpAddress: 0x5d01,
} as const;

/** IID_IMessage: the object behind it is a stream of its own, a forwarded letter. */
const EMBEDDED_MESSAGE = Buffer.from('0703020000000000c000000000000046', 'hex');
const MEDIA_TYPE = /^[a-z0-9][a-z0-9!#$&^_.+-]{0,126}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}$/;

/** Text whose charset is known (Unicode), or bytes that are decided with the others of the letter. */
type Raw = string | Piece | null;

interface RawAttachment {
  title: Raw;
  data: Buffer | null;
  properties: readonly Property[];
}

/** Opens winmail.dat. Takes the bytes with the transfer encoding undone; null where they are no TNEF. Never throws. */
export function openTnef(bytes: Uint8Array): Tnef | null {
  return open(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), 1);
}

function open(stream: Buffer, depth: number): Tnef | null {
  const attributes = attributesOf(stream);
  if (attributes.length === 0) return null;
  const codePage = attributes
    .find(({ id, data }) => id === ATTRIBUTE.codePage && data.length >= 4)
    ?.data.readUInt32LE(0);
  const charset = codePage === undefined ? null : charsetOfCodePage(codePage);
  let subject: Raw = null;
  let body: Raw = null;
  let properties: readonly Property[] = [];
  const attachments: RawAttachment[] = [];
  for (const { id, data } of attributes) {
    const current = attachments.at(-1);
    if (id === ATTRIBUTE.subject) subject = eightBit(data, charset);
    else if (id === ATTRIBUTE.body) body = eightBit(data, charset);
    else if (id === ATTRIBUTE.message) properties = propertiesOf(data);
    else if (id === ATTRIBUTE.newAttachment) {
      if (attachments.length === LIMITS.mimeParts) break;
      attachments.push({ title: null, data: null, properties: [] });
    } else if (current && id === ATTRIBUTE.attachmentTitle) current.title = eightBit(data, charset);
    else if (current && id === ATTRIBUTE.attachmentData) current.data = data;
    else if (current && id === ATTRIBUTE.attachment) current.properties = propertiesOf(data);
  }
  const rtf = rtfOf(properties);
  const settle = settled([
    textOf(properties, PROPERTY.subject, charset) ?? subject,
    textOf(properties, PROPERTY.body, charset) ?? body,
    htmlOf(properties, charset),
    ...attachments.flatMap((attachment) => [
      nameOf(attachment, charset),
      textOf(attachment.properties, PROPERTY.contentType, null),
    ]),
  ]);
  const [title = null, text = null, html = null, ...names] = settle;
  return {
    subject: title === null ? null : cleanLine(title),
    text: text?.trim() ? text.slice(0, LIMITS.textChars) : (rtf?.text ?? null),
    html: html?.trim() ? html : (rtf?.html ?? null),
    attachments: attachments.flatMap((attachment, i) =>
      unpacked(attachment, names[i * 2] ?? null, names[i * 2 + 1] ?? null, depth),
    ),
  };
}

/** All 8-bit strings of the letter are decided together, for the stated code page lies as labels do. */
function settled(raws: readonly Raw[]): (string | null)[] {
  const pieces = raws.filter((raw) => raw !== null && typeof raw !== 'string');
  const decoded = new Map(decodePieces(pieces).map(({ text }, i) => [pieces[i], text]));
  return raws.map((raw) => (raw === null || typeof raw === 'string' ? raw : (decoded.get(raw) ?? null)));
}

/** An 8-bit string without the NUL that ends it. */
function eightBit(data: Buffer, charset: string | null): Piece {
  const end = data.indexOf(0);
  return { bytes: end === -1 ? data : data.subarray(0, end), declared: charset };
}

function textOf(properties: readonly Property[], id: number, charset: string | null): Raw {
  const property = properties.find((one) => one.id === id && one.data.length > 0);
  if (property?.type === TYPE.string8) return eightBit(property.data, charset);
  return property?.type === TYPE.unicode ? (decodeAs(property.data, 'utf-16le').split('\0', 1)[0] ?? '') : null;
}

function htmlOf(properties: readonly Property[], charset: string | null): Raw {
  const property = properties.find(({ id, data }) => id === PROPERTY.html && data.length > 0);
  if (property?.type !== TYPE.binary) return textOf(properties, PROPERTY.html, charset);
  const page = properties.find(({ id, data }) => id === PROPERTY.internetCodePage && data.length >= 4);
  const declared = metaCharset(property.data) ?? (page ? charsetOfCodePage(page.data.readUInt32LE(0)) : null);
  return { bytes: property.data, declared: declared ?? charset };
}

function rtfOf(properties: readonly Property[]): { text: string | null; html: string | null } | null {
  const property = properties.find(({ id }) => id === PROPERTY.rtf);
  const rtf = property ? inflateRtf(property.data) : null;
  return rtf === null ? null : readRtf(rtf);
}

function nameOf({ properties, title }: RawAttachment, charset: string | null): Raw {
  return (
    textOf(properties, PROPERTY.longFilename, charset) ??
    textOf(properties, PROPERTY.displayName, charset) ??
    title ??
    textOf(properties, PROPERTY.shortFilename, charset)
  );
}

function unpacked(
  { data, properties }: RawAttachment,
  name: string | null,
  type: string | null,
  depth: number,
): TnefAttachment[] {
  const filename = name === null ? null : cleanLine(name).replace(/^.*[\\/]/, '') || null;
  const property = properties.find(({ id }) => id === PROPERTY.data);
  if (property?.type === TYPE.object && property.data.subarray(0, 16).equals(EMBEDDED_MESSAGE)) {
    return embedded(property.data.subarray(16), filename, depth);
  }
  const bytes = data ?? (property?.type === TYPE.object ? property.data.subarray(16) : property?.data);
  if (bytes === undefined) return [];
  const contentType = type?.toLowerCase() ?? '';
  return [{ filename, contentType: MEDIA_TYPE.test(contentType) ? contentType : 'application/octet-stream', bytes }];
}

/** A forwarded letter becomes message/rfc822, as it would be in a letter without TNEF. */
function embedded(stream: Buffer, filename: string | null, depth: number): TnefAttachment[] {
  const inner = depth < LIMITS.rfc822Depth ? open(stream, depth + 1) : null;
  if (inner === null) return [{ filename, contentType: 'application/ms-tnef', bytes: stream }];
  const name = `${(filename ?? inner.subject ?? 'message').replace(/\.(msg|eml)$/i, '')}.eml`;
  return [{ filename: name, contentType: 'message/rfc822', bytes: letterOf(inner, senderOf(stream)) }];
}

/** Who wrote an embedded letter, as `name <address>` parts. */
function senderOf(stream: Buffer): { name: string; address: string } {
  const data = attributesOf(stream).find(({ id }) => id === ATTRIBUTE.message)?.data;
  const properties = data ? propertiesOf(data) : [];
  const [name, smtp, address] = settled(
    [PROPERTY.senderName, PROPERTY.senderSmtpAddress, PROPERTY.senderAddress].map((id) => textOf(properties, id, null)),
  );
  return { name: cleanName(name ?? ''), address: cleanLine(smtp ?? address ?? '') };
}

// The export of a ticket as one ZIP: the conversation and what was gathered beside it go in; bytes come out (adm-zip, which
// only writes here).

import AdmZip from 'adm-zip';
import type { Content } from './export-content.ts';
import type { Conversation } from './export-conversation.ts';

/** The ZIP of everything. */
export function packed({ letters, files }: Content, { html, text }: Conversation): Uint8Array {
  const zip = new AdmZip();
  const add = (path: string, content: Uint8Array) => zip.addFile(path, Buffer.from(content));
  add('conversation.html', Buffer.from(html));
  add('conversation.txt', Buffer.from(text));
  for (const { name, bytes: content, previews } of files) {
    if (name !== null) add(name, content);
    for (const preview of previews) add(preview.path, preview.bytes);
  }
  for (const letter of letters) add(letter.path, letter.bytes);
  return zip.toBuffer();
}

import { expect, test } from '@jest/globals';
import type { Draft } from '../../../src/decide/operator/draft.ts';
import { secretInFile } from '../../../src/decide/operator/guards/secret-in-file.ts';
import { knownToNobody } from '../../../src/decide/operator/standing.ts';
import { makeReplyAddress, personMark } from '../../../src/thread/reply-address.ts';
import { caseOf, RULES } from '../../support/case.ts';
import { MARKS } from '../../support/desk.ts';
import { letter } from '../../support/letter.ts';
import { ANNA } from '../../support/operators.ts';

const TOKEN = makeReplyAddress(MARKS.keys, MARKS.address, {
  reader: 'operator',
  ticket: 1000,
  about: 1,
  person: personMark(ANNA.identity),
});

/** What is said of an answer with this file, which the desk accepts. */
function found(content: string | Uint8Array) {
  const filename = 'log.txt';
  const message = letter({ parts: [{ contentType: 'text/plain', content, filename }] });
  const conversation = { said: [], people: [], notesElsewhere: [], thread: [] };
  const standing = { ...knownToNobody(ANNA), signing: MARKS.keys };
  const draft = { standing, conversation, text: '', files: [{ path: '2', filename }], refused: [] };
  return secretInFile(draft as unknown as Draft, caseOf({ message }, { rules: { ...RULES, operators: [ANNA] } }))?.code;
}

test.each([
  ['a signed address', `Ivan <${TOKEN}> wrote`],
  ['a signed address, broken by a mail client', `Ivan <${TOKEN.slice(0, 20)}=\r\n${TOKEN.slice(20)}> wrote`],
  ['an operator’s address', 'login anna@desk.example ok'],
  ['an operator’s address in UTF-16', Buffer.from('\ufefflogin anna@desk.example ok', 'utf16le')],
  ['an operator’s address deep in a long log', `${'line of a log\n'.repeat(20_000)}anna@desk.example`],
])('a file with %s does not leave', (_what, content) => {
  expect(found(content)).toBe('secret-in-file');
});

test('a log with other people’s addresses leaves, and so does a picture', () => {
  expect(found('ivan@client.example support@desk.example joanna@desk.example')).toBeUndefined();
  expect(found(Buffer.from('\x89PNG\r\n\x1a\n\0\0anna@desk.example', 'latin1'))).toBeUndefined();
});

// A letter on its way out of the thread that read it: what can be copied between threads goes, the bytes of its parts stay.

import type { Letter } from '../decide/case.ts';
import { type Field, fieldsOf } from '../mail/fields.ts';
import type { Message, Part } from '../mail/message.ts';

type Bare = Omit<Message, 'fields' | 'parts'> & {
  readonly fields: readonly Field[];
  readonly parts: readonly Omit<Part, 'bytes'>[];
};

/** A letter as plain data. */
export type Parcel = Omit<Letter, 'message'> & { readonly message: Bare };

/** Makes plain data of a letter. */
export function packed(letter: Letter): Parcel {
  const { fields, parts, ...message } = letter.message;
  const bare = parts.map(({ bytes: _, ...part }) => part);
  return { ...letter, message: { ...message, fields: fields.all, parts: bare } };
}

/** Makes a letter of it again. Its parts are without their bytes: whoever asks for them is told so by an error. */
export function unpacked(parcel: Parcel): Letter {
  const { fields, parts, ...message } = parcel.message;
  return { ...parcel, message: { ...message, fields: fieldsOf(fields), parts: parts.map(withoutBytes) } };
}

function withoutBytes(part: Omit<Part, 'bytes'>): Part {
  return {
    ...part,
    get bytes(): never {
      throw new Error('the bytes of a part stay in the thread that read the letter');
    },
  };
}

// What the outbox holds of a letter to Ivan, where a test is about the letter and not about its words.

import type { OutgoingModel } from '../../src/store/outbox-queue.ts';

export const TO_IVAN = {
  recipient: 'ivan@client.example',
  model: {
    to: { name: '', address: 'ivan@client.example' },
    language: 'ru',
    inReplyTo: null,
    references: [],
    replyTo: null,
  } satisfies OutgoingModel,
} as const;

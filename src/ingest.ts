// THE PATH OF A LETTER (types first; the path itself follows).

import type { Delivery } from './mail/envelope.ts';

/**
 * What a source is told of one hand-over. `accepted`: the bytes are kept (or were already), the letter is ours.
 * `tryLater`: nothing is kept, the letter stays where it is. `refused`: it will never be taken; the reason is for the sender.
 */
export type Answer =
  | { readonly kind: 'accepted'; readonly letter: number; readonly again: boolean }
  | { readonly kind: 'tryLater'; readonly reason: string }
  | { readonly kind: 'refused'; readonly status: string; readonly reason: string };

/** Takes letters in: bytes are on disk when the promise is fulfilled; one answer a delivery, in order. Never rejects. */
export type Keep = (deliveries: readonly Delivery[]) => Promise<readonly Answer[]>;

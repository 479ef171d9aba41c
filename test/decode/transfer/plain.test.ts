// Each decoder of a transfer encoding against the plain one, over random shapes (SEED=<number> varies them).

import { expect, test } from '@jest/globals';
import { random } from '../../../scripts/fuzz-mutate.ts';
import { fuzzTransfer, TRANSFER_DECODERS } from '../../../scripts/fuzz-transfer.ts';

const SEED = Number(process.env.SEED ?? 20_261_201);
const CASES = 400;

test(`a file's bytes are those that were sent, or it is marked, whatever its lines look like; seed ${SEED}`, () => {
  const held = fuzzTransfer(random(SEED), CASES);
  expect(held.map(({ encoding, unlike }) => [encoding, unlike.map((encoded) => encoded.toString('latin1'))])).toEqual(
    TRANSFER_DECODERS.map(([encoding]) => [encoding, []]),
  );
  for (const { sound } of held) expect(sound).toBeGreaterThan(CASES / 2);
});

test(`no decoder makes more than twice of what it is given; seed ${SEED}`, () => {
  const next = random(SEED);
  for (const [, decoder, , shape] of TRANSFER_DECODERS) {
    for (let i = 0; i < 50; i++) {
      const encoded = shape(next);
      expect(decoder(encoded).bytes.length).toBeLessThanOrEqual(2 * encoded.length);
    }
  }
});

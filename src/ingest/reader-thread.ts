// A worker thread that reads one letter after the other: decodes, classifies and judges it. In: its settings at the start,
// then errands; out: what it is about to do where that may take long, and a report for each errand. It may be ended at any
// moment; it holds nothing that anybody needs.

import { getHeapStatistics } from 'node:v8';
import { parentPort, workerData } from 'node:worker_threads';
import { openJudge } from '../attachments/judge.ts';
import { judgePart } from '../attachments/part.ts';
import type { Pool } from '../attachments/pool.ts';
import { wear } from '../attachments/unrar.ts';
import type { Letter } from '../decide/case.ts';
import { type PassedOn, passedOn } from '../decode/passed-on.ts';
import { errorWords } from '../mail/error-words.ts';
import { stemsOf } from '../store/stems.ts';
import { type Parcel, packed } from './parcel.ts';
import { prepare, type Raw } from './prepare.ts';
import { type ReadingSettings, readingBy } from './reading.ts';

/** One letter to read. Files are counted as they are judged; those that ended a thread before are left unchecked. */
export interface Errand {
  readonly raw: Raw & { readonly raw: Uint8Array<ArrayBuffer> };
  readonly unchecked: readonly number[];
}

/** `file`: judging one begins, and may take so many milliseconds. `worn`: the thread is better replaced. */
export type Report =
  | { readonly kind: 'ready' }
  | { readonly kind: 'file'; readonly file: number; readonly ms: number }
  | { readonly kind: 'file-done' }
  | {
      readonly kind: 'read';
      readonly parcel: Parcel;
      readonly stems: string;
      readonly passedOn: PassedOn | null;
      readonly worn: boolean;
    }
  | { readonly kind: 'failed'; readonly error: string };

/** What large letters leave behind is not given back for long: a thread that holds so much is better replaced. */
const WORN_BYTES = 96 * 1024 * 1024;

function isWorn(): boolean {
  const { total_heap_size: heap, external_memory: buffers } = getHeapStatistics();
  return wear.worn || heap + buffers > WORN_BYTES;
}

const say = (report: Report) => parentPort?.postMessage(report);

let unchecked: readonly number[] = [];
let files = 0;

/** Judges here: whoever watches this thread ends it where a file takes too long, and has the letter read again without it. */
const here: Pool = {
  ask: async (question, ms) => {
    const file = files++;
    if (unchecked.includes(file)) return { answer: null, ms };
    say({ kind: 'file', file, ms });
    const begun = performance.now();
    const answer = await judgePart(question).catch(() => null);
    say({ kind: 'file-done' });
    return { answer, ms: performance.now() - begun };
  },
  close: async () => {},
};

const reading = readingBy(workerData as ReadingSettings, openJudge(here).judge);

/** The letter that it passes on: where that is attached, it can be read only here, where its bytes are. A report returns one. */
const passedOnIn = ({ message, classification: { kind } }: Letter): PassedOn | null =>
  kind === 'delivery-report' || kind === 'abuse-report' ? null : passedOn(message);

async function read(errand: Errand): Promise<void> {
  unchecked = errand.unchecked;
  files = 0;
  try {
    const letter = await prepare(errand.raw, reading);
    const stems = stemsOf(letter.message.reply).join(' ');
    say({ kind: 'read', parcel: packed(letter), stems, passedOn: passedOnIn(letter), worn: isWorn() });
  } catch (error) {
    say({ kind: 'failed', error: errorWords(error) });
  } finally {
    // its bytes, at once: the collector of garbage takes its time with buffers
    errand.raw.raw.buffer.transfer(0);
  }
}

let last = Promise.resolve();
parentPort?.on('message', (errand: Errand) => {
  last = last.then(() => read(errand));
});
say({ kind: 'ready' });

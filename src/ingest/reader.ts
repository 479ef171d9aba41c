// One worker thread that reads letters, with those it was handed and a watch over the first of them: a letter may be made to
// take for ever or to fill the memory. Who is to blame for the end of a thread is told, and what was behind it given back.

import { Worker } from 'node:worker_threads';
import type { Letter } from '../decide/case.ts';
import type { PassedOn } from '../decode/passed-on.ts';
import { movable } from '../mail/movable.ts';
import type { Stemmed } from '../store/search.ts';
import { unpacked } from './parcel.ts';
import type { Raw } from './prepare.ts';
import type { Errand, Report } from './reader-thread.ts';
import type { ReadingSettings } from './reading.ts';

/** What reading may cost. */
export interface ReadingLimits {
  /** Milliseconds that a thread works on one letter, files apart, which have times of their own. */
  readonly letterMs: number;
  /** Heap of a thread, which ends it at once. */
  readonly heapMegabytes: number;
  /** Heap and buffers of a thread together, looked at as often as its time: the platform bounds no buffers. */
  readonly memoryMegabytes: number;
  /** Sum of the letters that are handed to threads at one time; a larger one goes alone. */
  readonly bytes: number;
  /** How often it is looked whether a letter takes too long or too much, milliseconds. */
  readonly watchMs: number;
}

/** A letter that was read. */
export interface ReadLetter {
  readonly letter: Letter;
  /** Stems of its reply, where they were made on the way. */
  readonly stemmed?: Stemmed | undefined;
  /** The letter that it passes on, null for none; left out where nobody has looked yet and its parts have their bytes. */
  readonly passedOn?: PassedOn | null | undefined;
}

/** A letter that waits to be read. */
export interface Job {
  readonly letter: Omit<Raw, 'raw'> & { readonly size: number };
  /** Gives the bytes, again where a thread ended with them. */
  readonly load: () => Uint8Array;
  /** Files that ended a thread, by their number in the letter. */
  readonly unchecked: readonly number[];
  readonly done: (read: ReadLetter) => void;
  readonly failed: (error: unknown) => void;
}

/** The machine has no thread to give: no letter is to blame. */
export class NoThread extends Error {}

const MB = 1024 * 1024;
/** How long a new thread may take to come up on a busy machine, milliseconds. */
const START_MS = 30_000;
/** Node runs the source as it is; the package holds it compiled. */
const ENDING = import.meta.url.endsWith('.ts') ? 'ts' : 'js';

/** `free`: a letter is done with. `over`: the thread is gone; these letters are to be read by another. */
export interface ReaderEvents {
  free(): void;
  over(left: readonly Job[]): void;
}

export class Reader {
  readonly #worker: Worker;
  readonly #limits: ReadingLimits;
  readonly #events: ReaderEvents;
  #jobs: Job[] = [];
  #ready = false;
  #over = false;
  /** When the first letter had its turn, on the monotonic clock, and what the thread had worked by then. */
  #since = performance.now();
  #worked = 0;
  #file: { readonly number: number; readonly until: number } | null = null;
  /** The watch looks twice: what the thread reported meanwhile may not have been heard yet. */
  #late = false;
  #isAsked = false;

  constructor(settings: ReadingSettings, limits: ReadingLimits, events: ReaderEvents) {
    this.#limits = limits;
    this.#events = events;
    this.#worker = new Worker(new URL(`./reader-thread.${ENDING}`, import.meta.url), {
      workerData: settings,
      resourceLimits: { maxOldGenerationSizeMb: limits.heapMegabytes },
      stdout: true,
      stderr: true,
    });
    this.#worker.unref();
    this.#worker.on('message', (report: Report) => this.#heard(report));
    this.#worker.on('error', () => this.#lose());
    this.#worker.on('exit', () => this.#lose());
  }

  /** Letters in its hands, and their bytes. */
  get letters(): number {
    return this.#jobs.length;
  }

  get bytes(): number {
    return this.#jobs.reduce((sum, { letter }) => sum + letter.size, 0);
  }

  /** Milliseconds that its first letter has taken up to now. */
  get age(): number {
    return this.#jobs.length === 0 ? 0 : performance.now() - this.#since;
  }

  /** Hands it a letter. Throws what `load` throws. */
  take(job: Job): void {
    const { load, letter, unchecked } = job;
    const raw = movable(load());
    const { envelope, receivedAt, oversize, silent } = letter;
    const errand: Errand = { raw: { raw, envelope, receivedAt, oversize, silent }, unchecked };
    this.#worker.postMessage(errand, [raw.buffer]);
    this.#worker.ref();
    if (this.#jobs.push(job) === 1) this.#next();
  }

  /** Ends the thread where its first letter takes too long or fills the memory. */
  watch(): void {
    const overdue = this.#jobs.length > 0 && this.#isOverdue();
    if (overdue && this.#late) this.#lose();
    this.#late = overdue;
    if (this.#ready && this.#jobs.length > 0 && !this.#isAsked) void this.#watchMemory();
  }

  /** The thread answers in the middle of its work. */
  async #watchMemory(): Promise<void> {
    const [first] = this.#jobs;
    this.#isAsked = true;
    const held = await this.#worker.getHeapStatistics().catch(() => null);
    this.#isAsked = false;
    if (held === null || first !== this.#jobs[0]) return;
    if (held.total_heap_size + held.external_memory > this.#limits.memoryMegabytes * MB) this.#lose();
  }

  async end(): Promise<readonly Job[]> {
    this.#over = true;
    await this.#worker.terminate();
    return this.#jobs.splice(0);
  }

  #isOverdue(): boolean {
    const now = performance.now();
    if (!this.#ready) return now - this.#since > START_MS;
    if (this.#file) return now > this.#file.until;
    // waits for name servers and scanners have limits of their own
    return this.#working() - this.#worked > this.#limits.letterMs;
  }

  #working(): number {
    return this.#worker.performance.eventLoopUtilization().active;
  }

  #next(): void {
    this.#since = performance.now();
    this.#worked = this.#working();
    this.#file = null;
    this.#late = false;
    // whoever ends it waits for its end, though a report of it is heard meanwhile
    if (this.#jobs.length === 0 && !this.#over) this.#worker.unref();
  }

  #heard(report: Report): void {
    switch (report.kind) {
      case 'ready':
        this.#ready = true;
        this.#next();
        return;
      case 'file':
        this.#file = { number: report.file, until: performance.now() + report.ms };
        return;
      case 'file-done':
        this.#file = null;
        return;
      case 'read': {
        const letter = unpacked(report.parcel);
        const stemmed = { text: letter.message.reply, stems: report.stems };
        this.#shift()?.done({ letter, stemmed, passedOn: report.passedOn });
        if (report.worn) this.#retire();
        else this.#events.free();
        return;
      }
      case 'failed':
        this.#shift()?.failed(new Error(report.error));
        this.#events.free();
        return;
      default:
        report satisfies never;
    }
  }

  #shift(): Job | undefined {
    const job = this.#jobs.shift();
    this.#next();
    return job;
  }

  /** The thread has ended or is to be ended; its first letter is to blame where the thread had begun with it. */
  #lose(): void {
    if (this.#over) return;
    const first = this.#jobs.shift();
    if (first) this.#jobs.unshift(...this.#blamed(first));
    this.#retire();
  }

  #retire(): void {
    this.#over = true;
    void this.#worker.terminate();
    this.#events.over(this.#jobs.splice(0));
  }

  #blamed(first: Job): readonly Job[] {
    if (!this.#ready) {
      first.failed(new NoThread('a thread that reads letters did not come up'));
      return [];
    }
    if (this.#file) return [{ ...first, unchecked: [...first.unchecked, this.#file.number] }];
    first.failed(new Error('reading this letter took too long or too much memory, and its thread was ended'));
    return [];
  }
}

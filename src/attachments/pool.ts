// Worker threads for judging: a question with its time limit in; the answer, or null where the limit passed or the
// thread broke, out. Threads start when asked for, never keep the process alive when idle, and are replaced when ended.

import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Answer, Question } from './part.ts';

/** How long a new thread may take to come up on a busy machine, milliseconds. */
const START_MS = 30_000;
/** Heap of a thread in MB. Buffers are outside of it: the readers count those while they make them. */
const HEAP_MB = 256;
/** Node runs the source as it is; the package holds it compiled. */
const SCRIPT = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url);

/** What came of a question: the answer, null where it took too long or broke the thread; and the time it took. */
export interface Judged {
  readonly answer: Answer | null;
  readonly ms: number;
}

export interface Pool {
  /** Waiting for a free thread and for a new one to come up is no part of the time. */
  ask(question: Question, ms: number): Promise<Judged>;
  /** Ends all threads; what is under way is answered with null. */
  close(): Promise<void>;
}

interface Thread {
  readonly worker: Worker;
  readonly ready: Promise<boolean>;
}

/** Opens a pool of at most `size` threads; none is started yet. */
export function openPool(size = Math.min(2, availableParallelism())): Pool {
  const idle: Thread[] = [];
  const all = new Set<Thread>();
  const waiting: (() => void)[] = [];
  let busy = 0;

  const end = (thread: Thread) => {
    all.delete(thread);
    return thread.worker.terminate();
  };

  const take = async (): Promise<Thread> => {
    if (busy >= size) await new Promise<void>((resolve) => waiting.push(resolve));
    else busy++;
    const thread = idle.pop() ?? start();
    all.add(thread);
    thread.worker.ref();
    return thread;
  };

  const give = (thread: Thread | null) => {
    if (thread) {
      thread.worker.unref();
      idle.push(thread);
    }
    const next = waiting.shift();
    if (next) next();
    else busy--;
  };

  return {
    async ask(question, ms) {
      const thread = await take();
      const up = await thread.ready;
      const started = performance.now();
      const reply = up ? await exchange(thread.worker, question, ms) : null;
      const took = performance.now() - started;
      const fit = reply !== null && !reply.worn;
      if (!fit) void end(thread);
      give(fit ? thread : null);
      return { answer: reply?.answer ?? null, ms: took };
    },
    async close() {
      idle.length = 0;
      await Promise.all([...all].map(end));
    },
  };
}

function start(): Thread {
  const worker = new Worker(SCRIPT, {
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
    stdout: true,
    stderr: true,
  });
  // Stays for the life of the thread: an error without a listener would end the process.
  worker.on('error', () => {});
  return { worker, ready: reply(worker, START_MS, () => {}).then((message) => message !== null) };
}

interface Reply {
  readonly answer: Answer;
  readonly worn: boolean;
}

function exchange(worker: Worker, question: Question, ms: number): Promise<Reply | null> {
  return reply(worker, ms, () => worker.postMessage(question)) as Promise<Reply | null>;
}

/** The next message of a thread after `ask`; null where it ends, breaks or lets the time pass. */
function reply(worker: Worker, ms: number, ask: () => void): Promise<unknown> {
  return new Promise((resolve) => {
    const settle = (value: unknown) => {
      clearTimeout(timer);
      worker.off('message', settle);
      worker.off('error', broken);
      worker.off('exit', broken);
      resolve(value);
    };
    const broken = () => settle(null);
    const timer = setTimeout(broken, ms);
    worker.on('message', settle);
    worker.on('error', broken);
    worker.on('exit', broken);
    ask();
  });
}

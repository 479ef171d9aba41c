// Worker threads for judging and for previews: a question with its time limit in; the answer, or null where the limit
// passed or the thread broke, out. Threads start when asked for, never keep the process alive when idle, and are
// replaced when ended.

import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Answer, Question } from './part.ts';

/** How long a new thread may take to come up on a busy machine, milliseconds. */
const START_MS = 30_000;
/** Heap of a thread in MB. Buffers are outside of it: the readers count those while they make them. */
const HEAP_MB = 256;
/** Node runs the source as it is; the package holds it compiled. */
const ENDING = import.meta.url.endsWith('.ts') ? 'ts' : 'js';

/** What came of a question: the answer, null where it took too long or broke the thread; and the time it took. */
export interface Asked<A> {
  readonly answer: A | null;
  readonly ms: number;
}

export interface Pool<Q = Question, A = Answer> {
  /** Waiting for a free thread and for a new one to come up is no part of the time. */
  ask(question: Q, ms: number): Promise<Asked<A>>;
  /** Ends all threads; what is under way is answered with null. */
  close(): Promise<void>;
}

interface Thread {
  readonly worker: Worker;
  readonly ready: Promise<boolean>;
}

/**
 * Opens a pool of at most `size` threads; none is started yet. `script` beside this file runs in them: it posts once
 * when it is ready, then a Reply for each question.
 */
export function openPool<Q = Question, A = Answer>(
  size = Math.min(2, availableParallelism()),
  script = 'worker',
): Pool<Q, A> {
  const idle: Thread[] = [];
  const all = new Set<Thread>();
  const waiting: (() => void)[] = [];
  let busy = 0;
  let closed = false;

  const end = (thread: Thread) => {
    all.delete(thread);
    return thread.worker.terminate();
  };

  const take = async (): Promise<Thread> => {
    if (busy >= size) await new Promise<void>((resolve) => waiting.push(resolve));
    else busy++;
    const thread = idle.pop() ?? start(script);
    all.add(thread);
    thread.worker.ref();
    return thread;
  };

  const give = (thread: Thread | null) => {
    // whoever closes the pool waits for the end of its threads, though an answer of one is heard meanwhile
    if (thread && !closed) {
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
      const reply = up ? await exchange<A>(thread.worker, question, ms) : null;
      const took = performance.now() - started;
      const fit = reply !== null && !reply.worn;
      if (!fit) void end(thread);
      give(fit ? thread : null);
      return { answer: reply?.answer ?? null, ms: took };
    },
    async close() {
      closed = true;
      idle.length = 0;
      await Promise.all([...all].map(end));
    },
  };
}

function start(script: string): Thread {
  const worker = new Worker(new URL(`./${script}.${ENDING}`, import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
    stdout: true,
    stderr: true,
  });
  // Stays for the life of the thread: an error without a listener would end the process.
  worker.on('error', () => {});
  return { worker, ready: reply(worker, START_MS, () => {}).then((message) => message !== null) };
}

/** What a thread posts; `worn` where it is better replaced. */
export interface Reply<A = Answer> {
  readonly answer: A;
  readonly worn: boolean;
}

function exchange<A>(worker: Worker, question: unknown, ms: number): Promise<Reply<A> | null> {
  return reply(worker, ms, () => worker.postMessage(question)) as Promise<Reply<A> | null>;
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

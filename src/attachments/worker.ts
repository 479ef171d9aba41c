// A worker thread that judges one part after the other: a Question in, an Answer out, with whether the thread is worn
// and better replaced. It may be ended at any moment; it holds nothing that anybody needs.

import { parentPort } from 'node:worker_threads';
import { judgePart, type Question } from './part.ts';
import { wear } from './unrar.ts';

parentPort?.on('message', async (question: Question) => {
  const answer = await judgePart(question);
  parentPort?.postMessage({ answer, worn: wear.worn });
});
parentPort?.postMessage('ready');

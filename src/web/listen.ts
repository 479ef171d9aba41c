// The socket in front of the pages. A place that is taken is tried again until it is free: no letter waits for it.

import { createAdaptorServer } from '@hono/node-server';
import type { Hono } from 'hono';
import type { Log } from '../config/log.ts';
import { toldOnce } from '../config/told-once.ts';
import { limitConnections } from './connections.ts';

const AGAIN_MS = 5_000;
const CONNECTIONS = { all: 100, perAddress: 20 };
/** Node looks only every half minute by itself, and lets a request's head take a minute. */
const PATIENCE = {
  headersTimeout: 5_000,
  requestTimeout: 10_000,
  keepAliveTimeout: 5_000,
  connectionsCheckingInterval: 1_000,
};

export interface WebListener {
  start(): void;
  /** Ends at once what is under way. */
  stop(): Promise<void>;
  /** The port, once somebody listens there; for port 0. */
  port(): number | null;
}

/** A listener at an address of this machine; nothing is opened before `start`. */
export function webListener(app: Hono, place: { readonly host: string; readonly port: number }, log: Log): WebListener {
  const where = `http://${place.host.includes(':') ? `[${place.host}]` : place.host}:${place.port}`;
  const own = log.child({ listener: where });
  const trouble = toldOnce(own, 'not-listening', `can't listen at ${where}`, `listening at ${where} after all`);
  const server = createAdaptorServer({ fetch: app.fetch, serverOptions: PATIENCE });
  limitConnections(server, CONNECTIONS);
  let again: NodeJS.Timeout | undefined;
  let stopped = false;
  const listen = () => void server.listen(place.port, place.host);
  server.on('listening', () => {
    trouble.well();
    own.info({ event: 'listening' }, `pages and metrics at ${where}`);
  });
  server.on('error', (error: Error) => {
    trouble.wrong(error.message);
    if (!stopped && !server.listening) again = setTimeout(listen, AGAIN_MS);
  });
  return {
    start: listen,
    stop: async () => {
      stopped = true;
      clearTimeout(again);
      if (!server.listening) return;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      if ('closeAllConnections' in server) server.closeAllConnections();
      await closed;
    },
    port: () => {
      const address = server.address();
      return typeof address === 'object' && address !== null ? address.port : null;
    },
  };
}

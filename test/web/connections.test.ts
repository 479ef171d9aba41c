// Connections that ask for nothing stand in nobody's way: neither a monitor's nor a customer's.

import { EventEmitter } from 'node:events';
import net from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { Hono } from 'hono';
import { limitConnections } from '../../src/web/connections.ts';
import { type WebListener, webListener } from '../../src/web/listen.ts';
import { until } from '../support/condition.ts';
import { rememberingLog } from '../support/store.ts';

let listener: WebListener | null = null;
const sockets: net.Socket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await listener?.stop();
});

async function served(): Promise<number> {
  const app = new Hono();
  app.get('/healthz', (c) => c.text('well'));
  listener = webListener(app, { host: '127.0.0.1', port: 0 }, rememberingLog());
  listener.start();
  return until(() => listener?.port(), 5_000, 'somebody listens');
}

/** Connects, says a part of a request, and is closed by nobody but the other side. */
async function halfOpen(port: number, said: string): Promise<net.Socket> {
  const socket = net.connect(port, '127.0.0.1');
  socket.on('error', () => {});
  sockets.push(socket);
  await new Promise((resolve) => socket.once('connect', resolve));
  socket.write(said);
  return socket;
}

test.each([
  ['a head that never ends', 'GET /healthz HTTP/1.1\r\nHost: x\r\n'],
  ['a body that never comes', 'POST /healthz HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n'],
  ['nothing at all', ''],
])('a monitor is answered at once while two hundred connections hold out %s', async (_, said) => {
  const port = await served();
  for (let i = 0; i < 200; i++) await halfOpen(port, said);
  const began = performance.now();
  const answer = await fetch(`http://127.0.0.1:${port}/healthz`, { headers: { connection: 'close' } });
  expect(await answer.text()).toBe('well');
  expect(performance.now() - began).toBeLessThan(2_000);
});

test('a head that does not come whole within seconds is hung up on', async () => {
  const port = await served();
  const socket = await halfOpen(port, 'GET /healthz HTTP/1.1\r\n');
  const began = performance.now();
  socket.resume();
  await new Promise((resolve) => socket.once('close', resolve));
  expect(performance.now() - began).toBeLessThan(10_000);
});

/** A socket of an address, as far as the limits look at it. */
function socketOf(remoteAddress: string) {
  const state = { closed: false };
  const socket = Object.assign(new EventEmitter(), {
    remoteAddress,
    destroy: () => {
      state.closed = true;
      socket.emit('close');
    },
  });
  return { socket, state };
}

function limited(limits: { readonly all: number; readonly perAddress: number }) {
  const server = new EventEmitter();
  limitConnections(server, limits);
  return {
    connect: (address: string) => {
      const { socket, state } = socketOf(address);
      server.emit('connection', socket);
      const response = new EventEmitter();
      return {
        closed: () => state.closed,
        ask: () => server.emit('request', { socket, complete: true }, response),
        answered: () => response.emit('close'),
      };
    },
  };
}

const closed = (connections: readonly { closed(): boolean }[]) => connections.map((one) => one.closed());

test('one address takes the place of its own connections, the oldest first, and of nobody else’s', () => {
  const server = limited({ all: 10, perAddress: 2 });
  const neighbour = server.connect('192.0.2.7');
  const flood = Array.from({ length: 4 }, () => server.connect('::ffff:192.0.2.8'));
  expect(closed([neighbour, ...flood])).toEqual([false, true, true, false, false]);
});

test('addresses of one IPv6 network are one, those of another are not', () => {
  const server = limited({ all: 10, perAddress: 1 });
  const addresses = ['2001:db8:0:1::1', '2001:db8:0:1:aaaa::2', '2001:db8:0:2::1', '2001:db8::1:0:0:1'];
  expect(closed(addresses.map((address) => server.connect(address)))).toEqual([true, false, false, false]);
});

test('a web server in front, which brings everybody’s requests, has no limit of its own', () => {
  const server = limited({ all: 10, perAddress: 2 });
  expect(closed(Array.from({ length: 5 }, () => server.connect('127.0.0.1')))).toEqual(Array(5).fill(false));
});

test('a request that came whole is answered: whoever comes then is turned away, until it is', () => {
  const server = limited({ all: 1, perAddress: 1 });
  const first = server.connect('192.0.2.1');
  first.ask();
  const second = server.connect('192.0.2.2');
  expect(closed([first, second])).toEqual([false, true]);
  first.answered();
  const third = server.connect('192.0.2.3');
  expect(closed([first, third])).toEqual([true, false]);
});

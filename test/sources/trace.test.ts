import { expect, test } from '@jest/globals';
import { tracedArrival, tracedEnvelope } from '../../src/sources/trace.ts';

const bytes = (text: string) => Buffer.from(text, 'latin1');

test('only the topmost Return-Path counts, for a sender may write one of their own below', () => {
  const raw = bytes('Received: x\nReturn-Path:\n <real@example.net>\nReturn-Path: <>\n\n');
  expect(tracedEnvelope(raw).from).toBe('real@example.net');
});

test('a letter may name its recipients any number of times without filling the memory', () => {
  const raw = bytes(Array.from({ length: 5000 }, (_, i) => `Delivered-To: a${i}@example.org`).join('\n'));
  expect(tracedEnvelope(raw).to).toHaveLength(20);
});

test('what is behind the header block is no trace', () => {
  expect(tracedEnvelope(bytes('Subject: x\r\n\r\nReturn-Path: <a@example.net>\r\n')).from).toBeNull();
  expect(tracedArrival(bytes('Subject: x\r\n\r\nReceived: x; Mon, 2 Nov 2026 10:00:00 +0300\r\n'))).toBeNull();
});

test('a Received with a date that nobody can read says nothing', () => {
  expect(tracedArrival(bytes('Received: from a by b; gestern\n\n'))).toBeNull();
  expect(tracedArrival(bytes('Received: from a by b\n\n'))).toBeNull();
});

test('megabytes of header are read as far as the limit', () => {
  const raw = bytes(`X: ${'y'.repeat(5_000_000)}\nReturn-Path: <late@example.net>\n\n`);
  const begun = performance.now();
  expect(tracedEnvelope(raw).from).toBeNull();
  expect(performance.now() - begun).toBeLessThan(200);
});

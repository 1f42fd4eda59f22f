import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { createWaits } from './delay.ts';

const LONG = 2_000_000_000;

test('a wait ends when the client goes, and leaves nothing behind', async () => {
  const gone = new EventEmitter();
  const waiting = createWaits().wait(LONG, gone);
  expect(gone.listenerCount('close')).toBe(1);
  gone.emit('close');
  await waiting;
  expect(gone.listenerCount('close')).toBe(0);
});

test('all waits end together', async () => {
  const waits = createWaits();
  const gone = new EventEmitter();
  const waiting = [LONG, LONG].map(milliseconds => waits.wait(milliseconds, gone));
  waits.end();
  await Promise.all(waiting);
  expect(gone.listenerCount('close')).toBe(0);
});

test('a wait ends by itself', async () => {
  const gone = new EventEmitter();
  await createWaits().wait(1, gone);
  expect(gone.listenerCount('close')).toBe(0);
});

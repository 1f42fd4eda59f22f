import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Journal } from '../../gateway/stages/canary/journal.ts';
import { journalFile } from './journal-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rehearsal-journal-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const JOURNAL: Journal = {
  version: 1,
  run: 'r1',
  document: 'pets',
  stage: 'live',
  apiId: 'a1b2c3d4e5',
  stageName: 'prod',
  before: { deploymentId: 'old001', variables: { color: 'blue' }, canary: undefined },
  steps: [5, 25],
  ending: 'promote',
  phase: { kind: 'judging', step: 1 },
  known: ['GET /pets response-body'],
  began: '2026-01-01T12:00:00.000Z',
  changed: '2026-01-01T12:00:01.000Z',
};

test('is read as it was written, of each stage its own', () => {
  const store = journalFile(folder, JOURNAL.apiId, 'prod');
  expect(store.read()).toBeUndefined();
  const canary = { deploymentId: 'new001', percentTraffic: 12.5, variables: {}, useStageCache: false };
  for (const journal of [
    JOURNAL,
    { ...JOURNAL, before: { ...JOURNAL.before, canary } },
    { ...JOURNAL, phase: { kind: 'ended', outcome: 'held', reason: 'Good.' } } as const,
  ]) {
    store.write(journal);
    expect(store.read()).toEqual(journal);
  }
  expect(journalFile(folder, JOURNAL.apiId, 'dev').read()).toBeUndefined();
});

test('is for the eyes of its owner, and leaves no drafts', () => {
  journalFile(folder, JOURNAL.apiId, 'prod').write(JOURNAL);
  const place = join(folder, '.rehearsal/canary/a1b2c3d4e5');
  expect(readdirSync(place)).toEqual(['prod.json']);
  expect(statSync(join(place, 'prod.json')).mode & 0o077).toBe(0);
});

test.each([
  ['', 'Unexpected end of JSON input'],
  ['{', "Expected property name or '}'"],
  ['{"version": 2}', 'cannot be read'],
  [JSON.stringify({ ...JOURNAL, phase: { kind: 'flying' } }), '/phase/kind'],
])('what we have not written is refused: %s', (text, words) => {
  const store = journalFile(folder, JOURNAL.apiId, 'prod');
  store.write(JOURNAL);
  writeFileSync(join(folder, '.rehearsal/canary/a1b2c3d4e5/prod.json'), text);
  expect(store.read).toThrow(words);
  expect(store.read).toThrow('Move it away');
});

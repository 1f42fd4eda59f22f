/** Paths against what Jayway JsonPath 2.0.0 answered: `recorded/record.fixture.ts` says how it was asked. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DEFAULT_LIMITS, Meter } from '../meter.ts';
import { fromJson } from '../value-json.ts';
import { toJson } from '../value-text.ts';
import { evaluatePath } from './evaluate.ts';
import { compilePath } from './parse-path.ts';

interface Recorded {
  readonly document: string;
  readonly path: string;
  readonly answer: string;
}

/** Where we differ, each with its reason. */
const DIFFERENCES: Readonly<Record<string, string>> = {
  '$[?]':
    'a filter given beside the path, which API Gateway has no way to give, is refused before anything is read',
  '$[?,?]': 'the same',
  '$.length()': 'read as the number of items, as later versions do',
};

function recordings(): readonly Recorded[] {
  const text = readFileSync(join(import.meta.dirname, 'recorded/jayway-2.0.0.jsonl'), 'utf8');
  let document = '';
  return text
    .trimEnd()
    .split('\n')
    .flatMap(line => {
      const row = JSON.parse(line) as Readonly<Record<string, string>>;
      document = row['document'] ?? document;
      if (row['path'] === undefined) return [];
      const answer = row['value'] ?? (row['refused'] === undefined ? thrown(row['thrown']) : 'refused');
      return [{ document, path: row['path'], answer }];
    });
}

function thrown(name: string | undefined): string {
  return name === 'PathNotFoundException' ? 'absent' : 'failed';
}

function answerOf(document: string, source: string): string {
  const path = compilePath(source);
  if (path.kind === 'refused') return path.kind;
  const root = fromJson(document);
  if ('error' in root) throw new Error(root.error.message);
  const meter = new Meter(DEFAULT_LIMITS);
  const result = evaluatePath(path, root.value, meter);
  return result.kind === 'found' ? toJson(result.value, meter) : result.kind;
}

test('every recorded path finds what Jayway found, or gives up where it did', () => {
  const recorded = recordings();
  const unlike = recorded.flatMap(({ document, path, answer }) => {
    const ours = answerOf(document, path);
    return ours === answer || DIFFERENCES[path] !== undefined
      ? []
      : [{ path, document, jayway: answer, ours }];
  });
  expect(unlike).toEqual([]);
  expect(recorded.length).toBeGreaterThan(1500);
});

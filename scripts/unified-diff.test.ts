import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyEdits, type TextEdit } from '../contract/document/insert-members.ts';
import { unifiedDiff } from './unified-diff.ts';

test('git makes of any text and its diff what the edits make of it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rehearsal-diff-'));
  const file = join(folder, 'a.txt');
  const lines = fc.array(fc.constantFrom('a', 'b', '', '  c'), { maxLength: 30 });
  const cuts = fc.array(
    fc.tuple(fc.nat(80), fc.nat(4), fc.constantFrom('', 'x', 'x\n', '\ny', 'one\ntwo\n')),
    { maxLength: 4 },
  );
  try {
    fc.assert(
      fc.property(lines, fc.boolean(), cuts, (all, ended, raw) => {
        const text = all.join('\n') + (ended ? '\n' : '');
        const edits: TextEdit[] = [];
        for (const [at, length, added] of raw.toSorted((a, b) => a[0] - b[0])) {
          const start = Math.min(at, text.length);
          if (start < (edits.at(-1)?.end ?? 0)) continue;
          edits.push({ start, end: Math.min(text.length, start + length), text: added });
        }
        const wanted = applyEdits(text, edits);
        fc.pre(text !== '' && wanted !== '');
        const diff = unifiedDiff('a.txt', text, edits);
        writeFileSync(file, text);
        if (diff !== '')
          execFileSync('git', ['apply', '--unidiff-zero', '-'], { cwd: folder, input: diff, stdio: 'pipe' });
        expect(readFileSync(file, 'utf8')).toBe(wanted);
      }),
      { numRuns: 120 },
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

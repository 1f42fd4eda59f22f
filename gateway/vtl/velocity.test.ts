/**
 * The engine beside Apache Velocity 1.7: what that made of 2,500 templates was recorded with `test/velocity/record.ts`. A
 * third of them was written to be odd, a third is made by a grammar, a third are those of the first with mistypings. Every
 * one must come out the same, to the byte.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { generatedTemplates } from '../../test/velocity/grammar.ts';
import { mutatedTemplates } from '../../test/velocity/mutated.ts';
import { writtenTemplates } from '../../test/velocity/templates.ts';
import { variables } from '../../test/velocity/variables.ts';
import { VELOCITY } from './dialect.ts';
import { compileTemplate } from './template.ts';
import { TemplateError } from './template-error.ts';

interface Recorded {
  readonly topic: string;
  readonly template: string;
  readonly output?: string;
  /** The class of what Velocity threw. */
  readonly error?: string;
}

const file = join(import.meta.dirname, '../../test/velocity/generated/recorded.json');
const recorded = JSON.parse(readFileSync(file, 'utf8')) as readonly Recorded[];

/** What is thrown for what Velocity throws. */
const CODES: Readonly<Record<string, string>> = {
  ParseErrorException: 'TEMPLATE_INVALID',
  MethodInvocationException: 'TEMPLATE_FAILED',
  TemplateInitException: 'TEMPLATE_FAILED',
  MacroOverflowException: 'TEMPLATE_LIMIT',
  OutOfMemoryError: 'TEMPLATE_LIMIT',
};

/** Where Velocity has no exception of its own, or reads a text only when it comes to it, ours says more or less. */
const OTHER_CODE = /^#(?:evaluate|define|literal|foreach)\b/;

describe.each([...Map.groupBy(recorded, ({ topic }) => topic)])('%s', (_, rows) => {
  test.each(rows.map(row => [JSON.stringify(row.template), row] as const))('%s', (_name, row) => {
    const outcome = rendered(row.template);
    if (row.error === undefined) expect(outcome).toBe(row.output);
    else {
      expect(outcome).toBeInstanceOf(TemplateError);
      const code = CODES[row.error];
      if (code !== undefined && !OTHER_CODE.test(row.template)) expect(outcome).toMatchObject({ code });
    }
  });
});

function rendered(template: string): unknown {
  try {
    return compileTemplate(template, { dialect: VELOCITY }).render(variables());
  } catch (error) {
    return error;
  }
}

test('what was recorded is what stands in the files and what chance makes', () => {
  const of = (wanted: (topic: string) => boolean): readonly string[] =>
    recorded.filter(({ topic }) => wanted(topic)).map(({ template }) => template);
  const generated = of(topic => topic === 'generated');
  const mutated = of(topic => topic === 'mutated');
  const written = of(topic => topic !== 'generated' && topic !== 'mutated');
  expect(written).toEqual(writtenTemplates().map(({ template }) => template));
  expect(generatedTemplates(17, generated.length)).toEqual(generated);
  const all = new Set(mutatedTemplates(17, 800));
  expect(mutated.filter(template => !all.has(template))).toEqual([]);
  expect(Math.min(written.length, generated.length, mutated.length)).toBeGreaterThan(700);
});

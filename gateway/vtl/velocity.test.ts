/**
 * The engine beside Apache Velocity 1.7: what that made of more than 1,600 templates, half of them written to be odd and
 * half made by a grammar, was recorded with `test/velocity/record.ts`. Every one must come out the same, to the byte.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { generatedTemplates } from '../../test/velocity/grammar.ts';
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

test('what was recorded is what stands in the files and what the grammar makes', () => {
  const written = writtenTemplates().map(({ template }) => template);
  const generated = recorded.filter(({ topic }) => topic === 'generated').map(({ template }) => template);
  expect(recorded.filter(({ topic }) => topic !== 'generated').map(({ template }) => template)).toEqual(
    written,
  );
  expect(generatedTemplates(17, generated.length)).toEqual(generated);
  expect(written.length).toBeGreaterThan(800);
  expect(generated.length).toBeGreaterThan(500);
});

/**
 * The engine beside Apache Velocity 1.7: what that made of more than 3,000 templates was recorded with
 * `test/velocity/record.ts`. Some are written to be odd, some made by a grammar, some call methods with whatever comes,
 * some are those of the first with mistypings. Every one must come out the same, to the byte.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { callTemplates } from '../../test/velocity/calls.ts';
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
const OTHER_CODE = /^#(?:define|literal|foreach)\b|#evaluate\b/;

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

const CHANCE = ['generated', 'calls', 'mutated'];

test('what was recorded is what stands in the files and what chance makes', () => {
  const written = recorded.filter(({ topic }) => !CHANCE.includes(topic)).map(({ template }) => template);
  expect(written).toEqual(writtenTemplates().map(({ template }) => template));
  const made = [generatedTemplates, callTemplates, mutatedTemplates].map(make => new Set(make(17, 800)));
  for (const [index, topic] of CHANCE.entries()) {
    const templates = recorded.filter(one => one.topic === topic).map(({ template }) => template);
    expect(templates.length).toBeGreaterThan(700);
    expect(templates.filter(template => made[index]?.has(template) !== true)).toEqual([]);
  }
});

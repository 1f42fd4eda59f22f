/**
 * Templates of mock integrations beside Apache Velocity 1.7: what that made of them was recorded with
 * `test/velocity/record-mocks.ts`, for every document of the corpus and a hostile one. Ours come out the same, in both
 * dialects, and what comes out is what the mock plan says.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { mockPlan } from '../../contract/plan/mock-plan.ts';
import {
  digest,
  HOSTILE,
  hostileContract,
  type MockTemplate,
  mockTemplates,
  type Wishes,
} from '../../test/velocity/mock-templates.ts';
import { API_GATEWAY, type Dialect, VELOCITY } from '../vtl/dialect.ts';
import { DEFAULT_LIMITS, Meter } from '../vtl/meter.ts';
import { compileTemplate, type Template } from '../vtl/template.ts';
import { contextVariable } from '../vtl/variables/context.ts';
import { responseOverrides } from '../vtl/variables/overrides.ts';
import { templateVariables } from '../vtl/variables/template-variables.ts';

interface Recorded {
  readonly name: string;
  readonly template: string;
  readonly wishes: Wishes;
  /** The text, or `sha256 …` of a long one. */
  readonly output: string;
  readonly status?: number;
  /** A line `name: value` for each, sorted. */
  readonly headers?: string;
}

const file = join(import.meta.dirname, '../../test/velocity/generated/recorded-mocks.json');
const recorded = JSON.parse(readFileSync(file, 'utf8')) as readonly Recorded[];
const templates = mockTemplates();

interface Rendered {
  readonly text: string;
  readonly status: number | undefined;
  readonly headers: string;
}

const compiled = new Map<string, Template>();

function rendered(source: string, { prefer, code, example }: Wishes, dialect: Dialect): Rendered {
  const key = `${dialect === VELOCITY} ${source}`;
  const template = compiled.get(key) ?? compileTemplate(source, { dialect });
  compiled.set(key, template);
  const context = contextVariable({});
  const given = (name: string, value: string | undefined): [string, string[]][] =>
    value === undefined ? [] : [[name, [value]]];
  const text = template.render(
    templateVariables({
      body: '',
      path: new Map(),
      querystring: new Map([...given('__code', code), ...given('__example', example)]),
      header: new Map(given('Prefer', prefer)),
      stageVariables: {},
      context,
    }),
  );
  const { status, header } = responseOverrides(context, new Meter(DEFAULT_LIMITS));
  const headers = [...header].map(([name, value]) => `${name}: ${value}\n`).toSorted();
  return { text, status, headers: headers.join('') };
}

test('what was recorded is what mock integrations have', () => {
  const named = ({ name, template, wishes }: MockTemplate): unknown => ({
    name,
    template: digest(template),
    wishes,
  });
  expect(recorded.map(({ name, template, wishes }) => ({ name, template, wishes }))).toEqual(
    templates.map(named),
  );
  expect(recorded.length).toBeGreaterThan(1_500);
});

test.each([
  ['API Gateway', API_GATEWAY],
  ['Apache Velocity 1.7', VELOCITY],
])('in the dialect of %s each comes out as recorded', (_name, dialect) => {
  for (const [index, { name, template, wishes }] of templates.entries()) {
    const { text, status, headers } = rendered(template, wishes, dialect);
    const row = recorded[index];
    const output = row?.output ?? '';
    const shown = output.startsWith('sha256 ') ? `sha256 ${digest(text)}` : text;
    const told = { name, wishes, text: shown, status, headers };
    expect(told).toEqual({ name, wishes, text: output, status: row?.status, headers: row?.headers ?? '' });
  }
});

test('Velocity gave the bodies of the plan, to the byte', () => {
  const [operation] = hostileContract().operations;
  const answers = operation === undefined ? [] : mockPlan(operation).answers.slice(0, 2 * HOSTILE.length);
  expect(answers).toHaveLength(2 * HOSTILE.length);
  for (const { name = '', mediaType = '', body } of answers) {
    const place = `hostile GET /hostile default ${mediaType}`;
    const wishes = { prefer: `example=${JSON.stringify(name)}` };
    const row = recorded.find(
      one => one.name === place && JSON.stringify(one.wishes) === JSON.stringify(wishes),
    );
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(body);
    expect(row?.output).toBe(text.length > 120 ? `sha256 ${digest(text)}` : text);
  }
});

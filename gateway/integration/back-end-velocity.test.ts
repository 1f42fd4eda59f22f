/**
 * Templates that look into a request beside Apache Velocity 1.7: what that made of them was recorded with
 * `test/velocity/record-back-ends.ts`. Ours come out the same in both dialects, and what comes out is JSON.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type BackEndTemplate, backEndTemplates, digest } from '../../test/velocity/back-end-templates.ts';
import { API_GATEWAY, type Dialect, VELOCITY } from '../vtl/dialect.ts';
import { compileTemplate } from '../vtl/template.ts';
import { contextVariable } from '../vtl/variables/context.ts';
import { templateVariables } from '../vtl/variables/template-variables.ts';

interface Recorded {
  readonly name: string;
  readonly template: string;
  readonly output: string;
}

const file = join(import.meta.dirname, '../../test/velocity/generated/recorded-back-ends.json');
const recorded = JSON.parse(readFileSync(file, 'utf8')) as readonly Recorded[];
const templates = backEndTemplates();

function rendered({ template, body, values }: BackEndTemplate, dialect: Dialect): string {
  const placed = (place: string): Map<string, string[]> =>
    new Map(values.flatMap(one => (one.place === place ? [[one.name, [one.value]]] : [])));
  return compileTemplate(template, { dialect }).render(
    templateVariables({
      body,
      path: placed('path'),
      querystring: placed('querystring'),
      header: placed('header'),
      stageVariables: {},
      context: contextVariable({}),
    }),
  );
}

test('what was recorded is what integrations have', () => {
  expect(recorded.map(({ name, template }) => [name, template])).toEqual(
    templates.map(({ name, template }) => [name, digest(template)]),
  );
});

test.each([
  ['API Gateway', API_GATEWAY],
  ['Apache Velocity 1.7', VELOCITY],
])('in the dialect of %s each comes out as recorded, and is JSON', (_name, dialect) => {
  for (const [index, template] of templates.entries()) {
    const output = rendered(template, dialect);
    // How JSON that came is written again is not Velocity's matter.
    const same = (text: string): unknown => JSON.parse(text);
    expect([template.name, same(output)]).toEqual([template.name, same(recorded[index]?.output ?? '')]);
    if (template.name.startsWith('echo')) expect(output).toBe(recorded[index]?.output);
  }
});

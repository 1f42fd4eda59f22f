import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { API_GATEWAY, type Dialect, VELOCITY } from '../gateway/vtl/dialect.ts';
import { DEFAULT_LIMITS } from '../gateway/vtl/meter.ts';
import { GATEWAY_LIST_METHODS, LIST_METHODS } from '../gateway/vtl/methods/list-methods.ts';
import { ENTRY_METHODS, MAP_METHODS } from '../gateway/vtl/methods/map-methods.ts';
import { BOOLEAN_METHODS, NUMBER_METHODS } from '../gateway/vtl/methods/number-methods.ts';
import { STRING_METHODS } from '../gateway/vtl/methods/string-methods.ts';
import { compileTemplate } from '../gateway/vtl/template.ts';
import { contextVariable } from '../gateway/vtl/variables/context.ts';
import { templateVariables } from '../gateway/vtl/variables/template-variables.ts';

const page = readFileSync(join(import.meta.dirname, '../docs/reference/mapping-templates.md'), 'utf8');

/** The rows of the tables below a heading, each as the insides of its cells without the code marks. */
function rowsOf(heading: string): readonly (readonly string[])[] {
  const [, section = ''] = page.split(`\n## ${heading}\n`);
  const lines = (section.split('\n## ')[0] ?? '').split('\n').filter(line => line.startsWith('| `'));
  return lines.map(line =>
    line
      .slice(2, -2)
      .split(' | ')
      .map(cell => cell.replace(/^`(.*)`$/, '$1')),
  );
}

function render(template: string, dialect: Dialect): string {
  return compileTemplate(template, { dialect }).render(new Map([['input', 'body']]));
}

describe('docs/reference/mapping-templates.md', () => {
  for (const heading of ['What there is', 'Values and their methods']) {
    test.each(rowsOf(heading).map(row => [row[0] ?? '', row[1] ?? '']))(
      `${heading}: %s`,
      (template, output) => {
        expect(render(template, API_GATEWAY)).toBe(output);
      },
    );
  }

  test.each(
    rowsOf('Where API Gateway is not Velocity').map(row => [row[0] ?? '', row[1] ?? '', row[2] ?? '']),
  )('both dialects: %s', (template, velocity, gateway) => {
    expect(render(template, VELOCITY)).toBe(velocity);
    expect(render(template, API_GATEWAY)).toBe(gateway);
  });

  test.each(rowsOf('Where this engine is not Java').map(row => [row[0] ?? '', row[2] ?? '']))(
    'not as Java: %s',
    (template, output) => {
      expect(render(template, VELOCITY)).toBe(output);
    },
  );

  test.each(rowsOf('Odd, and true').map(row => [row[0] ?? '', row[1] ?? '']))(
    'odd: %s',
    (template, output) => {
      expect(render(template, VELOCITY)).toBe(output);
    },
  );

  test.each(rowsOf('What a template sees of a request').map(row => [row[0] ?? '', row[1] ?? '']))(
    'of a request: %s',
    (template, output) => {
      const variables = templateVariables({
        body: `{"name": "Rex", "tags": ["a", "b"], "owner": {"name": "it's Ada"}}`,
        path: new Map([['petId', ['7']]]),
        querystring: new Map([['q', ['1', 'two']]]),
        header: new Map([['X-Trace', ['t']]]),
        stageVariables: { version: 'v1' },
        context: contextVariable({ stage: 'prod', identity: { sourceIp: '127.0.0.1' } }),
      });
      expect(compileTemplate(template).render(variables)).toBe(output);
    },
  );

  test.each(rowsOf('JSONPath').map(row => [row[0] ?? '', row[1] ?? '']))('path: %s', (path, found) => {
    const [, body = ''] = /Of `(\{"pets".*\})`:/.exec(page) ?? [];
    const variables = templateVariables({
      body,
      path: new Map(),
      querystring: new Map(),
      header: new Map(),
      stageVariables: {},
      context: contextVariable({}),
    });
    expect(
      compileTemplate(`#set($path = "${path.replaceAll('$', '${D}')}")$input.json($path)`).render(
        new Map([...variables, ['D', '$']]),
      ),
    ).toBe(found);
  });

  test('the rows were found', () => {
    expect(rowsOf('What a template sees of a request').length).toBeGreaterThan(12);
    expect(rowsOf('JSONPath').length).toBeGreaterThan(13);
    expect(rowsOf('What there is').length).toBeGreaterThan(15);
    expect(rowsOf('Where API Gateway is not Velocity').length).toBeGreaterThan(8);
    expect(rowsOf('Where this engine is not Java').length).toBeGreaterThan(4);
    expect(rowsOf('Odd, and true').length).toBeGreaterThan(10);
  });

  test('names every limit and what it is unless told', () => {
    const limits = Object.fromEntries(rowsOf('Limits').map(([name, value]) => [name, Number(value)]));
    expect(limits).toEqual(DEFAULT_LIMITS);
  });

  test.each([
    ['String', [...STRING_METHODS.keys()]],
    ['number', [...NUMBER_METHODS.keys()]],
    ['boolean', [...BOOLEAN_METHODS.keys()]],
    ['list', [...LIST_METHODS.keys(), ...GATEWAY_LIST_METHODS.keys()]],
    ['map', [...MAP_METHODS.keys()]],
    ['entry', [...ENTRY_METHODS.keys()]],
  ])('names every method of %s', (type, methods) => {
    const line = page.split('\n').find(row => row.startsWith(`| ${type} | `)) ?? '';
    const named = [...line.matchAll(/`(\w+)`/g)].map(([, name]) => name);
    expect(named).toEqual(methods.toSorted());
  });
});

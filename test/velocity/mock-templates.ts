/**
 * Every template that mock integrations of the corpus and of one hostile document have, each with wishes that lead
 * through its branches. What Apache Velocity makes of them is recorded by `record-mocks.ts`.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isObject, type Json } from '../../contract/json/value.ts';
import type { Contract } from '../../contract/model.ts';
import { mockPlan } from '../../contract/plan/mock-plan.ts';
import { contractFromText, contractFromValue } from '../../contract/read.ts';
import { ATTRIBUTION, mockIntegration } from '../../gateway/integration/mock-integration.ts';

/** What a request wishes for; undefined for what it does not send. */
export interface Wishes {
  readonly prefer?: string;
  readonly code?: string;
  readonly example?: string;
}

export interface MockTemplate {
  /** The document, the operation and the place in its integration. */
  readonly name: string;
  readonly template: string;
  readonly wishes: Wishes;
}

const root = join(import.meta.dirname, '../..');

/** Texts that mean something to a template, to a string of it, or to a line of it. */
export const HOSTILE: readonly string[] = [
  '$foo ${bar} $!{baz} $context.deploymentId',
  '#if($x) #else #end #set($a = 1) #foreach',
  '## not a comment',
  '#* neither *# #[[ nor this ]]#',
  `'single' "double" ''two'' \\" \\\\ \\$x \\#if`,
  'line\r\nline\nline\rline',
  '\u{1F600} \u2028 \u2029 \u00A0 \uFEFF e\u0301',
  '$',
  '#',
  '\\',
  '  blanks around\t ',
  '',
];

/** One operation whose examples are the hostile texts, as JSON and as plain text, in several responses. */
export function hostileContract(): Contract {
  const examples = Object.fromEntries(HOSTILE.map((text, index) => [`e${index} it's`, { value: text }]));
  const objects = Object.fromEntries(
    HOSTILE.map((text, index) => [`o${index}`, { value: { [text]: [text, { deep: text }] } }]),
  );
  const content: Json = {
    'application/json': { schema: {}, examples: objects },
    'text/plain': { schema: { type: 'string' }, examples },
  };
  const headers: Json = { 'X-Note': { schema: { type: 'string' }, example: 'a $b #if' } };
  const { contract } = contractFromValue({
    openapi: '3.1.1',
    info: { title: 'Hostile', version: '1' },
    paths: {
      '/hostile': {
        get: {
          responses: {
            '200': { description: 'x', headers, content },
            '404': { description: 'x', content: { 'text/plain': { schema: {}, example: '$foo ## #end' } } },
            '4XX': {
              description: 'x',
              content: { 'application/json': { schema: {}, example: ['#if($a)'] } },
            },
            default: {
              description: 'x',
              content: { 'text/html': { schema: {}, example: '<p>$5 #1</p>\r\n' } },
            },
          },
        },
      },
    },
  });
  if (contract === undefined) throw new Error('The hostile document is no contract.');
  return contract;
}

/** Each template once for each of its wishes, in the order of the documents. */
export function mockTemplates(): readonly MockTemplate[] {
  const seen = new Set<string>();
  return contracts().flatMap(([name, contract]) =>
    contract.operations.flatMap(operation => {
      const { integration } = mockIntegration(operation, ATTRIBUTION, () => {});
      const all = wishesFor(operation);
      return templatesOf(integration).flatMap(([place, template]) => {
        const fresh = all.filter(wishes => {
          const key = `${template} ${JSON.stringify(wishes)}`;
          return template.includes('$prefer') || wishes === all[0] ? !seen.has(key) && seen.add(key) : false;
        });
        return fresh.map(wishes => ({ name: `${name} ${operation.key} ${place}`, template, wishes }));
      });
    }),
  );
}

export function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

function contracts(): readonly (readonly [string, Contract])[] {
  const files = ['test/corpus', 'specs'].flatMap(folder =>
    readdirSync(join(root, folder))
      .filter(file => /\.(json|ya?ml)$/.test(file))
      .map(file => `${folder}/${file}`),
  );
  const read = files.flatMap(name => {
    const { contract } = contractFromText(readFileSync(join(root, name), 'utf8'), { name });
    return contract === undefined ? [] : [[name, contract] as const];
  });
  return [['hostile', hostileContract()], ...read];
}

function wishesFor(operation: Contract['operations'][number]): readonly Wishes[] {
  const { answers } = mockPlan(operation);
  const codes = [...new Set(answers.map(({ status }) => String(status)))].slice(0, 4);
  const names = [...new Set(answers.flatMap(({ name }) => name ?? []))].slice(0, 30);
  return [
    {},
    ...codes.map(code => ({ prefer: `code=${code}` })),
    ...codes.map(code => ({ code })),
    ...names.map(name => ({ prefer: `example=${JSON.stringify(name)}` })),
    ...names.map(name => ({ example: name })),
    { prefer: 'respond-async, CODE = "418", wait=5' },
    { prefer: 'code=99' },
  ];
}

function templatesOf(integration: Json): readonly (readonly [string, string])[] {
  if (!isObject(integration)) return [];
  const list = (place: string, templates: Json | undefined): readonly (readonly [string, string])[] =>
    isObject(templates)
      ? Object.entries(templates).map(([type, text]) => [`${place} ${type}`, String(text)] as const)
      : [];
  const responses = integration['responses'];
  return [
    ...list('request', integration['requestTemplates']),
    ...Object.entries(isObject(responses) ? responses : {}).flatMap(([pattern, response]) =>
      list(pattern, isObject(response) ? response['responseTemplates'] : undefined),
    ),
  ];
}

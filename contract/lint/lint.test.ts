import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../json/value.ts';
import { contractFromText, contractFromValue } from '../read.ts';
import { lintContract } from './lint.ts';
import { LINT_RULES } from './lint-rules.ts';
import { sampleDocument } from './rule.ts';

const BROKEN = sampleDocument(`tags: [{name: known}]
paths:
  /b: {get: {tags: [unknown], responses: {'404': {description: x}}}}
  a: {get: {responses: {'200': {description: x, content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}}}}
components: {schemas: {A: {type: text}}}
`);

const lint = async (options: Parameters<typeof lintContract>[2] = {}): Promise<readonly string[]> => {
  const { contract, problems } = contractFromText(BROKEN);
  return (await lintContract(contract, problems, options)).map(({ rule }) => rule);
};

describe('lintContract', () => {
  it('gives everything in the order of the document', async () => {
    expect(await lint()).toEqual(['response-success-missing', 'path-template', 'schema-keyword']);
  });

  it('runs rules by name, optional ones only so', async () => {
    expect(await lint({ rules: ['tag-undeclared', 'path-template'] })).toEqual([
      'tag-undeclared',
      'path-template',
    ]);
    expect(await lint({ exclude: ['path-template', 'schema-keyword'] })).toEqual([
      'response-success-missing',
    ]);
  });

  it('hands back what there is when there is no contract', async () => {
    const { contract, problems } = contractFromText('openapi: 4.0.0\n');
    expect((await lintContract(contract, problems)).map(({ rule }) => rule)).toEqual(['document-version']);
  });

  it('leaves the meta-schema out when references are broken', async () => {
    const text = `openapi: 3.1.1\npaths: {/a: {get: {nonsense: 1, responses: {'200': {$ref: '#/no'}}}}}\n`;
    const { contract, problems } = contractFromText(text);
    const found = (await lintContract(contract, problems)).map(({ rule }) => rule);
    expect(found).toContain('reference-missing');
    expect(found).not.toContain('document-structure');
  });

  it('says what it is doing', async () => {
    const steps: string[] = [];
    await lint({ onProgress: step => void steps.push(step) });
    expect(steps).toContain('example-invalid');
  });
});

/** What people and programs put where it does not belong. */
const ODD: readonly Json[] = [
  ...[null, 0, -1, 1.5, true, '', 'x', '#/', '%', '{a}{a}', '(', [], {}, [null], [[]], ['a', 'a']],
  ...[
    { $ref: '#' },
    { $ref: '#/components' },
    { $ref: 5 },
    { $ref: '#/%' },
    { Ref: 'x' },
    { 'Fn::Sub': 'y' },
  ],
];

/** A copy with something odd at the place that the numbers lead to. */
function spoiled(value: Json, path: readonly number[], odd: Json): Json {
  const [step, ...rest] = path;
  if (step === undefined || typeof value !== 'object' || value === null) return odd;
  const keys = Object.keys(value);
  const key = keys[step % Math.max(1, keys.length)];
  if (key === undefined) return odd;
  const made = spoiled((value as JsonObject)[key] as Json, rest, odd);
  return Array.isArray(value)
    ? value.map((item, index) => (String(index) === key ? made : item))
    : { ...(value as JsonObject), [key]: made };
}

it('ends on whatever a document may be', async () => {
  const samples = LINT_RULES.map(
    ({ failing }) => contractFromText(sampleDocument(failing)).contract?.raw ?? {},
  );
  const exclude = ['document-structure'];
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...samples),
      fc.array(fc.tuple(fc.array(fc.nat(20), { minLength: 1, maxLength: 8 }), fc.constantFrom(...ODD)), {
        minLength: 1,
        maxLength: 3,
      }),
      async (sample, changes) => {
        const document = changes.reduce<Json>((made, [path, odd]) => spoiled(made, path, odd), sample);
        const { contract, problems } = contractFromValue(document);
        for (const { message, fix, source } of await lintContract(contract, problems, { exclude })) {
          expect(message.length * fix.length).toBeGreaterThan(0);
          source.document.locate(source.pointer);
        }
      },
    ),
    { numRuns: 300 },
  );
});

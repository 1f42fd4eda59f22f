/**
 * Law: every JSON answer of every mock keeps to its document in the eyes of a validator that is not ours, through its
 * own reading of OpenAPI's schema dialects: for the documents of this repository, and for ones made by chance.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import '@hyperjump/json-schema/formats';
import {
  registerSchema,
  type SchemaObject,
  setShouldValidateFormat,
  setShouldValidateSchema,
  unregisterSchema,
  validate,
} from '@hyperjump/json-schema/openapi-3-0';
import '@hyperjump/json-schema/openapi-3-1';
import '@hyperjump/json-schema/openapi-3-2';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { isJson } from '../contract/http/media-type.ts';
import type { Contract, Dialect } from '../contract/model.ts';
import { dynamicAnswer } from '../contract/plan/dynamic-answer.ts';
import { type Answer, mockPlan } from '../contract/plan/mock-plan.ts';
import { contractFromText, contractFromValue } from '../contract/read.ts';
import { shown, witnessedSchemas } from '../contract/schema/witnessed-schema.fixture.ts';

const root = join(import.meta.dirname, '..');
const DIALECTS: Readonly<Record<Dialect, string>> = {
  // Not known by that name; `asOpenApi3` brings the schemas into the words of 3.0.
  '2.0': 'https://spec.openapis.org/oas/3.0/dialect',
  '3.0': 'https://spec.openapis.org/oas/3.0/dialect',
  '3.1': 'https://spec.openapis.org/oas/3.1/dialect/base',
  '3.2': 'https://spec.openapis.org/oas/3.2/dialect',
};

interface Read {
  readonly name: string;
  readonly text: string;
  readonly contract: Contract;
}

const DOCUMENTS: readonly Read[] = ['test/corpus', 'specs', 'specs/next'].flatMap(folder =>
  readdirSync(join(root, folder))
    .filter(file => /\.(json|ya?ml)$/.test(file))
    .flatMap(file => {
      const name = `${folder}/${file}`;
      const text = readFileSync(join(root, name), 'utf8');
      const { contract } = contractFromText(text, { name });
      if (contract === undefined) throw new Error(`${name} is not a contract`);
      return [{ name, text, contract }];
    }),
);

beforeAll(() => {
  setShouldValidateFormat(true);
  // Documents are held against their meta-schemas by lint; as a whole they are no schema of the dialect.
  setShouldValidateSchema(false);
});

const held: Record<Dialect, number> = { '2.0': 0, '3.0': 0, '3.1': 0, '3.2': 0 };

afterAll(() => {
  for (const dialect of ['2.0', '3.0', '3.1', '3.2'] as const) expect(held[dialect]).toBeGreaterThan(100);
});

/**
 * The one difference: a `required` property that is `writeOnly` is asked of requests only, which the other validator,
 * knowing no direction, cannot see (https://spec.openapis.org/oas/v3.0.4#schema-object). It is taken out of
 * `required` before the document is handed over.
 */
function withoutWriteOnly(node: unknown): void {
  if (typeof node !== 'object' || node === null) return;
  const { required, properties } = node as {
    required?: unknown;
    properties?: Readonly<Record<string, { readonly writeOnly?: unknown }>>;
  };
  if (Array.isArray(required) && typeof properties === 'object') {
    const asked = required.filter(name => properties[String(name)]?.writeOnly !== true);
    Object.assign(node, { required: asked });
  }
  for (const child of Object.values(node)) withoutWriteOnly(child);
}

/**
 * The schemas of a 2.0 document as 3.0 has them: what differs is a discriminator, a bare name in 2.0, and the type
 * `file`, which is no type of a value (https://spec.openapis.org/oas/v2.0#schema-object).
 */
function asOpenApi3(node: unknown): void {
  if (typeof node !== 'object' || node === null) return;
  const schema = node as { discriminator?: unknown; type?: unknown };
  if (typeof schema.discriminator === 'string') delete schema.discriminator;
  if (schema.type === 'file') delete schema.type;
  for (const child of Object.values(node)) asOpenApi3(child);
}

/** What an answer says, where it is JSON with a schema. */
function jsonOf({ body, mediaType, content }: Answer): unknown {
  if (body === undefined || mediaType === undefined || !isJson(mediaType) || content?.schema === undefined)
    return undefined;
  return JSON.parse(new TextDecoder().decode(body));
}

/** The answers as they are, and a few made on demand. */
function* answersOf(contract: Contract): Generator<readonly [string, Answer]> {
  for (const operation of contract.operations) {
    for (const answer of mockPlan(operation).answers) {
      const title = `${operation.key} ${answer.statusKey} ${answer.mediaType} ${answer.name ?? answer.origin}`;
      yield [title, answer];
      for (const seed of [1, 2]) {
        const made = dynamicAnswer(answer, seed);
        if (made !== undefined) yield [`${title} seed ${seed}`, made];
      }
    }
  }
}

/** The JSON answers that the other validator refuses, each with the place of its first reason. */
async function refusedAnswers(
  uri: string,
  contract: Contract,
  document: SchemaObject,
): Promise<readonly string[]> {
  withoutWriteOnly(document);
  if (contract.dialect === '2.0') asOpenApi3(document);
  registerSchema(document, uri, DIALECTS[contract.dialect]);
  const refused: string[] = [];
  try {
    for (const [title, answer] of answersOf(contract)) {
      const value = jsonOf(answer);
      const schema = answer.content?.schema;
      if (value === undefined || schema === undefined) continue;
      held[contract.dialect] += 1;
      const fragment = schema.source.pointer.split('/').map(encodeURIComponent).join('/');
      const output = await validate(`${uri}#${fragment}`, value as never, 'BASIC');
      if (output.valid) continue;
      const [error] = output.errors ?? [];
      refused.push(`${title}: ${error?.instanceLocation} ${error?.absoluteKeywordLocation}`);
    }
  } finally {
    unregisterSchema(uri);
  }
  return refused;
}

describe.each(DOCUMENTS)('$name', ({ name, text, contract }) => {
  test('another validator accepts every JSON answer', async () => {
    const document = parse(text, { merge: true }) as SchemaObject;
    expect(await refusedAnswers(`https://example.com/${name}`, contract, document)).toEqual([]);
  });
});

/**
 * What the other validator cannot be asked: it reads numbers as JavaScript does, so none beyond 2^53 and no multiples
 * of fractions; and a name `__proto__` is lost on its way.
 */
function isBeyondIt(text: string): boolean {
  return /\d{16}|multipleOf|__proto__/.test(text);
}

describe('documents made by chance', () => {
  test.each(['3.1.1', '3.2.0'])('OpenAPI %s: another validator accepts every JSON answer', async openapi => {
    let asked = 0;
    await fc.assert(
      fc.asyncProperty(witnessedSchemas, witnessedSchemas, async (first, second) => {
        const content = (schema: unknown): object => ({ 'application/json': { schema } });
        const value = {
          openapi,
          info: { title: 'Made', version: '1' },
          paths: {
            '/made': {
              get: {
                responses: {
                  200: { description: '', content: content(first.raw) },
                  400: { description: '', content: content({ $ref: '#/components/schemas/Second' }) },
                  default: { description: '', content: content({ type: 'array', items: second.raw }) },
                },
              },
            },
          },
          components: { schemas: { Second: second.raw } },
        };
        const text = shown(value);
        if (isBeyondIt(text)) return;
        asked += 1;
        const { contract } = contractFromValue(JSON.parse(text) as object);
        if (contract === undefined) throw new Error('it is no contract');
        const document = JSON.parse(text) as SchemaObject;
        expect(await refusedAnswers('https://example.com/made', contract, document), text).toEqual([]);
      }),
      { numRuns: 150 },
    );
    expect(asked).toBeGreaterThan(60);
  });
});

/**
 * Law: every JSON answer of every mock keeps to its document in the eyes of a validator that is not ours, through its
 * own reading of OpenAPI's schema dialects. Swagger 2.0 is no dialect it knows.
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
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { isJson } from '../contract/http/media-type.ts';
import type { Contract, Dialect } from '../contract/model.ts';
import { dynamicAnswer } from '../contract/plan/dynamic-answer.ts';
import { type Answer, mockPlan } from '../contract/plan/mock-plan.ts';
import { contractFromText } from '../contract/read.ts';

const root = join(import.meta.dirname, '..');
const DIALECTS: Readonly<Record<Exclude<Dialect, '2.0'>, string>> = {
  '3.0': 'https://spec.openapis.org/oas/3.0/dialect',
  '3.1': 'https://spec.openapis.org/oas/3.1/dialect/base',
  '3.2': 'https://spec.openapis.org/oas/3.2/dialect/2025-09-17',
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
      return contract.dialect === '2.0' ? [] : [{ name, text, contract }];
    }),
);

beforeAll(() => {
  setShouldValidateFormat(true);
  // Documents are held against their meta-schemas by lint; as a whole they are no schema of the dialect.
  setShouldValidateSchema(false);
});

let held = 0;

afterAll(() => expect(held).toBeGreaterThan(1000));

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

describe.each(DOCUMENTS)('$name', ({ name, text, contract }) => {
  test('another validator accepts every JSON answer', async () => {
    const uri = `https://example.com/${name}`;
    const dialect = DIALECTS[contract.dialect as Exclude<Dialect, '2.0'>];
    const document = parse(text, { merge: true }) as SchemaObject;
    withoutWriteOnly(document);
    registerSchema(document, uri, dialect);
    const refused: string[] = [];
    for (const [title, answer] of answersOf(contract)) {
      const value = jsonOf(answer);
      const schema = answer.content?.schema;
      if (value === undefined || schema === undefined) continue;
      held += 1;
      const fragment = schema.source.pointer.split('/').map(encodeURIComponent).join('/');
      const output = await validate(`${uri}#${fragment}`, value as never, 'BASIC');
      if (!output.valid) {
        const [error] = output.errors ?? [];
        refused.push(`${title}: ${error?.instanceLocation} ${error?.absoluteKeywordLocation}`);
      }
    }
    unregisterSchema(uri);
    expect(refused).toEqual([]);
  });
});

import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../json/value.ts';
import type { Contract, Schema } from '../model.ts';
import { contractFromText, contractFromValue } from '../read.ts';
import { boundaries } from '../schema/boundary.ts';
import { sample } from '../schema/sample.ts';
import { isValid } from '../schema/validate.ts';
import { shown, witnessedSchemas } from '../schema/witnessed-schema.fixture.ts';
import { diffContracts } from './diff.ts';

const corpus = join(import.meta.dirname, '../../test/corpus');

function read(name: string): Contract {
  const { contract } = contractFromText(readFileSync(join(corpus, name), 'utf8'), { name });
  if (contract === undefined) throw new TypeError(`${name} is no contract`);
  return contract;
}

function requestContract(schema: Json): Contract {
  const { contract } = contractFromValue({
    openapi: '3.1.1',
    info: { title: 'T', version: '1' },
    paths: {
      '/a': {
        post: {
          requestBody: { content: { 'application/json': { schema } } },
          responses: { 200: { description: 'OK', content: { 'application/json': { schema } } } },
        },
      },
    },
  });
  if (contract === undefined) throw new TypeError('no contract');
  return contract;
}

function requestSchema({ operations }: Contract): Schema {
  const schema = operations[0]?.requestBody?.content[0]?.schema;
  if (schema === undefined) throw new TypeError('no schema');
  return schema;
}

describe('a document and itself', () => {
  it.each(globSync('*.{json,yaml}', { cwd: corpus }).toSorted())('%s does not differ', name => {
    expect(diffContracts(read(name), read(name))).toEqual([]);
  });

  it('nor does any schema', () => {
    fc.assert(
      fc.property(witnessedSchemas, ({ raw }) => {
        expect(diffContracts(requestContract(raw as Json), requestContract(raw as Json))).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});

/** Values that the schema documents: samples of every extent, and one at each edge. */
function documented(schema: Schema): readonly Json[] {
  const samples = (['typical', 'required', 'all'] as const).flatMap(parts =>
    [0, 1].flatMap(seed => {
      const made = sample(schema, { direction: 'request', parts, seed });
      return 'value' in made ? [made.value] : [];
    }),
  );
  return [
    ...samples,
    ...[...boundaries(schema, { direction: 'request' })].slice(0, 12).map(({ value }) => value),
  ];
}

describe('what validation can witness', () => {
  it('a documented request that is refused afterwards is never called safe', () => {
    let witnessed = 0;
    fc.assert(
      fc.property(witnessedSchemas, witnessedSchemas, fc.nat(), (one, other, choice) => {
        const changed = choice % 2 === 0 ? other.raw : mutated(one.raw as Json, choice);
        const [before, after] = [requestContract(one.raw as Json), requestContract(changed as Json)];
        const [old, now] = [requestSchema(before), requestSchema(after)];
        const refused = documented(old).find(
          value => isValid(old, value, 'request') && !isValid(now, value, 'request'),
        );
        if (refused === undefined) return;
        witnessed++;
        const found = diffContracts(before, after).filter(
          ({ rule, severity }) => rule.startsWith('request-') && severity !== 'safe',
        );
        expect(found.length, `${shown(one.raw)} became ${shown(changed)}: ${shown(refused)}`).toBeGreaterThan(
          0,
        );
      }),
      { numRuns: 150 },
    );
    expect(witnessed).toBeGreaterThan(30);
  });
});

/** The same schema with one keyword taken out, put in or turned somewhere inside. */
function mutated(raw: Json, choice: number): Json {
  const places: ((put: (value: Json) => Json) => Json)[] = [];
  const visit = (node: Json, rebuild: (value: Json) => Json): void => {
    if (Array.isArray(node)) {
      node.forEach((item: Json, index) => {
        visit(item, value => rebuild(node.toSpliced(index, 1, value)));
      });
    } else if (typeof node === 'object' && node !== null) {
      for (const [key, item] of Object.entries(node)) {
        places.push(put => rebuild({ ...node, [key]: put(item as Json) }));
        visit(item as Json, value => rebuild({ ...node, [key]: value }));
      }
    }
  };
  visit(raw, value => value);
  const place = places[choice % Math.max(1, places.length)];
  return place === undefined ? raw : place(turned);
}

function turned(value: Json): Json {
  if (typeof value === 'number') return value > 0 ? value - 1 : value + 1;
  if (typeof value === 'boolean') return !value;
  if (Array.isArray(value)) return value.slice(1).length === 0 ? value : value.slice(1);
  if (value === 'string') return 'integer';
  return value;
}

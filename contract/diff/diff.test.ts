import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../json/value.ts';
import type { Contract, Schema } from '../model.ts';
import { contractFromText, contractFromValue } from '../read.ts';
import { boundaries } from '../schema/boundary.ts';
import type { Direction } from '../schema/run.ts';
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

function contractOf(schema: Json): Contract {
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

function schemaOf({ operations }: Contract): Schema {
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
        expect(diffContracts(contractOf(raw as Json), contractOf(raw as Json))).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});

/** Values that the schema documents: samples of every extent, and one at each edge. */
function documented(schema: Schema, direction: Direction): readonly Json[] {
  const samples = (['typical', 'required', 'all'] as const).flatMap(parts =>
    [0, 1].flatMap(seed => {
      const made = sample(schema, { direction, parts, seed });
      return 'value' in made ? [made.value] : [];
    }),
  );
  return [...samples, ...[...boundaries(schema, { direction })].slice(0, 12).map(({ value }) => value)];
}

describe.each(['request', 'response'] as const)('what validation can witness of a %s', direction => {
  it('is never called safe where a documented value was lost, or won', () => {
    let witnessed = 0;
    fc.assert(
      fc.property(witnessedSchemas, witnessedSchemas, fc.nat(), (one, other, choice) => {
        const changed = choice % 2 === 0 ? other.raw : mutated(one.raw as Json, choice);
        const [first, second] = [contractOf(one.raw as Json), contractOf(changed as Json)];
        const [has, lacks] = [schemaOf(first), schemaOf(second)];
        const witness = documented(has, direction).find(
          value => isValid(has, value, direction) && !isValid(lacks, value, direction),
        );
        if (witness === undefined) return;
        witnessed++;
        const changes = direction === 'request' ? diffContracts(first, second) : diffContracts(second, first);
        const found = changes.filter(
          // A reader ignores what it does not know, whatever the schema says.
          ({ rule, severity }) =>
            rule.startsWith(direction) && (severity !== 'safe' || rule === 'response-property-added'),
        );
        expect(found.length, `${shown(one.raw)}, ${shown(changed)}: ${shown(witness)}`).toBeGreaterThan(0);
      }),
      { numRuns: 120 },
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

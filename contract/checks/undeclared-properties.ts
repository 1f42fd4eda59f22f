/** Does the body hold properties that the document does not name? */
import type { Exchange } from '../exchange.ts';
import { isArray, type Json, own } from '../json/value.ts';
import type { Schema } from '../model.ts';
import { describedObjects, memberSchemas } from '../schema/described.ts';
import type { Check, Finding } from './check.ts';
import { onceForEachBody } from './read-body.ts';
import { pointerTo, shownValue } from './shown-value.ts';

const PETS = `responses:
  "200":
    description: Pets
    content:
      application/json:
        schema: { type: object, properties: { name: { type: string } } }`;

export const undeclaredProperties: Check = {
  name: 'undeclared-properties',
  title: 'The body holds only properties that the document names',
  severity: 'error',
  optional: true,
  asks: 'answer',
  appliesTo: 'answers with a body of a documented media type that has a schema',
  description:
    'JSON Schema lets an object hold more than its schema names, so this is asked only on request (`--undeclared-properties`): for servers that should leak nothing. Objects whose schema names no property at all, or says with `additionalProperties` what else may stand there, are left alone. Of `oneOf` and `anyOf` the alternatives count that the object meets.',
  specification: 'https://json-schema.org/draft/2020-12/json-schema-core#section-10.3.2.3',
  samples: {
    passing: {
      operation: PETS,
      status: 200,
      headers: { 'Content-Type': 'application/json' },
      body: '{"name":"Rex"}',
    },
    failing: {
      operation: PETS,
      status: 200,
      headers: { 'Content-Type': 'application/json' },
      body: '{"name":"Rex","password":"secret"}',
    },
  },
  check: (exchange: Exchange): readonly Finding[] => judged(exchange),
};

const judged = onceForEachBody(({ decoded, schema, itemSchema }) => {
  if (!('value' in decoded)) return [];
  const findings = schema === undefined ? [] : undeclared(schema, decoded.value, []);
  if (itemSchema === undefined || !isArray(decoded.value)) return findings;
  return [...findings, ...decoded.value.flatMap((item, index) => undeclared(itemSchema, item, [index]))];
});

function undeclared(schema: Schema, value: Json, prefix: readonly number[]): readonly Finding[] {
  const findings: Finding[] = [];
  for (const { value: object, path, schemas } of describedObjects(schema, value, 'response')) {
    const [describing] = schemas.filter(({ properties }) => properties.size > 0);
    if (describing === undefined) continue;
    for (const key of Object.keys(object)) {
      if (memberSchemas(schemas, key).some(({ always }) => always !== false)) continue;
      findings.push({
        received: shownValue(own(object, key)),
        documented: `no property ${JSON.stringify(key)}`,
        source: describing.source,
        instance: pointerTo([...prefix, ...path, key]),
      });
    }
  }
  return findings;
}

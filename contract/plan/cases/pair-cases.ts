/**
 * Requests with some of the optional parts, so that every two of them are once sent together, once both left out, and
 * each once without the other: what a server does about one may depend on another.
 */
import { isObject, type Json, type JsonObject } from '../../json/value.ts';
import type { MediaType, Parameter } from '../../model.ts';
import { sample } from '../../schema/sample.ts';
import { isValid } from '../../schema/validate.ts';
import { withoutProperties } from '../../schema/violate/spot.ts';
import { writeBody } from './body-value.ts';
import type { Basis, Step } from './draft.ts';
import type { Depth } from './options.ts';
import { pairRows } from './pairs.ts';
import type { WrittenBody } from './request-parts.ts';

/** Parts that are paired; seven requests are enough for 35 of them, and nine for 126. */
const MOST: Readonly<Record<Depth, number>> = { examples: 0, standard: 35, deep: 126 };

type Part = { readonly label: string } & (
  | { readonly kind: 'parameter'; readonly parameter: Parameter }
  | { readonly kind: 'property'; readonly name: string }
  | { readonly kind: 'body' }
);

/** As many requests as it takes for all pairs. Both extremes, nothing optional and everything, are cases already. */
export function* pairCases(basis: Basis): Generator<Step> {
  const most = MOST[basis.depth];
  if (most === 0) return;
  const full = fullBody(basis);
  const parts = partsOf(basis, full);
  const paired = parts.slice(0, most);
  for (const { label } of parts.slice(most))
    yield { kind: 'skip', reason: 'limit', what: `pairs with ${label}` };
  const rows = pairRows(paired.length);
  for (const [index, row] of rows.entries()) {
    const sent = new Set(paired.filter((_, at) => row[at]));
    const name = `optional parts in pairs, ${index + 1} of ${rows.length}`;
    const body = bodyWith(basis, full, sent);
    if (body === 'unwritable') {
      yield { kind: 'skip', reason: 'not-writable', what: name };
      continue;
    }
    const parameters = new Map(basis.least.parameters);
    for (const part of sent) {
      if (part.kind !== 'parameter') continue;
      const written = basis.values.get(part.parameter);
      if (written !== undefined) parameters.set(part.parameter, written);
    }
    yield {
      kind: 'draft',
      intent: 'positive',
      expectation: 'accepted',
      name,
      words: `optional parts in pairs ${index + 1}`,
      why: basis.operation.source,
      parts: { ...basis.least, parameters, body },
      fromExample: false,
    };
  }
}

interface FullBody {
  readonly content: MediaType;
  readonly value: JsonObject;
  /** The properties that may be left out one by one. */
  readonly optional: readonly string[];
}

/** The first body with all its properties; undefined where there is none, or none with properties. */
function fullBody({ bodies: [first], seed }: Basis): FullBody | undefined {
  const schema = first?.content.schema;
  if (first === undefined || schema === undefined) return undefined;
  const made = sample(schema, { direction: 'request', parts: 'all', seed });
  if (!('value' in made) || !isObject(made.value)) return undefined;
  const { value } = made;
  const optional = Object.keys(value).filter(name =>
    isValid(schema, withoutProperties(value, new Set([name])), 'request'),
  );
  return { content: first.content, value, optional };
}

/** In the order of their names, so that the same rows go to the same parts wherever these stand in the document. */
function partsOf({ operation, values, least, bodies }: Basis, full: FullBody | undefined): readonly Part[] {
  const parts: Part[] = [];
  for (const parameter of operation.parameters) {
    if (parameter.required || !values.has(parameter)) continue;
    parts.push({
      kind: 'parameter',
      parameter,
      label: `${parameter.in} parameter ${JSON.stringify(parameter.name)}`,
    });
  }
  for (const name of full?.optional ?? []) {
    parts.push({ kind: 'property', name, label: `property ${JSON.stringify(name)}` });
  }
  if (least.body === undefined && bodies.length > 0) parts.push({ kind: 'body', label: 'body' });
  return parts.sort((a, b) => (a.label < b.label ? -1 : 1));
}

/** A body is there where it has to be, where it is chosen itself, and where one of its properties is. */
function bodyWith(
  { least, bodies: [first] }: Basis,
  full: FullBody | undefined,
  sent: ReadonlySet<Part>,
): WrittenBody | undefined | 'unwritable' {
  const chosen = [...sent].some(({ kind }) => kind !== 'parameter');
  if (least.body === undefined && !chosen) return undefined;
  if (full === undefined) return first?.least;
  const names = new Set([...sent].flatMap(part => (part.kind === 'property' ? [part.name] : [])));
  const away = new Set(full.optional.filter(name => !names.has(name)));
  const value: Json = withoutProperties(full.value, away);
  const written = writeBody(full.content, value);
  return 'why' in written ? 'unwritable' : written.body;
}

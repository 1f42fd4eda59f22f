/**
 * Requests with one value at the edge of what the document allows, in a parameter or in the body, and nothing else that
 * is not required, so that a refusal shows which edge it was.
 */

import type { MediaType, Schema } from '../../model.ts';
import type { Source } from '../../source.ts';
import { leastValue, writeBody } from './body-value.ts';
import type { Basis, Draft, Step } from './draft.ts';
import { edges } from './edges.ts';
import { mayConflict, withOwnTexts } from './own-texts.ts';
import { parameterEdges } from './parameter-edges.ts';
import type { RequestParts } from './request-parts.ts';

/** The boundary cases of an operation: its parameters first, then its body, once for each schema. */
export function* boundaryCases(basis: Basis): Generator<Step> {
  if (basis.depth === 'examples') return;
  for (const parameter of basis.operation.parameters) {
    for (const edge of parameterEdges(parameter, basis.depth)) {
      if (edge.kind === 'skip') {
        yield edge;
        continue;
      }
      const { least } = basis;
      const parameters = new Map(least.parameters).set(parameter, edge.written);
      yield draft(edge.name, edge.words, edge.why, { ...least, parameters }, edge.extreme);
    }
  }
  const seen = new Set<Schema>();
  for (const { content } of basis.bodies) {
    // What one media type showed about a schema, another with the same one need not show again.
    if (content.schema === undefined || seen.has(content.schema)) continue;
    seen.add(content.schema);
    yield* bodyCases(basis, content, content.schema);
  }
}

function* bodyCases(basis: Basis, content: MediaType, schema: Schema): Generator<Step> {
  const { least, seed, bodies, depth, operation } = basis;
  const crowded = mayConflict(operation);
  const label = bodies.length > 1 ? `${content.mediaType} body` : 'body';
  const base = leastValue(content, schema, seed);
  for (const found of edges(schema, base, depth)) {
    if (found.kind === 'more') {
      yield { kind: 'skip', reason: 'limit', what: `more boundaries of the ${label}` };
      return;
    }
    if (found.kind === 'missed') {
      const { instance, keyword, reason } = found.missed;
      yield { kind: 'skip', reason: 'no-boundary', what: `${label}${instance} ${keyword}: ${reason}` };
      continue;
    }
    const { value, keyword, detail, instance, description, schema: why, reach } = found.value;
    const name = `${label}: ${description} (${keyword})`;
    const own = crowded && base !== undefined ? withOwnTexts(value, base, schema, seed, name) : value;
    const written = writeBody(content, own);
    if ('why' in written) {
      yield { kind: 'skip', reason: 'not-writable', what: name };
      continue;
    }
    const words = `${label}${instance} ${keyword} ${detail}`.trimEnd();
    yield draft(name, words, why, { ...least, body: written.body }, reach === 'extreme');
  }
}

function draft(name: string, words: string, why: Source, parts: RequestParts, extreme: boolean): Draft {
  return {
    kind: 'draft',
    intent: 'positive',
    expectation: extreme ? 'any' : 'accepted',
    name,
    words,
    why,
    parts,
    fromExample: false,
  };
}

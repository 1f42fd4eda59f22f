/**
 * Valid values, each at the edge of one thing that its schema allows: what a contract test sends to see whether it is
 * taken. A value that turns out to be invalid is never handed out; what could not be reached is told.
 */
import { joinPointer } from '../json/pointer.ts';
import { isArray, isObject, type Json } from '../json/value.ts';
import type { Schema } from '../model.ts';
import type { Source } from '../source.ts';
import { arrayEdges, objectEdges } from './boundary/container-edges.ts';
import type { Edge, Reach } from './boundary/edge.ts';
import { numberEdges } from './boundary/number-edges.ts';
import { textEdges } from './boundary/text-edges.ts';
import { valueEdges } from './boundary/value-edges.ts';
import type { Direction } from './run.ts';
import { conjunction } from './sample/conjunction.ts';
import { gather } from './sample/facts.ts';
import { sample } from './sample.ts';
import { isValid } from './validate.ts';
import { spotsOf } from './violate/parts.ts';
import { replaced, type Spot } from './violate/spot.ts';

/** One valid value with one part at an edge. */
export interface Boundary {
  /** The keyword whose edge it is: `maxLength`, `enum`, `format`; `type` where no other says anything. */
  readonly keyword: string;
  /** Tells several edges of one keyword apart: the listed value, the form of a format. Often empty. */
  readonly detail: string;
  /** JSON pointer into the value. */
  readonly instance: string;
  /** The keyword's place in the document. */
  readonly schema: Source;
  /** The whole valid value. */
  readonly value: Json;
  /** For a reader: `limit is 100, the most allowed`. */
  readonly description: string;
  readonly reach: Reach;
}

/** An edge on which no value was found, and why. */
export interface Unreached {
  readonly keyword: string;
  readonly instance: string;
  readonly schema: Source;
  readonly reason: string;
}

export interface BoundaryOptions {
  readonly direction?: Direction;
  /** A valid value to start from; a sample of the required parts unless given. */
  readonly base?: Json;
  /** Also edges that the document does not name. */
  readonly far?: boolean;
  /** Hears of each edge that is passed over, while the values are taken. */
  readonly onUnreached?: (missed: Unreached) => void;
}

/** Parts looked at: a value with thousands of them is not varied in each. */
const MOST_SPOTS = 1_000;
/** Candidates held against the schema for one edge. */
const MOST_TRIED = 12;

/**
 * Valid values, one edge at a time, lazily and always in the same order, the outermost first. Each has what is required
 * and nothing else but the part that stands at its edge.
 *
 * @example
 * ```ts
 * import type { Schema } from './contract/model.ts';
 * import { boundaries } from './contract/schema/boundary.ts';
 *
 * export function* bodies(schema: Schema): Generator<string> {
 *   for (const { description, value } of boundaries(schema, { direction: 'request' })) {
 *     yield `${description}: ${JSON.stringify(value)}`;
 *   }
 * }
 * ```
 */
export function* boundaries(schema: Schema, options: BoundaryOptions = {}): Generator<Boundary> {
  const { direction, far = false, onUnreached } = options;
  const base = options.base ?? baseOf(schema, direction);
  if (base === undefined) return;
  const seen = new Set<string>();
  for (const spot of spotsOf(schema, base, direction, MOST_SPOTS)) {
    const at = joinPointer('', ...spot.tokens);
    for (const edge of edgesOf(spot)) {
      if (!far && edge.reach !== 'declared') continue;
      const key = `${edge.keyword} ${edge.detail} ${at} ${edge.source.document.uri}#${edge.source.pointer}`;
      if (seen.has(key)) continue;
      seen.add(key);
      const value = edge.skipped === undefined ? reached(schema, spot, edge) : undefined;
      if (value !== undefined) yield boundary(edge, at, value);
      else {
        const reason = edge.skipped ?? 'The rest of the schema allows no such value, or none was found.';
        onUnreached?.({ keyword: edge.keyword, instance: at, schema: edge.source, reason });
      }
    }
  }
}

function baseOf(schema: Schema, direction: Direction | undefined): Json | undefined {
  const made = sample(schema, { parts: 'required', ...(direction === undefined ? {} : { direction }) });
  return 'value' in made ? made.value : undefined;
}

function* edgesOf(spot: Spot): Generator<Edge> {
  const [schema] = spot.active;
  if (schema === undefined) return;
  const facts = gather(conjunction(spot.active));
  yield* valueEdges(spot, facts);
  if (facts.values !== undefined) return;
  const { value } = spot;
  if (typeof value === 'string') yield* textEdges(spot, schema, facts);
  else if (typeof value === 'number' || typeof value === 'bigint') yield* numberEdges(spot, schema, facts);
  else if (isArray(value)) yield* arrayEdges(spot, schema, facts);
  else if (isObject(value)) yield* objectEdges(spot, schema, facts);
}

/** The whole value with the first candidate that stands on the edge and leaves everything valid. */
function reached(root: Schema, spot: Spot, edge: Edge): Json | undefined {
  let tried = 0;
  for (const candidate of edge.candidates) {
    if ((tried += 1) > MOST_TRIED) return undefined;
    if (edge.fits?.(candidate) === false) continue;
    const value = replaced(spot.base, spot.tokens, candidate);
    if (isValid(root, value, spot.direction)) return value;
  }
  return undefined;
}

function boundary(edge: Edge, at: string, value: Json): Boundary {
  const place = at === '' ? 'the value' : at.slice(1).replaceAll('/', '.');
  const { keyword, detail, source, words, reach } = edge;
  return {
    keyword,
    detail,
    instance: at,
    schema: source,
    value,
    description: `${place} ${words}`,
    reach,
  };
}

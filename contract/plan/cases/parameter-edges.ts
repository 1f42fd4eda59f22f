/** Valid values of a parameter at the edges of its schema, written down and proved to read back as they are. */
import { serializeParameter } from '../../http/parameter-style.ts';
import type { Parameter } from '../../model.ts';
import type { Source } from '../../source.ts';
import { edges } from './edges.ts';
import { onceForEachPlace } from './once-for-each-place.ts';
import type { Depth } from './options.ts';
import { isFraming, readsAs } from './parameter-value.ts';
import type { WrittenParameter } from './request-parts.ts';

export type ParameterEdge =
  | {
      readonly kind: 'written';
      readonly name: string;
      readonly words: string;
      readonly why: Source;
      readonly written: WrittenParameter;
      /** A server may refuse it, as long as it does not fail. */
      readonly extreme: boolean;
    }
  | {
      readonly kind: 'skip';
      readonly reason: 'no-boundary' | 'not-writable' | 'limit';
      readonly what: string;
    };

/** Together with the rest of a request line below the 8,000 octets that all should take (RFC 9110, 4.1). */
const LONGEST = 7_000;

/** The edges of a parameter in the order of its schema. */
export const parameterEdges: (parameter: Parameter, depth: Depth) => readonly ParameterEdge[] =
  onceForEachPlace(edgesOf);

function* edgesOf(parameter: Parameter, depth: Depth): Generator<ParameterEdge> {
  const schema = parameter.schema ?? parameter.content?.schema;
  if (schema === undefined || isFraming(parameter)) return;
  const label = `${parameter.in} parameter ${JSON.stringify(parameter.name)}`;
  for (const found of edges(schema, undefined, depth)) {
    if (found.kind === 'more') {
      yield { kind: 'skip', reason: 'limit', what: `more boundaries of ${label}` };
      return;
    }
    if (found.kind === 'missed') {
      const { instance, keyword, reason } = found.missed;
      yield { kind: 'skip', reason: 'no-boundary', what: `${label}${instance} ${keyword}: ${reason}` };
      continue;
    }
    const { value, keyword, detail, instance, description, schema: why, reach } = found.value;
    const name = `${label}: ${description} (${keyword})`;
    const written = serializeParameter(parameter, value);
    // A value that another one is written like says nothing about its edge.
    if (written.where === 'nowhere' || !readsAs(parameter, written, value)) {
      yield { kind: 'skip', reason: 'not-writable', what: name };
      continue;
    }
    if (lengthOf(written) > LONGEST) {
      const reason = 'It would be longer than what all servers take.';
      yield { kind: 'skip', reason: 'no-boundary', what: `${label}${instance} ${keyword}: ${reason}` };
      continue;
    }
    const words = `${parameter.in} ${parameter.name}${instance} ${keyword} ${detail}`.trimEnd();
    yield { kind: 'written', name, words, why, written, extreme: reach !== 'declared' };
  }
}

function lengthOf(written: WrittenParameter): number {
  return written.where === 'query'
    ? written.pairs.reduce((sum, [name, text]) => sum + name.length + text.length + 2, 0)
    : written.text.length;
}

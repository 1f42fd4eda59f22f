/** What can be wrong with a parameter, written down and proved wrong as it reads on the wire. */
import { serializeParameter } from '../../http/parameter-style.ts';
import { kindsOf } from '../../http/schema-views.ts';
import type { Parameter } from '../../model.ts';
import type { Source } from '../../source.ts';
import { breaches } from './breaches.ts';
import { onceForEachPlace } from './once-for-each-place.ts';
import type { Depth } from './options.ts';
import { readsValid } from './parameter-value.ts';
import type { WrittenParameter } from './request-parts.ts';

export type ParameterFault =
  | {
      readonly kind: 'written';
      readonly name: string;
      readonly words: string;
      readonly why: Source;
      readonly written: WrittenParameter;
      /** False where only the whole request can tell, because another rule may let the value through. */
      readonly certain: boolean;
    }
  | {
      readonly kind: 'skip';
      readonly reason: 'no-violation' | 'not-writable' | 'valid-on-the-wire' | 'limit';
      readonly what: string;
    };

/** The faults of a parameter in the order of its schema. */
export const parameterFaults: (parameter: Parameter, depth: Depth) => readonly ParameterFault[] =
  onceForEachPlace(faultsOf);

function* faultsOf(parameter: Parameter, depth: Depth): Generator<ParameterFault> {
  const schema = parameter.schema ?? parameter.content?.schema;
  if (schema === undefined) return;
  const label = `${parameter.in} parameter ${JSON.stringify(parameter.name)}`;
  const certain = !parameter.allowEmptyValue && !isSpread(parameter);
  const sent = new Set<string>();
  for (const found of breaches(schema, undefined, depth)) {
    if (found.kind === 'more') {
      yield { kind: 'skip', reason: 'limit', what: `more violations of ${label}` };
      return;
    }
    if (found.kind === 'missed') {
      const { instance, keyword, reason } = found.missed;
      yield { kind: 'skip', reason: 'no-violation', what: `${label}${instance} ${keyword}: ${reason}` };
      continue;
    }
    const breach = found.value;
    const name = `${label}: ${breach.description} (${breach.keyword})`;
    const written = serializeParameter(parameter, breach.value);
    if (written.where === 'nowhere') {
      yield { kind: 'skip', reason: 'not-writable', what: name };
      continue;
    }
    if (readsValid(parameter, written)) {
      yield { kind: 'skip', reason: 'valid-on-the-wire', what: name };
      continue;
    }
    const text = JSON.stringify(written);
    if (sent.has(text)) continue;
    sent.add(text);
    const words = `${parameter.in} ${parameter.name}${breach.instance} ${breach.keyword}`;
    yield { kind: 'written', name, words, why: breach.schema, written, certain };
  }
}

/** An exploded object is told by the names of its properties, among which those of other parameters do not count. */
function isSpread({ in: location, explode, schema }: Parameter): boolean {
  return explode && (location === 'query' || location === 'cookie') && kindsOf(schema).includes('object');
}

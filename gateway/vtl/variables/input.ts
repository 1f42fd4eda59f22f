/**
 * `$input` (apigateway.md 3.2): the payload as text, as JSON and by JSONPath, and the parameters of the request. The
 * payload is parsed when somebody first asks for what is in it, and once.
 */
import { evaluatePath } from '../json-path/evaluate.ts';
import { compilePath } from '../json-path/parse-path.ts';
import { type Meter, ValueFault } from '../meter.ts';
import { fromJson } from '../value-json.ts';
import { toJson } from '../value-text.ts';
import { HostObject, type Value, type ValueMap } from '../values.ts';

/** Values of parameters by their names; of a name that came several times, all. */
export type Parameters = ReadonlyMap<string, readonly string[]>;

export interface InputSource {
  /** The payload as text; empty when there is none. */
  readonly body: string;
  readonly path: Parameters;
  /** Decoded. */
  readonly querystring: Parameters;
  /** Names as the client wrote them. */
  readonly header: Parameters;
}

/**
 * `$input` for one template.
 *
 * A path that leads nowhere and a payload that is no JSON give null, and `""` as JSON. A path that is no path ends the
 * rendering.
 */
export function inputVariable(source: InputSource): HostObject {
  // An empty payload reads as an empty object.
  const body = source.body === '' ? '{}' : source.body;
  let read: { readonly root: Value } | undefined;
  /** Undefined where nothing is found; null is found too. */
  const find = (text: string, meter: Meter): Value | undefined => {
    const path = compilePath(text);
    if (path.kind === 'refused')
      throw new ValueFault(`the JSONPath ${text} cannot be used: ${path.message} (at ${path.position})`);
    if (read === undefined) {
      meter.spend(body.length >> 4);
      const json = fromJson(body);
      read = { root: 'value' in json ? json.value : null };
    }
    const found = evaluatePath(path, read.root, meter);
    return found.kind === 'found' ? found.value : undefined;
  };
  const all: readonly (readonly [string, ValueMap])[] = [
    ['path', lastOfEach(source.path)],
    ['querystring', lastOfEach(source.querystring)],
    ['header', lastOfEach(source.header)],
  ];
  return new HostObject('input', {
    properties: { body: () => body },
    methods: {
      json: ([path], meter) => {
        if (typeof path !== 'string') return undefined;
        const found = find(path, meter);
        return found === undefined ? '""' : toJson(found, meter);
      },
      path: ([path], meter) => (typeof path === 'string' ? (find(path, meter) ?? null) : undefined),
      params: ([name, ...others]) => {
        if (name === undefined) return new Map<Value, Value>(all);
        if (typeof name !== 'string' || others.length > 0) return undefined;
        return all.find(([, parameters]) => parameters.has(name))?.[1].get(name) ?? '';
      },
    },
  });
}

/** Of a name that came several times, the last value. */
function lastOfEach(parameters: Parameters): ValueMap {
  const last: ValueMap = new Map();
  for (const [name, values] of parameters) last.set(name, values.at(-1) ?? '');
  return last;
}

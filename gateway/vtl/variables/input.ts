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
 *
 * @param source - read when a template asks for it, so its members may be getters
 */
export function inputVariable(source: InputSource): HostObject {
  return new Input(source);
}

/** Where a parameter is looked for, in this order. */
const PLACES = ['path', 'querystring', 'header'] as const;
const NO_MEMBERS = {};

/** A class, since one is made for each rendering and closures for each member would cost more than most templates. */
class Input extends HostObject {
  readonly #source: InputSource;
  #root: { readonly value: Value } | undefined;
  #parameters: readonly (readonly [string, ValueMap])[] | undefined;

  constructor(source: InputSource) {
    super('input', NO_MEMBERS);
    this.#source = source;
  }

  override property(name: string): Value {
    return name === 'body' ? this.#body() : null;
  }

  override call(name: string, args: readonly Value[], meter: Meter): Value | undefined {
    const [path] = args;
    switch (name) {
      case 'json': {
        if (typeof path !== 'string') return undefined;
        const found = this.#find(path, meter);
        return found === undefined ? '""' : toJson(found, meter);
      }
      case 'path':
        return typeof path === 'string' ? (this.#find(path, meter) ?? null) : undefined;
      case 'params':
        return this.#params(args);
      default:
        return undefined;
    }
  }

  /** An empty payload reads as an empty object. */
  #body(): string {
    return this.#source.body === '' ? '{}' : this.#source.body;
  }

  /** Undefined where nothing is found; null is found too. */
  #find(text: string, meter: Meter): Value | undefined {
    const path = compilePath(text);
    if (path.kind === 'refused')
      throw new ValueFault(`the JSONPath ${text} cannot be used: ${path.message} (at ${path.position})`);
    if (this.#root === undefined) {
      const body = this.#body();
      meter.spend(body.length >> 4);
      const json = fromJson(body);
      this.#root = { value: 'value' in json ? json.value : null };
    }
    const found = evaluatePath(path, this.#root.value, meter);
    return found.kind === 'found' ? found.value : undefined;
  }

  #params([name, ...others]: readonly Value[]): Value | undefined {
    if (name === undefined) {
      this.#parameters ??= PLACES.map(place => [place, lastOfEach(this.#source[place])]);
      return new Map<Value, Value>(this.#parameters);
    }
    if (typeof name !== 'string' || others.length > 0) return undefined;
    for (const place of PLACES) {
      const values = this.#source[place].get(name);
      if (values !== undefined) return values.at(-1) ?? '';
    }
    return '';
  }
}

/** Of a name that came several times, the last value. */
function lastOfEach(parameters: Parameters): ValueMap {
  const last: ValueMap = new Map();
  for (const [name, values] of parameters) last.set(name, values.at(-1) ?? '');
  return last;
}

/**
 * The models of one API as checks for bodies (apigateway.md 4.1): JSON Schema draft 4, references from model to model
 * in circles or not, and the words of the Java validator that API Gateway uses.
 *
 * Schemas are compiled one by one from a list, and applied with a count of what is done, so that neither a deep nor a
 * hostile one can hang or overflow anything.
 */
import { joinPointer } from '../../../contract/json/pointer.ts';
import { DEFAULT_LIMITS, LimitReached, Meter } from '../../vtl/meter.ts';
import { fromJson } from '../../vtl/value-json.ts';
import { isMap, type Value, type ValueMap } from '../../vtl/values.ts';
import { ARRAY_KEYWORDS, itemsCheck } from './array-keywords.ts';
import { COMBINING_KEYWORDS } from './combining-keywords.ts';
import { TYPES, typeOf } from './json-type.ts';
import { readReference, schemaAt } from './model-address.ts';
import { NUMBER_KEYWORDS } from './number-keywords.ts';
import { everyHolds, membersCheck, OBJECT_KEYWORDS } from './object-keywords.ts';
import type { Check, JsonType, KeywordContext, Run, SchemaNode } from './schema-check.ts';
import { FORMAT, TEXT_KEYWORDS } from './text-keywords.ts';

/** Something in a model that validation does without. */
export interface ModelProblem {
  readonly model: string;
  /** JSON Pointer into the model's schema. */
  readonly pointer: string;
  /** A sentence without its full stop. */
  readonly message: string;
}

export interface CompiledModels {
  /**
   * What is wrong with a body, in the order in which the Java validator tells it; undefined when nothing is, or there
   * is no model of that name. Never throws, and ends in bounded time.
   */
  readonly validate: (name: string, body: string) => readonly string[] | undefined;
  /** What could not be used of the schemas: references that lead nowhere, patterns that cannot be matched safely. */
  readonly problems: readonly ModelProblem[];
  /** Those of one model and of the models that it refers to. */
  readonly problemsOf: (name: string) => readonly ModelProblem[];
}

/** Seen at AWS for bodies that are no JSON and for empty ones, where people printed or logged the reason. */
const UNREADABLE: readonly string[] = ['Unknown error parsing request body'];

/** Work for one body: about one a schema applied, member and item, and one for every 16 characters. */
const MAX_STEPS = 2_000_000;
/** Schemas within each other, and within values that are 1,000 levels deep at most. */
const MAX_DEPTH = 2000;
/** What a gateway response can show of them is far less. */
const MAX_ERRORS = 1000;
const MAX_ERROR_CHARACTERS = 1_000_000;

/**
 * Compiles the models of an API.
 *
 * @param models - schema texts by the names of their models
 * @param apiId - the API whose models references may name
 * @example
 * ```ts
 * import { compileModels } from './gateway/local/models/compile-models.ts';
 *
 * const schema = '{"type": "object", "required": ["price"], "properties": {"price": {"type": "number"}}}';
 * const { validate } = compileModels(new Map([['Pet', schema]]), 'abcdefghij');
 * console.log(validate('Pet', '{}')); // [ 'object has missing required properties (["price"])' ]
 * ```
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/models-mappings-models.html
 */
export function compileModels(models: ReadonlyMap<string, string>, apiId: string): CompiledModels {
  const problems: ModelProblem[] = [];
  const schemas = new Map<string, Value>();
  for (const [model, text] of models) {
    const read = fromJson(text);
    if ('value' in read) schemas.set(model, read.value);
    else problems.push({ model, pointer: '', message: `the schema is no JSON: ${read.error.message}` });
  }
  const compilation = new Compilation(schemas, apiId, problems);
  const roots = new Map<string, SchemaNode>();
  for (const [model, schema] of schemas) roots.set(model, compilation.nodeOf(schema, model, ''));
  compilation.finish();
  return {
    problems,
    validate(name, body) {
      const root = roots.get(name);
      return root === undefined ? undefined : validateBody(root, body);
    },
    problemsOf(name) {
      if (problems.length === 0) return problems;
      const named = new Set([name]);
      // A set goes on with what is added to it on the way.
      for (const model of named) for (const other of compilation.referred.get(model) ?? []) named.add(other);
      return problems.filter(({ model }) => named.has(model));
    },
  };
}

function validateBody(root: SchemaNode, body: string): readonly string[] | undefined {
  // An empty body is held as an empty object, but refused as one that cannot be read.
  const read = fromJson(body === '' ? '{}' : body);
  if ('error' in read) return UNREADABLE;
  const meter = new Meter({ ...DEFAULT_LIMITS, steps: MAX_STEPS });
  const errors: string[] = [];
  let characters = 0;
  const add = (message: string): void => {
    characters += message.length;
    if (errors.length < MAX_ERRORS && characters <= MAX_ERROR_CHARACTERS) errors.push(message);
  };
  try {
    // Most bodies hold, and what is wrong with the others is only asked for then.
    if (root.check(read.value, { meter, errors: undefined, depth: 0 })) return undefined;
    if (body === '') return UNREADABLE;
    root.check(read.value, { meter, errors: { add }, depth: 0 });
  } catch (error) {
    // The engine's stack is a limit as well.
    if (!(error instanceof LimitReached || error instanceof RangeError)) throw error;
    errors.push(`the body cannot be held against its model: ${error.message}`);
  }
  return errors.length > 0 ? errors : ['the body does not match its model'];
}

/** A node whose check is there once its turn has come. */
interface Waiting {
  check: Check;
  readonly schema: Value;
  readonly model: string;
  readonly pointer: string;
}

const accepts: Check = () => true;

class Compilation {
  /** By model, the models that it refers to. */
  readonly referred: Map<string, Set<string>> = new Map();
  readonly #schemas: ReadonlyMap<string, Value>;
  readonly #apiId: string;
  readonly #problems: ModelProblem[];
  /** Schemas are the same when they are the same object. */
  readonly #nodes: Map<ValueMap, Waiting> = new Map();
  readonly #waiting: Waiting[] = [];

  constructor(schemas: ReadonlyMap<string, Value>, apiId: string, problems: ModelProblem[]) {
    this.#schemas = schemas;
    this.#apiId = apiId;
    this.#problems = problems;
  }

  nodeOf(schema: Value | undefined, model: string, pointer: string): SchemaNode {
    if (!isMap(schema)) {
      this.#problem(model, pointer, 'a schema is an object in draft 4');
      return { check: accepts };
    }
    const known = this.#nodes.get(schema);
    if (known !== undefined) return known;
    const node: Waiting = { check: accepts, schema, model, pointer };
    this.#nodes.set(schema, node);
    this.#waiting.push(node);
    return node;
  }

  /** Compiles what waits, and what comes to wait by it. */
  finish(): void {
    for (let node = this.#waiting.pop(); node !== undefined; node = this.#waiting.pop()) {
      const check = isMap(node.schema) ? this.#compile(node.schema, node) : accepts;
      node.check = (value, run) => within(check, value, run);
    }
  }

  #compile(schema: ValueMap, { model, pointer }: Waiting): Check {
    const reference = schema.get('$ref');
    // Beside a reference nothing counts.
    if (typeof reference === 'string') return this.#follow(reference, model, pointer);
    const context: KeywordContext = {
      schema,
      nodeOf: (below, ...path) => this.nodeOf(below, model, joinPointer(pointer, ...path)),
      problem: (message, ...path) => this.#problem(model, joinPointer(pointer, ...path), message),
    };
    const byType = new Map<JsonType, Check[]>(TYPES.map(type => [type, []]));
    const add = (check: Check | undefined, types: readonly JsonType[]): void => {
      if (check !== undefined) for (const type of types) byType.get(type)?.push(check);
    };
    for (const keyword of KEYWORDS) {
      const value = schema.get(keyword.name);
      if (value !== undefined) add(keyword.compile(value, context), keyword.appliesTo);
    }
    // What stands inside of a value comes after the value itself.
    add(itemsCheck(context), ['array']);
    add(membersCheck(context), ['object']);
    return (value, run) => everyHolds(byType.get(typeOf(value)) ?? [], value, run);
  }

  #follow(reference: string, model: string, pointer: string): Check {
    const read = readReference(reference, this.#apiId);
    const name = read?.model ?? model;
    const root = this.#schemas.get(name);
    const target = read !== undefined && isMap(root) ? schemaAt(root, read.tokens) : undefined;
    if (read === undefined || !isMap(target)) {
      this.#problem(model, `${pointer}/$ref`, `the reference ${reference} leads to no schema of this API`);
      return accepts;
    }
    const others = this.referred.get(model) ?? new Set();
    this.referred.set(model, others.add(name));
    const node = this.nodeOf(target, name, joinPointer('', ...read.tokens));
    return (value, run) => node.check(value, run);
  }

  #problem(model: string, pointer: string, message: string): void {
    this.#problems.push({ model, pointer, message });
  }
}

/** In the order of their names; formats come last. */
const KEYWORDS = [
  ...[
    ...ARRAY_KEYWORDS,
    ...COMBINING_KEYWORDS,
    ...NUMBER_KEYWORDS,
    ...OBJECT_KEYWORDS,
    ...TEXT_KEYWORDS,
  ].sort((a, b) => (a.name < b.name ? -1 : 1)),
  FORMAT,
];

function within(check: Check, value: Value, run: Run): boolean {
  run.meter.spend(1);
  if (run.depth >= MAX_DEPTH) throw new LimitReached(`schemas more than ${MAX_DEPTH} deep within each other`);
  run.depth += 1;
  const holds = check(value, run);
  run.depth -= 1;
  return holds;
}

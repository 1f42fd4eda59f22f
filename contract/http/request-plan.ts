/** What checking requests of an operation needs to know, worked out once: names as they are looked for, neighbours. */
import type { Operation, Parameter, RequestBody, Schema } from '../model.ts';
import { parsePathTemplate } from './path-template.ts';

export interface Plan {
  /** Neither parameters nor credentials. */
  readonly trivial: boolean;
  readonly secured: boolean;
  readonly parameters: readonly PlannedParameter[];
  readonly body: RequestBody | undefined;
  readonly unchecked: readonly string[];
}

export interface PlannedParameter {
  readonly parameter: Parameter;
  readonly schema: Schema | undefined;
  /** `path.id` */
  readonly key: string;
  /** The name to look for: lower case for headers, without `+` in paths. */
  readonly name: string;
  /** The names of its neighbours. */
  readonly taken: ReadonlySet<string> | undefined;
}

const plans = new WeakMap<Operation, Plan>();
const NO_TEXTS: readonly string[] = [];

/** The plan of an operation, made on first use. */
export function planOf(operation: Operation): Plan {
  let plan = plans.get(operation);
  if (plan === undefined) {
    plan = planFor(operation);
    plans.set(operation, plan);
  }
  return plan;
}

function planFor(operation: Operation): Plan {
  const variables = new Set(parsePathTemplate(operation.path).names);
  const parameters: PlannedParameter[] = [];
  const unchecked: string[] = [];
  for (const parameter of operation.parameters) {
    let { name } = parameter;
    if (parameter.in === 'header') name = name.toLowerCase();
    if (parameter.in === 'path') {
      if (!variables.has(name) && name.endsWith('+')) name = name.slice(0, -1);
      // `lint` tells of it; refusing every request for it would help nobody.
      if (!variables.has(name)) {
        unchecked.push(`the path has no variable for the parameter ${JSON.stringify(name)}`);
        continue;
      }
    }
    const schema = parameter.schema ?? parameter.content?.schema;
    parameters.push({
      parameter,
      schema,
      key: `${parameter.in}.${parameter.name}`,
      name,
      taken: takenBy(operation, parameter),
    });
  }
  return {
    trivial: parameters.length === 0 && operation.security.length === 0 && unchecked.length === 0,
    secured: operation.security.length > 0,
    parameters,
    body:
      operation.requestBody === undefined || operation.requestBody.content.length === 0
        ? undefined
        : operation.requestBody,
    unchecked: unchecked.length === 0 ? NO_TEXTS : unchecked,
  };
}

/** Names that an exploded object must not take for its own. */
function takenBy(operation: Operation, parameter: Parameter): ReadonlySet<string> | undefined {
  if (!parameter.explode || (parameter.in !== 'query' && parameter.in !== 'cookie')) return undefined;
  const names = new Set<string>();
  for (const other of operation.parameters) {
    if (other !== parameter && other.in === parameter.in) names.add(other.name);
  }
  for (const { scheme } of operation.security.flat()) {
    if (scheme?.kind === 'apiKey' && scheme.in === parameter.in) names.add(scheme.parameter);
  }
  return names;
}

/**
 * Parameters as API Gateway knows them: a name and whether it is required. What their schemas say is lost, and so are
 * parameters that its mapping cannot name.
 */
import type { Json } from '../../contract/json/value.ts';
import type { Operation, Parameter } from '../../contract/model.ts';
import { type Effect, type Loss, loss } from '../lower/loss.ts';

const NAME = /^[A-Za-z0-9._$-]+$/;

/** The `parameters` of an operation. Those of the path are declared whatever the document says. */
export function methodParameters(
  { parameters }: Operation,
  path: string,
  lose: (loss: Loss) => void,
): readonly Json[] {
  const variables = variablesOf(path);
  const taken = new Set(variables);
  const told = (parameter: Parameter, effect: Effect, message: string, fix: string): void =>
    lose(loss(effect, { rule: 'apigateway-parameter', message, source: parameter.source, fix }));
  const kept = parameters.flatMap((parameter): readonly Json[] => {
    const { name, in: place } = parameter;
    if (saysMore(parameter)) {
      told(
        parameter,
        'unvalidated',
        `API Gateway checks only that the ${place} parameter ${JSON.stringify(name)} is there, not what it is.`,
        'Validate it behind the gateway.',
      );
    }
    if (place === 'path') return [];
    if (place !== 'query' && place !== 'header') {
      told(
        parameter,
        parameter.required ? 'unvalidated' : 'dropped',
        `API Gateway has no ${place} parameters, so ${JSON.stringify(name)} is left out; it still reaches the back end.`,
        'Send it as a header or in the query if the gateway has to know it.',
      );
      return [];
    }
    if (!NAME.test(name) || taken.has(name)) {
      told(
        parameter,
        parameter.required ? 'unvalidated' : 'dropped',
        taken.has(name)
          ? `API Gateway takes a parameter's name once, so the ${place} parameter ${JSON.stringify(name)} is left out.`
          : `API Gateway takes no parameter called ${JSON.stringify(name)}, so it is left out.`,
        'Give it another name, of letters, digits and the characters . _ $ -.',
      );
      return [];
    }
    taken.add(name);
    return [{ name, in: place, required: isDemanded(parameter), schema: { type: 'string' } }];
  });
  return [...pathParameters(path), ...kept];
}

/** One for each variable of a path. */
export function pathParameters(path: string): readonly Json[] {
  return variablesOf(path).map(name => ({ name, in: 'path', required: true, schema: { type: 'string' } }));
}

function variablesOf(path: string): readonly string[] {
  return [...path.matchAll(/\{([^{}]+?)\+?\}/g)].map(([, name = '']) => name);
}

/** API Gateway takes an empty value for none, and knows an object in the query by no name of its own. */
function isDemanded({ required, allowEmptyValue, style, explode, schema }: Parameter): boolean {
  const isObject = schema?.types?.includes('object') === true;
  return required && !allowEmptyValue && !(isObject && (explode || style === 'deepObject'));
}

/** True for a schema that some texts break. */
function saysMore({ schema, content }: Parameter): boolean {
  if (content !== undefined) return true;
  if (schema === undefined || schema.always === true) return false;
  const { types, enum: values, const: constant, minLength, maxLength, pattern, format } = schema;
  const anyText = types === undefined || types.includes('string');
  return (
    !anyText ||
    values !== undefined ||
    constant !== undefined ||
    (minLength ?? 0) > 1 ||
    maxLength !== undefined ||
    pattern !== undefined ||
    format !== undefined ||
    schema.allOf.length > 0 ||
    schema.anyOf !== undefined ||
    schema.oneOf !== undefined ||
    schema.not !== undefined
  );
}

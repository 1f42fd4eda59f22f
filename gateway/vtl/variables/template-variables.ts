/** The four variables that a mapping template of API Gateway begins with. */
import type { Value, ValueMap } from '../values.ts';
import { type InputSource, inputVariable } from './input.ts';
import { utilVariable } from './text-functions.ts';

const UTIL = utilVariable();

export interface TemplateSource extends InputSource {
  readonly stageVariables: Readonly<Record<string, string>>;
  /** Of the request, and shared by its templates: `contextVariable` makes it. */
  readonly context: ValueMap;
}

/**
 * `$input`, `$util`, `$stageVariables` and `$context` for one template, by their names without the sign.
 *
 * @example
 * ```ts
 * import { contextVariable } from './gateway/vtl/variables/context.ts';
 * import { templateVariables } from './gateway/vtl/variables/template-variables.ts';
 *
 * const variables = templateVariables({
 *   body: '{"name": "Rex"}',
 *   path: new Map([['petId', ['7']]]),
 *   querystring: new Map(),
 *   header: new Map(),
 *   stageVariables: { version: 'v1' },
 *   context: contextVariable({ stage: 'prod' }),
 * });
 * ```
 */
export function templateVariables(source: TemplateSource): ReadonlyMap<string, Value> {
  return new Map<string, Value>([
    ['input', inputVariable(source)],
    ['util', UTIL],
    ['stageVariables', new Map<Value, Value>(Object.entries(source.stageVariables))],
    ['context', source.context],
  ]);
}

/** Mapping templates as a library: what `rehearsal/vtl` exports. */
export { API_GATEWAY, type Dialect, VELOCITY } from './dialect.ts';
export { evaluatePath, type PathResult } from './json-path/evaluate.ts';
export { compilePath } from './json-path/parse-path.ts';
export type { JsonPath, PathRefusal } from './json-path/path.ts';
export { DEFAULT_LIMITS, type Limits, Meter } from './meter.ts';
export { compileTemplate, type RenderOptions, type Template, type TemplateOptions } from './template.ts';
export { TemplateError } from './template-error.ts';
export { fromJson } from './value-json.ts';
export { textOf, toJson } from './value-text.ts';
export { Double, HostObject, JsonList, toValue, type Value, type ValueMap } from './values.ts';
export { type ContextFields, contextVariable } from './variables/context.ts';
export {
  type RequestOverrides,
  type ResponseOverrides,
  requestOverrides,
  responseOverrides,
} from './variables/overrides.ts';
export { type TemplateSource, templateVariables } from './variables/template-variables.ts';

/**
 * Which models API Gateway takes, and in which words it refuses the others (apigateway.md 4.1, 6.5, 13.4). Pure, for
 * the control plane and for imports alike.
 */
import { fromJson } from '../../vtl/value-json.ts';
import { isMap } from '../../vtl/values.ts';
import { validationResult } from '../rules/validation-result.ts';
import { syntaxFaults } from './schema-syntax.ts';

/** Bytes of a model's schema (apigateway.md 15). */
const SCHEMA_LIMIT = 400 * 1024;

/** Why a schema is no model. */
export interface SchemaFault {
  /** An empty schema is refused in words of its own, all others as the result of a validation. */
  readonly kind: 'empty' | 'invalid';
  /** In AWS's words. */
  readonly reason: string;
  /** What AWS does not say: the place and the reason. */
  readonly detail: string;
}

/** Why a model cannot have a name, in AWS's words; undefined when it can. */
export function modelNameFault(name: string): string | undefined {
  if (name === '') return 'Model name must be non-empty';
  return /^[a-zA-Z0-9]+$/.test(name) ? undefined : `Model name must be alphanumeric: ${name}`;
}

/**
 * Why a text is no schema of a model; undefined when it is one.
 *
 * @param contentType - of the model; only schemas for JSON are looked into
 * @example
 * ```ts
 * import { createRefusal, modelSchemaFault } from './gateway/local/models/acceptance.ts';
 *
 * const fault = modelSchemaFault('{"type": "object", "example": {}}', 'application/json');
 * if (fault !== undefined) console.log(createRefusal(fault));
 * ```
 */
export function modelSchemaFault(schema: string, contentType = 'application/json'): SchemaFault | undefined {
  if (/^\s*(?:\{\s*\})?\s*$/.test(schema)) {
    const reason = 'Model schema must have at least 1 property or array items defined';
    return { kind: 'empty', reason, detail: 'the schema is empty' };
  }
  if (new TextEncoder().encode(schema).length > SCHEMA_LIMIT)
    return invalid('', `the schema is longer than ${SCHEMA_LIMIT} bytes`);
  if (!/[/+]json\b/i.test(contentType)) return undefined;
  const read = fromJson(schema);
  if ('error' in read) {
    const { message, line, column } = read.error;
    return invalid('', `the schema is no JSON: ${message} (line ${line}, column ${column})`);
  }
  if (!isMap(read.value)) return invalid('', 'the schema is no object');
  const faults = syntaxFaults(read.value);
  if (faults.unsupported.length > 0) {
    const keywords = JSON.stringify(faults.unsupported);
    return invalid(`. Unsupported keyword(s): ${keywords}`, `draft 4 does not know ${keywords}`);
  }
  if (faults.invalid === undefined) return undefined;
  return invalid('', `${faults.invalid.message}, at ${faults.invalid.pointer}`);
}

function invalid(more: string, detail: string): SchemaFault {
  return { kind: 'invalid', reason: `Invalid model schema specified${more}`, detail };
}

/** The fault as a result of AWS's validation, as imports print it. */
export function validationRefusal({ kind, reason }: SchemaFault): string {
  return kind === 'empty' ? reason : validationResult(reason);
}

/** What CreateModel and UpdateModel answer to it. */
export function createRefusal(fault: SchemaFault): string {
  const refusal = validationRefusal(fault);
  return fault.kind === 'empty' ? refusal : `Invalid model specified: ${refusal}`;
}

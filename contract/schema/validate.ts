/**
 * Values against schemas, in the words of JSON Schema 2020-12. A schema is compiled to closures by its first use and
 * its subschemas by theirs, so one operation of a large document pays for itself only.
 *
 * @see https://json-schema.org/draft/2020-12/json-schema-validation
 */
import { joinPointer } from '../json/pointer.ts';
import type { Json } from '../json/value.ts';
import type { Schema } from '../model.ts';
import type { Problem } from '../problem.ts';
import { slotFor } from './compile.ts';
import { compilePattern } from './pattern/match.ts';
import { type Direction, newRun, type Run, TOO_DEEP, type Violation } from './run.ts';
import { reachableSchemas } from './subschemas.ts';

export type { Direction, Violation } from './run.ts';

export interface ValidateOptions {
  /** Without one, `readOnly` and `writeOnly` change nothing. */
  readonly direction?: Direction;
  /** Collecting stops here; 20 unless told. */
  readonly maxViolations?: number;
}

const DEFAULT_MAX_VIOLATIONS = 20;

/**
 * All the ways in which a value breaks a schema; none when it is valid.
 *
 * `format` is asserted. A `pattern` that cannot be checked is skipped and told by {@link uncheckedKeywords}. Values
 * nested deeper than 500 levels are a violation of `depth`.
 *
 * @example
 * ```ts
 * import { contractFromText } from './contract/read.ts';
 * import { validate } from './contract/schema/validate.ts';
 *
 * const { contract } = contractFromText('openapi: 3.1.1\ninfo: { title: T, version: "1" }\ncomponents: { schemas: { Name: { type: string } } }\n');
 * const name = contract?.schemas.get('Name');
 * if (name !== undefined) console.log(validate(name, 7)[0]?.message); // must be a string, is an integer
 * ```
 */
export function validate(schema: Schema, value: Json, options: ValidateOptions = {}): readonly Violation[] {
  const violations: Violation[] = [];
  const limit = Math.max(1, options.maxViolations ?? DEFAULT_MAX_VIOLATIONS);
  // One pass: combinations ask their members without reporting anyway, and explain themselves only when they fail.
  const run = newRun({ violations, limit, path: [], unions: 0 });
  const holds = apply(schema, value, options.direction, run);
  if (holds && run.exhausted === undefined) return violations;
  if (holds || run.exhausted !== undefined) {
    // What was found on the way to a limit cannot be trusted: a `not` may stand around it.
    const message = run.exhausted ?? TOO_DEEP;
    return [{ keyword: 'depth', instance: '', schema: schema.source, message }];
  }
  return violations;
}

/**
 * Whether a value is valid against a schema: the fast path, which stops at the first violation.
 *
 * @example
 * ```ts
 * import type { Schema } from './contract/model.ts';
 * import { isValid } from './contract/schema/validate.ts';
 *
 * export const fits = (schema: Schema): boolean => isValid(schema, { id: 1 }, 'request');
 * ```
 */
export function isValid(schema: Schema, value: Json, direction?: Direction): boolean {
  const run = newRun(undefined);
  return apply(schema, value, direction, run) && run.exhausted === undefined;
}

function apply(schema: Schema, value: Json, direction: Direction | undefined, run: Run): boolean {
  try {
    return slotFor(schema, direction).check(value, run);
  } catch (error) {
    // The limits leave room on any usual stack; a caller deep in its own, or a small one, may have less.
    if (!(error instanceof RangeError)) throw error;
    run.exhausted = TOO_DEEP;
    return false;
  }
}

/**
 * The keywords that validation skips because they cannot be checked, of the schema and all it leads to: patterns
 * that no engine accepts, and patterns with back-references.
 */
export function uncheckedKeywords(schema: Schema): readonly Problem[] {
  const problems: Problem[] = [];
  for (const { source, pattern, patternProperties } of reachableSchemas(schema)) {
    const told = (text: string, ...tokens: string[]): void => {
      const compiled = compilePattern(text);
      if (compiled.kind !== 'fault') return;
      problems.push({
        rule: compiled.unsupported ? 'pattern-unsupported' : 'pattern-invalid',
        severity: compiled.unsupported ? 'warning' : 'error',
        message: `The pattern ${JSON.stringify(text)} is not checked: ${compiled.message}.`,
        source: { document: source.document, pointer: joinPointer(source.pointer, ...tokens) },
        fix: compiled.unsupported
          ? 'Write the pattern without it, or accept that values are not held against it.'
          : 'Correct the pattern: an ECMA-262 regular expression, as JSON Schema has it.',
      });
    };
    if (pattern !== undefined) told(pattern, 'pattern');
    for (const name of patternProperties.keys()) told(name, 'patternProperties', name);
  }
  return problems;
}

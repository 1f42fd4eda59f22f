/** What a template can do wrong, with its place. Nothing else leaves the engine. */
import { RehearsalError } from '../../contract/errors.ts';
import { placeAt } from '../../contract/json/syntax-error.ts';

/** The coded errors of templates, as in `docs/reference/errors.md`. */
export type TemplateErrorCode = 'TEMPLATE_INVALID' | 'TEMPLATE_FAILED' | 'TEMPLATE_LIMIT';

/**
 * A template cannot be read (`TEMPLATE_INVALID`), asked for what cannot be done (`TEMPLATE_FAILED`), or for too much
 * (`TEMPLATE_LIMIT`). Says where: line and column count from 1, columns in UTF-16 units.
 */
export class TemplateError extends RehearsalError {
  readonly line: number;
  readonly column: number;
  /** What is wrong, one clause without a full stop. */
  readonly reason: string;

  constructor(code: TemplateErrorCode, source: string, offset: number, reason: string, cause?: unknown) {
    const { line, column } = placeAt(source, offset);
    super(code, { line, column, reason }, cause === undefined ? {} : { cause });
    this.line = line;
    this.column = column;
    this.reason = reason;
  }
}

/** Thrown while a template is read; whoever knows the whole source makes a {@link TemplateError} of it. */
export class SyntaxFault extends Error {
  override readonly name = 'SyntaxFault';
  readonly offset: number;

  constructor(offset: number, message: string) {
    super(message);
    this.offset = offset;
  }
}

/** Runtime expressions, as links and hints write them, as places in earlier exchanges. */
import { joinPointer } from '../json/pointer.ts';
import { entriesOf, isArray, isObject, type Json } from '../json/value.ts';
import type { ValueSource } from './sequence.ts';

/**
 * A constant, a runtime expression, or a text with expressions in braces; undefined where one is not read here.
 *
 * @see https://spec.openapis.org/oas/v3.1.1#runtime-expressions
 */
export function expressionSource(value: Json, step: number): ValueSource | undefined {
  if (typeof value !== 'string') return { kind: 'constant', value };
  if (value.startsWith('$')) return bareSource(value, step);
  const pieces = value.split(EMBEDDED);
  if (pieces.length === 1) return { kind: 'constant', value };
  const parts: ValueSource[] = [];
  // The separator is kept: every second piece is an expression.
  for (const [index, piece] of pieces.entries()) {
    const part = index % 2 === 0 ? ({ kind: 'constant', value: piece } as const) : bareSource(piece, step);
    if (part === undefined) return undefined;
    if (part.kind !== 'constant' || part.value !== '') parts.push(part);
  }
  const [only] = parts;
  // Alone it keeps its type.
  return parts.length === 1 && only !== undefined ? only : { kind: 'text', parts };
}

const EMBEDDED = /\{(\$[^{}]*)\}/;

function bareSource(text: string, step: number): ValueSource | undefined {
  switch (text) {
    case '$url':
    case '$method':
      return { kind: text === '$url' ? 'url' : 'method', step };
    case '$statusCode':
      return { kind: 'status-code', step };
    default:
  }
  const [, side, where = '', rest = ''] =
    /^\$(request|response)\.(header|query|path|body)(.*)$/s.exec(text) ?? [];
  const name = rest.slice(1);
  if (where === 'body') {
    const pointer = rest.startsWith('#') ? rest.slice(1) : rest;
    return { kind: side === 'request' ? 'request-body' : 'response-body', step, pointer };
  }
  if (side === 'response') return where === 'header' ? { kind: 'response-header', step, name } : undefined;
  if (where === 'path') return { kind: 'request-path', step, name };
  if (where === 'query') return { kind: 'request-query', step, name };
  return where === 'header' ? { kind: 'request-header', step, name } : undefined;
}

/** The expressions in a body, each with its place in it; undefined where one is not read here. */
export function expressionsIn(
  body: Json,
  step: number,
  pointer = '',
): readonly (readonly [pointer: string, source: ValueSource])[] | undefined {
  if (isObject(body) || isArray(body)) {
    const members = isArray(body)
      ? body.map((item, index) => [String(index), item] as const)
      : entriesOf(body);
    const inside = members.map(([name, member]) => expressionsIn(member, step, joinPointer(pointer, name)));
    return inside.some(found => found === undefined) ? undefined : inside.flatMap(found => found ?? []);
  }
  const source = expressionSource(body, step);
  if (source === undefined) return undefined;
  return source.kind === 'constant' ? [] : [[pointer, source]];
}

/** The steps whose exchanges a source reads. */
export function stepsOf(source: ValueSource): readonly number[] {
  switch (source.kind) {
    case 'constant':
      return [];
    case 'text':
      return source.parts.flatMap(stepsOf);
    default:
      return [source.step];
  }
}

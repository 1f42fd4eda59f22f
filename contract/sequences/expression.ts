/** Runtime expressions, as links and hints write them, as places in earlier exchanges. */
import type { Json } from '../json/value.ts';
import type { ValueSource } from './sequence.ts';

/**
 * A constant or a runtime expression; undefined for one that is not read here.
 *
 * @see https://spec.openapis.org/oas/v3.1.1#runtime-expressions
 */
export function expressionSource(value: Json, step: number): ValueSource | undefined {
  if (typeof value !== 'string' || !value.startsWith('$')) return { kind: 'constant', value };
  const [, side, where = '', rest = ''] =
    /^\$(request|response)\.(header|query|path|body)(.*)$/s.exec(value) ?? [];
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

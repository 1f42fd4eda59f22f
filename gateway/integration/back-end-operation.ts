/** An operation as integrations with a back end see it. */

import { isObject, type Json } from '../../contract/json/value.ts';
import type { Operation } from '../../contract/model.ts';
import type { Attribution, IntegratedResponse } from './mock-integration.ts';

export interface BackEndOperation {
  readonly operation: Operation;
  /** As API Gateway takes it. */
  readonly path: string;
  /** Parameters that its method declares: nothing else can be mapped. */
  readonly parameters: readonly Json[];
  /** What it may answer, the usual first. */
  readonly responses: readonly IntegratedResponse[];
  readonly attribution: Attribution;
}

/** Names that a method declares in one place. */
export function declaredIn({ parameters }: BackEndOperation, place: string): readonly string[] {
  return parameters.flatMap(parameter =>
    isObject(parameter) && parameter['in'] === place ? [String(parameter['name'])] : [],
  );
}

/**
 * The statuses of a response as a pattern that fits no other response's; undefined for what stands for all that are
 * left.
 */
export function statusPattern(
  { carrier: { response } }: IntegratedResponse,
  responses: readonly IntegratedResponse[],
): string | undefined {
  const { statusKey, status } = response;
  if (statusKey === undefined || statusKey === 'default') return undefined;
  return /^[1-5]XX$/i.test(statusKey) ? rangePattern(statusKey.charAt(0), responses) : String(status);
}

/** The statuses of a class that no response has as its own. */
export function rangePattern(first: string, responses: readonly IntegratedResponse[]): string {
  const exact = responses
    .map(({ carrier: { response } }) => response.statusKey ?? '')
    .filter(key => /^\d{3}$/.test(key) && key.startsWith(first));
  return `${exact.length === 0 ? '' : `(?!${exact.join('|')})`}${first}\\d\\d`;
}

/** Mapping expressions for what every answer says of its release. */
export function attributionParameters({ attribution }: BackEndOperation): Readonly<Record<string, string>> {
  return Object.fromEntries(
    attribution.map(([name, expression]) => [`method.response.header.${name}`, expression]),
  );
}

/** Does the answer come in time? */
import type { Exchange } from '../exchange.ts';
import type { Json } from '../json/value.ts';
import { below } from '../source.ts';
import type { Check, CheckOptions, Finding } from './check.ts';

/** Of an operation, or of the document's root for all: milliseconds. */
const EXTENSION = 'x-max-response-time';

export const responseTime: Check = {
  name: 'response-time',
  title: 'The answer comes in time',
  severity: 'error',
  appliesTo: 'every exchange, where somebody names a budget',
  description:
    'Milliseconds from sending the request to the last byte of the answer: `x-max-response-time` of the operation, else of the root of the document, else `--max-response-time` or `test.maxResponseTime`. Without any of them nothing is asked. A run sends many requests at once, so a budget is best asked with `--concurrency 1`.',
  specification: 'https://spec.openapis.org/oas/v3.1.1#specification-extensions',
  samples: {
    passing: {
      operation: 'responses: { "200": { description: Pets } }\nx-max-response-time: 200',
      status: 200,
      ms: 42,
    },
    failing: {
      operation: 'responses: { "200": { description: Pets } }\nx-max-response-time: 200',
      status: 200,
      ms: 250,
    },
  },
  check,
};

const NOTHING: readonly Finding[] = [];

function check(
  { case: { operation }, response: { ms } }: Exchange,
  { maxResponseMs }: CheckOptions = {},
): readonly Finding[] {
  const own = budget(operation.extensions);
  const common = own === undefined ? budget(operation.contract.extensions) : undefined;
  const most = own ?? common ?? maxResponseMs;
  if (most === undefined || ms <= most) return NOTHING;
  const { source } = common === undefined ? operation : operation.contract;
  return [
    {
      received: `an answer after ${Math.round(ms)} ms`,
      documented: `at most ${most} ms`,
      source: own === undefined && common === undefined ? source : below(source, EXTENSION),
    },
  ];
}

function budget(extensions: ReadonlyMap<string, Json>): number | undefined {
  const value = extensions.get(EXTENSION);
  return typeof value === 'number' && value > 0 ? value : undefined;
}

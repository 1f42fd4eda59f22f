/** What `rehearsal generate gateway --kind http` refuses: what an HTTP API cannot be at all. */
import { RehearsalError } from '../../contract/errors.ts';
import type { Contract } from '../../contract/model.ts';
import type { TargetChoices, TargetInput } from '../../contract/target.ts';
import { placeOperations } from '../document/resource-paths.ts';
import { type HttpDocument, type HttpDocumentOptions, httpDocument } from './http-document.ts';
import { tooManyRoutes } from './http-rules.ts';

export function isHttp(choices: TargetChoices | undefined): boolean {
  return choices?.['kind'] === 'http';
}

/** @throws RehearsalError TARGET_REQUIREMENT where a glance shows it */
export function refuseHttp(input: TargetInput): void {
  const { contract, choices = {} } = input;
  if (choices['format'] === 'swagger')
    throw refusal(input, 'HTTP APIs are imported as OpenAPI 3.0', 'Leave --format swagger out.');
  if (choices['anySize'] === true || choices['split'] !== undefined) return;
  refuseManyRoutes(input, placeOperations(contract.operations, () => {}).length);
}

/**
 * The document of a contract, or of a part of it.
 *
 * @throws RehearsalError TARGET_REQUIREMENT where nothing would answer, or too many routes would
 */
export function httpPart(input: TargetInput, contract: Contract, options: HttpDocumentOptions): HttpDocument {
  const made = httpDocument(contract, options);
  const [first] = made.unanswered;
  if (first !== undefined) {
    const others = made.unanswered.length - 1;
    const what = first.type === 'mock' ? 'mock integrations' : `integrations of the type ${first.type}`;
    throw refusal(
      input,
      `HTTP APIs have no ${what}, and ${first.key}${others === 0 ? '' : ` (and ${others} more)`} would need one`,
      'Name a back end with --integration http_proxy or aws_proxy, or make a REST API of it, without --kind http.',
    );
  }
  if (input.choices?.['anySize'] !== true) refuseManyRoutes(input, made.placed.length);
  return made;
}

function refuseManyRoutes(input: TargetInput, routes: number): void {
  const message = tooManyRoutes(routes);
  if (message === undefined) return;
  throw refusal(
    input,
    message.replace(/\.$/, '').replace(/^It/, 'it'),
    'Split it with --split tag, or take any size with --any-size where the quota was raised.',
  );
}

function refusal({ name }: TargetInput, reason: string, fix: string): RehearsalError {
  return new RehearsalError('TARGET_REQUIREMENT', { target: 'gateway', name, reason, fix });
}

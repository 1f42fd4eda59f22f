/** For tests of imports: documents as values, and imports that differ from the usual one in what a test is about. */
import { AwsError } from '../control/aws-error.ts';
import { chanceFrom } from '../state/ids.ts';
import type { Method, Snapshot } from '../state/records.ts';
import { type Imported, type ImportInput, importApi } from './import-api.ts';

export const ACCOUNT = { accountId: '123456789012', region: 'eu-west-1', partition: 'aws' };

type Options = Partial<Omit<ImportInput, 'definition'>>;

/** Imports a text, or a document written as JSON. */
export function imported(definition: unknown, options: Options = {}): Imported {
  return importApi({
    definition: Buffer.from(typeof definition === 'string' ? definition : JSON.stringify(definition)),
    existing: undefined,
    mode: 'overwrite',
    basePath: 'ignore',
    failOnWarnings: false,
    ignoreDocumentation: false,
    account: ACCOUNT,
    chance: chanceFrom(1),
    isTaken: () => false,
    now: 1_700_000_000,
    ...options,
  });
}

/** The sentence with which an import is refused. */
export function refusal(definition: unknown, options: Options = {}): string {
  try {
    imported(definition, options);
  } catch (error) {
    if (error instanceof AwsError && error.type === 'BadRequestException') return error.message;
    throw error;
  }
  throw new Error('The import was not refused.');
}

/** The method of a path, which must be there. */
export function methodAt({ resources }: Snapshot, path: string, verb: string): Method {
  const method = resources.find(resource => resource.path === path)?.resourceMethods?.[verb];
  if (method === undefined) throw new Error(`There is no ${verb} ${path}.`);
  return method;
}

/** An OpenAPI 3 document without faults, of paths and whatever else a test is about. */
export function oas30(paths: unknown, more: object = {}): object {
  return { openapi: '3.0.1', info: { title: 'pets', version: '1.0' }, paths, ...more };
}

/** The same in Swagger 2.0. */
export function swagger(paths: unknown, more: object = {}): object {
  return { swagger: '2.0', info: { title: 'pets', version: '1.0' }, paths, ...more };
}

/** An operation that answers with a mock. */
export function mockOperation(more: object = {}): object {
  return {
    responses: { 200: { description: 'fine' } },
    'x-amazon-apigateway-integration': {
      type: 'mock',
      requestTemplates: { 'application/json': '{"statusCode": 200}' },
      responses: { default: { statusCode: '200' } },
    },
    ...more,
  };
}

/**
 * The text of an import as a document: JSON or YAML, Swagger 2.0 or OpenAPI 3.0, with AWS's variables filled in. What
 * AWS does not read is refused here in its words.
 */
import { parseDocument } from '../../../contract/document/parse-document.ts';
import { isObject, type JsonObject, own } from '../../../contract/json/value.ts';
import type { Problem } from '../../../contract/problem.ts';
import { badRequest } from '../control/aws-error.ts';
import type { AccountIdentity } from '../control/operation.ts';
import { INVALID_INPUT, TOO_LARGE } from './wording.ts';

export interface ApiDocument {
  readonly version: 'swagger' | 'oas30';
  readonly root: JsonObject;
}

/** Bytes of a definition that are still read (reference 15). */
const DEFINITION_LIMIT = 6 * 1024 * 1024;

/**
 * Reads a definition.
 *
 * @throws AwsError BadRequestException
 */
export function readApiDocument(bytes: Uint8Array, account: AccountIdentity): ApiDocument {
  if (bytes.length > DEFINITION_LIMIT) throw badRequest(TOO_LARGE);
  const text = filledIn(new TextDecoder().decode(bytes), account);
  const parsed = parseDocument(text, { name: 'definition', uri: 'memory:definition' });
  if (parsed.document === undefined) throw badRequest(INVALID_INPUT, firstOf(parsed.problems));
  const root = parsed.document.value;
  const version = isObject(root) ? versionOf(root) : undefined;
  if (!isObject(root) || version === undefined) {
    throw badRequest(INVALID_INPUT, 'The definition is not of Swagger 2.0 or OpenAPI 3.0.');
  }
  return { version, root };
}

/** Where the text is wrong, which AWS keeps to itself. */
function firstOf([problem]: readonly Problem[]): string | undefined {
  if (problem === undefined) return undefined;
  const { document, pointer } = problem.source;
  const { line, column } = document.locate(pointer);
  return `line ${line}, column ${column}: ${problem.message}`;
}

/** `${AWS::Region}` and its like, wherever they stand (reference 1.4). */
function filledIn(text: string, { accountId, partition, region }: AccountIdentity): string {
  return text
    .replaceAll('${AWS::AccountId}', accountId)
    .replaceAll('${AWS::Partition}', partition)
    .replaceAll('${AWS::Region}', region);
}

function versionOf(root: JsonObject): ApiDocument['version'] | undefined {
  const swagger = own(root, 'swagger');
  // YAML without quotes makes a number of it.
  if (swagger === '2.0' || swagger === 2) return 'swagger';
  const openapi = own(root, 'openapi');
  return typeof openapi === 'string' && /^3\.0(\.\d+)?(-.*)?$/.test(openapi) ? 'oas30' : undefined;
}

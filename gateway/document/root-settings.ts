/**
 * What a document says of its API as a whole in API Gateway's own words: carried over, beside what is made. A value that
 * the service would not take is left out and told.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions.html
 */
import { entriesOf, isArray, isObject, type Json, type JsonObject, own } from '../../contract/json/value.ts';
import type { Contract } from '../../contract/model.ts';
import { below } from '../../contract/source.ts';
import { type Loss, loss } from '../lower/loss.ts';
import type { PlacedOperation } from './resource-paths.ts';
import { type Filled, withoutFunctions } from './template-functions.ts';

type IsTaken = (value: Json) => boolean;

const isWord: IsTaken = value => typeof value === 'string';

/** Extensions that mean the same in the document that is made, each with what the service takes for it. */
const CARRIED: Readonly<Record<string, IsTaken>> = {
  'x-amazon-apigateway-api-key-source': value => /^(header|authorizer)$/i.test(String(value)),
  'x-amazon-apigateway-minimum-compression-size': value =>
    typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 10_485_760,
  'x-amazon-apigateway-policy': isObject,
  'x-amazon-apigateway-security-policy': isWord,
  'x-amazon-apigateway-endpoint-access-mode': isWord,
};

const BINARY = 'x-amazon-apigateway-binary-media-types';
const DOCUMENTATION = 'x-amazon-apigateway-documentation';
const ENDPOINT = 'x-amazon-apigateway-endpoint-configuration';

/**
 * Members for the root of the document.
 *
 * @param made.binaryTypes - that answers are made in
 * @param made.functions - of CloudFormation: filled in, or kept for a template
 */
export function rootSettings(
  contract: Contract,
  made: {
    readonly placed: readonly PlacedOperation[];
    readonly binaryTypes: ReadonlySet<string>;
    readonly functions: 'fill' | 'keep';
  },
  lose: (loss: Loss) => void,
): JsonObject {
  const { extensions } = contract;
  const found = (name: string, isTaken: IsTaken): Json | undefined => {
    const given = extensions.get(name);
    if (given === undefined) return undefined;
    const filled: Filled = made.functions === 'keep' ? { value: given } : withoutFunctions(given);
    if ('value' in filled && isTaken(filled.value)) return filled.value;
    lose(extensionLoss(contract, name));
    return undefined;
  };
  const carried = Object.entries(CARRIED).flatMap(([name, isTaken]) => {
    const value = found(name, isTaken);
    return value === undefined ? [] : [[name, value] as const];
  });
  const binary = found(BINARY, value => isArray(value) && value.every(isWord));
  const types = new Set([...(isArray(binary) ? binary.map(String) : []), ...made.binaryTypes]);
  const documentation = found(DOCUMENTATION, value => isArray(own(value, 'documentationParts')));
  const endpoint = endpointOf(contract, lose);
  return {
    ...(types.size === 0 ? {} : { [BINARY]: [...types] }),
    ...Object.fromEntries(carried),
    ...(documentation === undefined ? {} : { [DOCUMENTATION]: placedParts(documentation, made.placed) }),
    // OpenAPI 3 has a place for it in a server only, and the address of this one is nobody's.
    ...(endpoint === undefined ? {} : { servers: [{ url: '/', [ENDPOINT]: endpoint }] }),
  };
}

/** Tells of an extension of the root, or of a member of one, that is left out. */
export function extensionLoss({ source }: Contract, ...keys: readonly string[]): Loss {
  return loss('changed', {
    rule: 'apigateway-extension',
    message: `API Gateway does not take what ${keys.join(' ')} says, so it is left out.`,
    source: below(source, ...keys),
    fix: 'Write it as the page on this extension has it.',
  });
}

/** Parts are about paths, some of which have other names now. */
function placedParts(documentation: Json, placed: readonly PlacedOperation[]): Json {
  const paths = new Map(placed.map(({ operation, path }) => [operation.path, path]));
  const parts = own(documentation, 'documentationParts');
  return {
    ...Object.fromEntries(entriesOf(documentation)),
    documentationParts: (isArray(parts) ? parts : []).map(part => {
      const location = own(part, 'location');
      const path = paths.get(String(own(location, 'path')));
      if (path === undefined || !isObject(part) || !isObject(location)) return part;
      return { ...part, location: { ...location, path } };
    }),
  };
}

function endpointOf(contract: Contract, lose: (loss: Loss) => void): Json | undefined {
  const servers = own(contract.raw, 'servers');
  const found = [
    contract.extensions.get(ENDPOINT),
    ...(isArray(servers) ? servers.map(server => own(server, ENDPOINT)) : []),
  ].find(value => value !== undefined);
  if (found === undefined || isObject(found)) return found;
  lose(extensionLoss(contract, ENDPOINT));
  return undefined;
}

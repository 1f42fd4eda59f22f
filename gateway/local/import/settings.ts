/** What stands at the root of a document and belongs to the API as a whole: names, media types, policy, validators, gateway responses. */
import { stringifyJson } from '../../../contract/json/stringify.ts';
import { isArray, type Json, own } from '../../../contract/json/value.ts';
import { present } from '../control/members.ts';
import { policyOf } from '../control/rest-api-values.ts';
import { DEFAULT_TEMPLATES } from '../gateway-responses/effective-response.ts';
import { isResponseType } from '../gateway-responses/response-types.ts';
import { gatewayMappingFault } from '../rules/mapping-expression.ts';
import { templatesFault } from '../rules/templates.ts';
import type { GatewayResponse, RequestValidator, RestApi } from '../state/records.ts';
import { fieldsAt, type ImportScope, membersAt, missing, objectAt, textAt, textsAt } from './scope.ts';
import { gatewayResponseNotPut } from './wording.ts';

/** Members of a RestApi that a document may give; one that it does not give is absent. */
export type Settings = Partial<
  Pick<
    RestApi,
    | 'name'
    | 'version'
    | 'description'
    | 'binaryMediaTypes'
    | 'apiKeySource'
    | 'minimumCompressionSize'
    | 'policy'
    | 'securityPolicy'
    | 'endpointAccessMode'
    | 'disableExecuteApiEndpoint'
  >
> & { readonly vpcEndpointIds?: readonly string[] };

export function settingsOf(scope: ImportScope): Settings {
  const { root } = scope.document;
  const text = (key: string): string | undefined => textAt(scope, own(root, key), key);
  const texts = (key: string): readonly string[] | undefined => textsAt(scope, own(root, key), key);
  const keySource = text('x-amazon-apigateway-api-key-source')?.toUpperCase();
  if (keySource !== undefined && keySource !== 'HEADER' && keySource !== 'AUTHORIZER') {
    scope.findings.errors.push(`Invalid API key source specified: ${keySource}`);
  }
  const policy = objectAt(scope, own(root, 'x-amazon-apigateway-policy'), 'x-amazon-apigateway-policy');
  return present({
    ...infoOf(scope),
    binaryMediaTypes: texts('x-amazon-apigateway-binary-media-types'),
    apiKeySource: keySource,
    minimumCompressionSize: compressionOf(scope),
    policy: policy && policyOf(stringifyJson(policy), scope.apiId, scope.account),
    securityPolicy: text('x-amazon-apigateway-security-policy'),
    endpointAccessMode: text('x-amazon-apigateway-endpoint-access-mode'),
    ...endpointOf(scope),
  });
}

function infoOf(scope: ImportScope): Pick<Settings, 'name' | 'version' | 'description'> {
  const info = objectAt(scope, own(scope.document.root, 'info'), 'info');
  if (info === undefined) missing(scope, 'info');
  const name = textAt(scope, own(info, 'title'), 'info.title');
  const version = textAt(scope, own(info, 'version'), 'info.version');
  const description = textAt(scope, own(info, 'description'), 'info.description');
  if (info !== undefined && name === undefined) missing(scope, 'info.title');
  if (info !== undefined && version === undefined) missing(scope, 'info.version');
  // An API with an empty description cannot be created, and one without can.
  return present({ name, version, description: description === '' ? undefined : description });
}

function compressionOf(scope: ImportScope): number | undefined {
  const value = own(scope.document.root, 'x-amazon-apigateway-minimum-compression-size');
  if (value === undefined || value === null) return undefined;
  const size = typeof value === 'number' ? value : Number.NaN;
  if (Number.isInteger(size) && size >= 0 && size <= 10_485_760) return size;
  scope.findings.errors.push('Invalid minimum compression size, must be between 0 and 10485760');
  return undefined;
}

/** In Swagger 2.0 at the root, in OpenAPI 3 inside a server. */
function endpointOf(scope: ImportScope): Pick<Settings, 'disableExecuteApiEndpoint' | 'vpcEndpointIds'> {
  const key = 'x-amazon-apigateway-endpoint-configuration';
  const { root, version } = scope.document;
  const servers = own(root, 'servers');
  const holders = version === 'swagger' ? [root] : isArray(servers) ? servers : [];
  const value = holders.map(holder => own(holder, key)).find(found => found !== undefined);
  const configuration = objectAt(scope, value, key);
  if (configuration === undefined) return {};
  const disabled = own(configuration, 'disableExecuteApiEndpoint');
  return present({
    disableExecuteApiEndpoint: typeof disabled === 'boolean' ? disabled : undefined,
    vpcEndpointIds: textsAt(scope, own(configuration, 'vpcEndpointIds'), `${key}.vpcEndpointIds`),
  });
}

/** By name, which is what operations call them by. */
export function validatorsOf(scope: ImportScope): ReadonlyMap<string, RequestValidator> {
  const place = 'x-amazon-apigateway-request-validators';
  const validators = new Map<string, RequestValidator>();
  for (const [name, value] of membersAt(scope, own(scope.document.root, place), place)) {
    const object = objectAt(scope, value, `${place}.${name}`);
    if (object === undefined) continue;
    validators.set(name, {
      id: scope.idOf('request-validator', name),
      name,
      validateRequestBody: own(object, 'validateRequestBody') === true,
      validateRequestParameters: own(object, 'validateRequestParameters') === true,
    });
  }
  return validators;
}

/** Each as if it had been put: what is not given keeps AWS's own (reference 5.2). */
export function gatewayResponsesOf(scope: ImportScope): readonly GatewayResponse[] {
  const place = 'x-amazon-apigateway-gateway-responses';
  return fieldsAt(scope, own(scope.document.root, place), place).flatMap(([responseType, value]) => {
    const object = objectAt(scope, value, `${place}.${responseType}`);
    if (object === undefined) return [];
    if (!isResponseType(responseType)) {
      scope.findings.errors.push(gatewayResponseNotPut(responseType, 'Invalid response type specified'));
      return [];
    }
    const at = `${place}.${responseType}`;
    const statusCode = textAt(scope, own(object, 'statusCode'), `${at}.statusCode`);
    if (statusCode !== undefined && !/^[1-5]\d\d$/.test(statusCode)) {
      scope.findings.errors.push(gatewayResponseNotPut(responseType, 'Invalid status code specified'));
    }
    const templates = textsOf(scope, own(object, 'responseTemplates'), `${at}.responseTemplates`);
    const parameters = textsOf(scope, own(object, 'responseParameters'), `${at}.responseParameters`);
    const fault = gatewayMappingFault(parameters) ?? templatesFault(templates);
    if (fault !== undefined) scope.findings.errors.push(gatewayResponseNotPut(responseType, fault));
    return [
      {
        responseType,
        ...(statusCode !== undefined && { statusCode }),
        responseParameters: parameters ?? {},
        responseTemplates: templates ?? DEFAULT_TEMPLATES,
        defaultResponse: false,
      },
    ];
  });
}

function textsOf(
  scope: ImportScope,
  value: Json | undefined,
  place: string,
): Readonly<Record<string, string>> | undefined {
  const object = objectAt(scope, value, place);
  if (object === undefined) return undefined;
  return Object.fromEntries(
    Object.entries(object).flatMap(([name, each]) => {
      const text = textAt(scope, each, `${place}.${name}`);
      return text === undefined ? [] : [[name, text]];
    }),
  );
}

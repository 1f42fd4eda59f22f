/**
 * From an API as it was deployed to a document: what GetExport sends. A pure function of values; what the two versions
 * have in common stands in the files beside it.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-export-api.html
 */
import { parseJson } from '../../../contract/json/parse.ts';
import { isObject, type Json } from '../../../contract/json/value.ts';
import { present } from '../control/members.ts';
import type { AccountIdentity } from '../control/operation.ts';
import { propertiesOf } from '../state/documentation-part.ts';
import type { Snapshot } from '../state/records.ts';
import { type ExportType, type ExportView, type Extension, viewOf, type Written } from './export-view.ts';
import { operationOf } from './operation.ts';
import { schemasOf } from './schemas.ts';
import { securitySchemesOf } from './security.ts';
import { wordsFor } from './words.ts';

export interface ExportInput {
  readonly type: ExportType;
  readonly extensions: ReadonlySet<Extension>;
  /** What the stage's deployment froze. */
  readonly snapshot: Snapshot;
  readonly stageName: string;
  /** Epoch seconds; the version of an API that has none. */
  readonly deployedAt: number;
  /** Of the stage. */
  readonly documentationVersion?: string | undefined;
  readonly account: AccountIdentity;
}

export interface Exported {
  readonly document: Written;
  /** As in `info`. */
  readonly version: string;
}

/**
 * Writes an API as a document.
 *
 * @throws AwsError BadRequestException for a method whose models are all for other types than JSON
 * @example
 * ```ts
 * import { exportApi } from './gateway/local/export/export-api.ts';
 * import type { Snapshot } from './gateway/local/state/records.ts';
 *
 * declare const snapshot: Snapshot;
 * const { document } = exportApi({
 *   type: 'oas30',
 *   extensions: new Set(['integrations', 'authorizers']),
 *   snapshot,
 *   stageName: 'prod',
 *   deployedAt: 1_700_000_000,
 *   account: { accountId: '000000000000', region: 'us-east-1', partition: 'aws' },
 * });
 * console.log(JSON.stringify(document));
 * ```
 */
export function exportApi(input: ExportInput): Exported {
  const { type, snapshot, deployedAt } = input;
  const view = viewOf(type, snapshot, input.extensions);
  const version =
    snapshot.restApi.version ?? new Date(deployedAt * 1000).toISOString().replace(/\.\d+Z$/, 'Z');
  const document = type === 'swagger' ? swaggerOf(view, input, version) : oas30Of(view, input, version);
  return { document: { ...document, ...rootExtensions(view, input) }, version };
}

function swaggerOf(view: ExportView, { stageName, ...input }: ExportInput, version: string): Written {
  const securityDefinitions = securitySchemesOf(view);
  const definitions = schemasOf(view);
  return {
    swagger: '2.0',
    info: infoOf(view, version),
    host: hostOf(input),
    basePath: `/${stageName}`,
    schemes: ['https'],
    paths: pathsOf(view),
    ...(hasAny(securityDefinitions) && { securityDefinitions }),
    ...(hasAny(definitions) && { definitions }),
  };
}

function oas30Of(view: ExportView, { stageName, ...input }: ExportInput, version: string): Written {
  const schemas = schemasOf(view);
  const securitySchemes = securitySchemesOf(view);
  return {
    openapi: '3.0.1',
    info: infoOf(view, version),
    servers: [
      { url: `https://${hostOf(input)}/{basePath}`, variables: { basePath: { default: stageName } } },
    ],
    paths: pathsOf(view),
    // Recorded: there even where it is empty.
    components: {
      ...(hasAny(schemas) && { schemas }),
      ...(hasAny(securitySchemes) && { securitySchemes }),
    },
  };
}

function hostOf({ snapshot, account }: Pick<ExportInput, 'snapshot' | 'account'>): string {
  const suffix = account.partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
  return `${snapshot.restApi.id}.execute-api.${account.region}.${suffix}`;
}

function infoOf(view: ExportView, version: string): Written {
  const { name, description } = view.snapshot.restApi;
  const { info } = wordsFor(view, { type: 'API' }, 'info');
  return {
    ...(isObject(info) && info),
    ...(description !== undefined && { description }),
    version,
    title: name,
  };
}

/** Resources without methods are no paths of a document. */
function pathsOf(view: ExportView): Written {
  return Object.fromEntries(
    view.snapshot.resources.flatMap(resource => {
      const methods = Object.entries(resource.resourceMethods ?? {});
      if (methods.length === 0) return [];
      const operations = methods.map(([verb, method]) => [
        verb === 'ANY' ? 'x-amazon-apigateway-any-method' : verb.toLowerCase(),
        operationOf(view, resource, method),
      ]);
      return [[resource.path, Object.fromEntries(operations) as Written]];
    }),
  );
}

/** Settings of the API as a whole. Recorded: without `extensions` none of them appears. */
function rootExtensions(view: ExportView, { documentationVersion }: ExportInput): Written {
  const { restApi, requestValidators, gatewayResponses, documentationParts } = view.snapshot;
  const documentation = view.documentation && documentationParts.length > 0;
  const validators = view.validators && requestValidators.length > 0;
  const written: Readonly<Record<string, Json | undefined>> = {
    'x-amazon-apigateway-documentation': documentation
      ? {
          ...(documentationVersion !== undefined && { version: documentationVersion }),
          documentationParts: documentationParts.map(part => ({
            location: present(part.location) as Written,
            properties: propertiesOf(part),
          })),
        }
      : undefined,
    'x-amazon-apigateway-request-validators': validators
      ? Object.fromEntries(
          requestValidators.map(({ name, validateRequestBody, validateRequestParameters }) => [
            name,
            { validateRequestBody, validateRequestParameters },
          ]),
        )
      : undefined,
    ...(view.integrations && {
      'x-amazon-apigateway-gateway-responses':
        gatewayResponses.length > 0
          ? Object.fromEntries(
              gatewayResponses.map(({ responseType, statusCode, responseParameters, responseTemplates }) => [
                responseType,
                present({
                  statusCode,
                  responseParameters: hasAny(responseParameters) ? responseParameters : undefined,
                  responseTemplates: hasAny(responseTemplates) ? responseTemplates : undefined,
                }) as Written,
              ]),
            )
          : undefined,
      'x-amazon-apigateway-policy': policyOf(restApi.policy),
      'x-amazon-apigateway-api-key-source':
        restApi.apiKeySource === 'HEADER' ? undefined : restApi.apiKeySource,
      'x-amazon-apigateway-minimum-compression-size': restApi.minimumCompressionSize,
      'x-amazon-apigateway-security-policy': restApi.securityPolicy,
      'x-amazon-apigateway-endpoint-access-mode': restApi.endpointAccessMode,
      'x-amazon-apigateway-binary-media-types': restApi.binaryMediaTypes,
    }),
  };
  return present(written) as Written;
}

function policyOf(policy: string | undefined): Json | undefined {
  const parsed = parseJson(policy ?? '');
  return 'value' in parsed ? parsed.value : undefined;
}

function hasAny(object: object): boolean {
  return Object.keys(object).length > 0;
}

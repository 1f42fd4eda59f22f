/**
 * Operations handed to a Lambda function that knows nothing of HTTP, or to another AWS service. A function is given one
 * object with operation, path, query, headers and body, and gives the body back; it refuses by throwing an error whose
 * message is the body, with the status in it as `status`, `statusCode` or `httpStatus`.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/handle-errors-in-lambda-integration.html
 */
import { isJson } from '../../contract/http/media-type.ts';
import type { Json, JsonObject } from '../../contract/json/value.ts';
import { functionAddress } from './back-end-address.ts';
import { attributionParameters, type BackEndOperation, statusPattern } from './back-end-operation.ts';
import { statusResponses } from './http-integration.ts';
import type { IntegrationSettings } from './integration-choice.ts';
import type { IntegratedResponse } from './mock-integration.ts';
import { literal, settingsFor } from './template-text.ts';

export function awsIntegration(
  { backend, uri }: Pick<IntegrationSettings, 'backend' | 'uri'>,
  one: BackEndOperation,
): JsonObject {
  const address = uri ?? functionAddress(backend);
  // Only functions tell their errors in words; every other service has a status.
  const isFunction = address.includes(':lambda:path/');
  return {
    type: 'aws',
    httpMethod: 'POST',
    uri: address,
    passthroughBehavior: 'when_no_templates',
    requestTemplates: Object.fromEntries(requestTypes(one).map(type => [type, requestTemplate(one, type)])),
    responses: isFunction ? functionResponses(one) : serviceResponses(one),
  };
}

function requestTypes({ operation }: BackEndOperation): readonly string[] {
  const declared = (operation.requestBody?.content ?? []).map(({ mediaType }) =>
    (mediaType.split(';')[0] ?? '').trim().toLowerCase(),
  );
  // A request without a content type uses the template of JSON.
  return [
    ...new Set(['application/json', ...declared.map(type => (type.includes('*') ? '$default' : type))]),
  ];
}

/** JSON forbids the escape of an apostrophe that JavaScript has. */
const ESCAPED = (value: string): string => `"$util.escapeJavaScript(${value}).replaceAll("\\\\'", "'")"`;

function requestTemplate({ operation }: BackEndOperation, type: string): string {
  const operationText = literal(JSON.stringify(operation.id ?? operation.key));
  const places = [
    ['path', 'path'],
    ['querystring', 'query'],
    ['header', 'headers'],
  ].map(
    ([place, name]) =>
      `"${name}": {#foreach($name in $params.${place}.keySet())${ESCAPED('$name')}: ${ESCAPED(`$params.${place}.get($name)`)}#if($foreach.hasNext), #{end}#{end}}`,
  );
  const body = isJson(type) ? "$input.json('$')" : ESCAPED('$input.body');
  const members = [`"operation": ${operationText}`, ...places, `"body": ${body}`];
  return `${settingsFor(operationText)}#set($params = $input.params()){${members.join(', ')}}`;
}

/** What a service answers with any status of success is the usual answer: few let a caller choose the status. */
function serviceResponses(one: BackEndOperation): Json {
  const [usual, ...others] = one.responses;
  if (usual === undefined) return {};
  const first = String(usual.status).charAt(0);
  const rest = others.filter(({ carrier: { response } }) => response.statusKey?.startsWith(first) === false);
  const [answer] = Object.values(statusResponses({ ...one, responses: [usual] }));
  return { [`${first}\\d\\d`]: answer ?? {}, ...statusResponses({ ...one, responses: rest }) };
}

function functionResponses(one: BackEndOperation): Json {
  const [usual, ...refusals] = one.responses;
  const patternOf = (response: IntegratedResponse): string | undefined =>
    statusPattern(response, one.responses);
  // Whatever else it throws: without a pattern for that, it would be the usual answer.
  const last =
    refusals.find(response => patternOf(response) === undefined) ??
    refusals.find(({ status }) => status === 500);
  const known = refusals.filter(response => response !== last).flatMap(one => patternOf(one) ?? []);
  const rest = `${known.length === 0 ? '' : `(?!${message(known.join('|'))})`}[\\s\\S]+`;
  const json = (response: IntegratedResponse, templates: Json | undefined): Json => {
    const parameters = { ...typeOf(response), ...attributionParameters(one) };
    return {
      statusCode: String(response.status),
      ...(Object.keys(parameters).length === 0 ? {} : { responseParameters: parameters }),
      ...(templates === undefined ? {} : { responseTemplates: templates }),
    };
  };
  return {
    ...(usual === undefined ? {} : { default: json(usual, undefined) }),
    ...Object.fromEntries(
      refusals.map(response => [
        response === last ? rest : message(patternOf(response) ?? ''),
        json(response, errorTemplates(response)),
      ]),
    ),
    // One response has a status, and the usual one stands for what no pattern fits.
    ...(last === undefined && usual?.status !== 500 ? { [rest]: UNFORESEEN } : {}),
  };
}

const UNFORESEEN: Json = {
  statusCode: '500',
  responseTemplates: { 'application/json': '{"message": "Internal server error"}' },
};

/** Fits a message that has one of these statuses in it. */
function message(pattern: string): string {
  return `[\\s\\S]*"(?:status|statusCode|httpStatus)"\\s*:\\s*"?(?:${pattern})\\b[\\s\\S]*`;
}

/** The message is the body. */
function errorTemplates({ carrier }: IntegratedResponse): Json {
  const types = carrier.response.answers.flatMap(({ mediaType }) => mediaType ?? []);
  const bare = types.map(type => (type.split(';')[0] ?? '').trim().toLowerCase());
  return Object.fromEntries([...new Set(bare)].map(type => [type, "$input.path('$.errorMessage')"]));
}

/** What is not JSON has to be called by its name. */
function typeOf({ carrier }: IntegratedResponse): Readonly<Record<string, string>> {
  const [type] = carrier.response.answers.flatMap(({ mediaType }) => mediaType ?? []);
  return type === undefined || type === 'application/json'
    ? {}
    : { 'method.response.header.Content-Type': `'${type}'` };
}

/**
 * What API Gateway says of its own accord: who answered, to which pages, and a request that breaks its models in the
 * words that the document has for that.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
 */
import { isJson } from '../../contract/http/media-type.ts';
import { entriesOf, isObject, type Json, type JsonObject } from '../../contract/json/value.ts';
import type { Contract, Operation } from '../../contract/model.ts';
import { type Answer, mockPlan } from '../../contract/plan/mock-plan.ts';
import type { Attribution } from '../integration/mock-integration.ts';
import { literal, settingsFor } from '../integration/template-text.ts';
import type { Loss } from '../lower/loss.ts';
import type { PlacedOperation } from './resource-paths.ts';
import { extensionLoss } from './root-settings.ts';

/**
 * The document's own stand over what is made.
 *
 * @param marks - headers for every answer, as mapping expressions
 */
export function gatewayResponses(
  contract: Contract,
  placed: readonly PlacedOperation[],
  marks: Attribution,
  lose: (loss: Loss) => void,
): Json {
  const responseParameters = Object.fromEntries(
    marks.map(([name, expression]) => [`gatewayresponse.header.${name}`, expression]),
  );
  const responses: Record<string, Json> = {};
  if (marks.length > 0) {
    responses['DEFAULT_4XX'] = { responseParameters };
    responses['DEFAULT_5XX'] = { responseParameters };
  }
  const refusal = commonRefusal(placed.map(({ operation }) => operation));
  if (refusal !== undefined) {
    const body = literal(refusal.text);
    const response = {
      statusCode: String(refusal.status),
      ...(marks.length === 0 ? {} : { responseParameters }),
      responseTemplates: { 'application/json': settingsFor(body) + body },
    };
    responses['BAD_REQUEST_BODY'] = response;
    responses['BAD_REQUEST_PARAMETERS'] = response;
  }
  const own = contract.extensions.get(RESPONSES);
  if (own !== undefined && !isObject(own)) lose(extensionLoss(contract, RESPONSES));
  for (const [type, response] of entriesOf(own)) {
    if (TYPES.has(type) && isObject(response)) responses[type] = marked(response, responseParameters);
    else lose(extensionLoss(contract, RESPONSES, type));
  }
  return responses;
}

const RESPONSES = 'x-amazon-apigateway-gateway-responses';

/** What is put for one type inherits nothing, so the marks go into each. What a document says of a header counts. */
function marked(response: JsonObject, marks: JsonObject): Json {
  const { statusCode, responseParameters } = response;
  const said = entriesOf(responseParameters);
  const names = new Set(said.map(([name]) => name.toLowerCase()));
  const added = Object.entries(marks).filter(([name]) => !names.has(name.toLowerCase()));
  const parameters = Object.fromEntries([...said, ...added]);
  return {
    ...response,
    ...(statusCode === undefined ? {} : { statusCode: String(statusCode) }),
    ...(Object.keys(parameters).length === 0 ? {} : { responseParameters: parameters }),
  };
}

const TYPES: ReadonlySet<string> = new Set([
  'ACCESS_DENIED',
  'API_CONFIGURATION_ERROR',
  'AUTHORIZER_CONFIGURATION_ERROR',
  'AUTHORIZER_FAILURE',
  'BAD_REQUEST_BODY',
  'BAD_REQUEST_PARAMETERS',
  'DEFAULT_4XX',
  'DEFAULT_5XX',
  'EXPIRED_TOKEN',
  'INTEGRATION_FAILURE',
  'INTEGRATION_TIMEOUT',
  'INVALID_API_KEY',
  'INVALID_SIGNATURE',
  'MISSING_AUTHENTICATION_TOKEN',
  'QUOTA_EXCEEDED',
  'REQUEST_TOO_LARGE',
  'RESOURCE_NOT_FOUND',
  'THROTTLED',
  'UNAUTHORIZED',
  'UNSUPPORTED_MEDIA_TYPE',
  'WAF_FILTERED',
]);

interface Refusal {
  readonly status: number;
  readonly text: string;
}

/**
 * There is one refusal for a whole API, so it is the one that most operations document: the first of 400 and 422 with a
 * JSON body. Of equally many the earlier one counts.
 */
function commonRefusal(operations: readonly Operation[]): Refusal | undefined {
  const found = new Map<string, { readonly refusal: Refusal; count: number }>();
  for (const operation of operations) {
    const answer = refusalOf(operation);
    if (answer?.body === undefined) continue;
    const text = new TextDecoder().decode(answer.body);
    const key = `${answer.status} ${text}`;
    const entry = found.get(key) ?? { refusal: { status: answer.status, text }, count: 0 };
    entry.count += 1;
    found.set(key, entry);
  }
  const [most] = [...found.values()].toSorted((a, b) => b.count - a.count);
  return most?.refusal;
}

function refusalOf(operation: Operation): Answer | undefined {
  const { responses } = mockPlan(operation);
  const response = ['400', '422', '4XX'].flatMap(
    key => responses.find(({ statusKey }) => statusKey === key) ?? [],
  )[0];
  return response?.answers.find(({ mediaType }) => mediaType !== undefined && isJson(mediaType));
}

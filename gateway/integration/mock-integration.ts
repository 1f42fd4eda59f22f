/**
 * An operation's mock plan as a mock integration of API Gateway: a request template that names the response, and for
 * each response the templates that carry its bodies unchanged.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-mock-integration.html
 */
import {
  isEventStream,
  isForm,
  isJson,
  isJsonSequence,
  isText,
  isXml,
} from '../../contract/http/media-type.ts';
import { joinPointer } from '../../contract/json/pointer.ts';
import type { Json, JsonObject } from '../../contract/json/value.ts';
import type { Operation } from '../../contract/model.ts';
import { type Answer, type MockPlan, mockPlan } from '../../contract/plan/mock-plan.ts';
import { type Effect, type Loss, loss } from '../lower/loss.ts';
import { type Carrier, carriers } from './carriers.ts';
import { echoTemplate } from './echo.ts';
import { isRemapped } from './remapped-headers.ts';
import { requestTemplate } from './request-template.ts';
import { responseTemplate, type Variant } from './response-template.ts';

export interface MockIntegration {
  /** The value of `x-amazon-apigateway-integration`. */
  readonly integration: JsonObject;
  /** Each response that the integration can give, the usual one first. */
  readonly responses: readonly IntegratedResponse[];
  /** Media types whose bodies are bytes; the API has to know them as binary. */
  readonly binaryTypes: readonly string[];
}

export interface IntegratedResponse {
  readonly carrier: Carrier;
  readonly status: number;
  /** Names of the headers it may carry, as they are written. */
  readonly headers: readonly string[];
}

/** Headers that every answer carries, with mapping expressions in the place of values. */
export type Attribution = readonly (readonly [name: string, expression: string])[];

/** Which release answered. `context.isCanaryRequest` has no value on a stage without a canary, and then no header. */
export const ATTRIBUTION: Attribution = [
  ['x-rehearsal-canary', 'context.isCanaryRequest'],
  ['x-rehearsal-deployment', 'context.deploymentId'],
];

/**
 * @param lose - hears of what the mock server answers and this integration cannot
 * @param echo - to echo values of requests: what variables of the path are called in API Gateway, if not by their name
 */
export function mockIntegration(
  operation: Operation,
  attribution: Attribution,
  lose: (loss: Loss) => void,
  echo?: ReadonlyMap<string, string>,
): MockIntegration {
  const plan = mockPlan(operation);
  const list = carriers(plan);
  const binaryTypes = new Set<string>();
  const making: Making = { plan, attribution, binaryTypes, lose, echo };
  const integrated = list.map(carrier => integratedResponse(carrier, making));
  const template = requestTemplate(list);
  const types = requestTypes(operation);
  const responses: Record<string, Json> = {};
  for (const [index, { json, status }] of integrated.entries()) {
    // No pattern fits two statuses, and what fits none is the usual one's.
    responses[index === 0 ? 'default' : String(status)] = json;
  }
  return {
    integration: {
      type: 'mock',
      passthroughBehavior: 'when_no_templates',
      // Templates see texts only, so bytes that a client sends become one.
      ...(types.some(isBytes) ? { contentHandling: 'CONVERT_TO_TEXT' } : {}),
      requestTemplates: Object.fromEntries(types.map(type => [type, template])),
      responses,
    },
    responses: integrated,
    binaryTypes: [...binaryTypes],
  };
}

/** A request without a content type, a GET above all, uses the template of JSON. */
function requestTypes({ requestBody }: Operation): readonly string[] {
  const declared = requestBody?.content.map(({ mediaType }) => bare(mediaType)) ?? [];
  return [
    ...new Set(['application/json', ...declared.map(type => (type.includes('*') ? '$default' : type))]),
  ];
}

/** A media type whose bodies may be bytes, and which the API may know as binary. */
function isBytes(type: string): boolean {
  const texts = [isJson, isXml, isText, isForm, isJsonSequence, isEventStream];
  return type === '$default' || !texts.some(isText => isText(type));
}

/** API Gateway compares media types without their parameters. */
function bare(mediaType: string): string {
  return (mediaType.split(';')[0] ?? '').trim().toLowerCase();
}

interface Making {
  readonly plan: MockPlan;
  readonly attribution: Attribution;
  readonly binaryTypes: Set<string>;
  readonly lose: (loss: Loss) => void;
  readonly echo: ReadonlyMap<string, string> | undefined;
}

function integratedResponse(
  carrier: Carrier,
  { plan: { operation }, attribution, binaryTypes, lose, echo }: Making,
): IntegratedResponse & { readonly json: Json } {
  const { response, status } = carrier;
  const told = (effect: Effect, message: string, fix: string): void =>
    lose(
      loss(effect, {
        rule: 'apigateway-answer',
        message,
        source: placeOf(operation, response.statusKey),
        fix,
      }),
    );
  const { answers } = response;
  const common = [...commonHeaders(answers), ...typeOfHead(operation, response.statusKey)];
  // How a response's bodies are handled is said once, so beside bytes a text is carried as bytes too.
  const isBinary = answers.some(areBytes);
  const silent = new Set<string>();
  const variants = answers.map(answer => {
    const echoing = echo && echoTemplate(operation, answer, echo, name => silent.add(name));
    if (echoing !== undefined && isBinary) {
      told(
        'changed',
        `Beside bytes ${answer.mediaType} is carried as bytes too, so nothing is echoed into it.`,
        'Give the two media types statuses of their own.',
      );
    }
    const template = isBinary ? undefined : echoing;
    return { ...variantOf(answer, common, isBinary), ...(template === undefined ? {} : { template }) };
  });
  for (const name of silent) {
    told(
      'changed',
      `No template can say which values ${JSON.stringify(name)} may take, so the mock server echoes it, and API Gateway does not.`,
      'Give the property the schema of the parameter, or leave it as it is.',
    );
  }
  for (const answer of answers) if (areBytes(answer)) binaryTypes.add(bare(answer.mediaType ?? ''));
  const parameters: Record<string, Json> = {};
  for (const [name, value] of common) {
    if (isSendable(name, told)) parameters[`method.response.header.${name}`] = `'${value}'`;
  }
  for (const [name, expression] of attribution) parameters[`method.response.header.${name}`] = expression;
  const templates: Record<string, Json> = {};
  for (const [type, group] of Map.groupBy(variants, ({ answer }) => bare(answer.mediaType ?? ''))) {
    if (type !== '') templates[type] = responseTemplate(group);
  }
  return {
    carrier,
    status,
    headers: [
      ...new Set([
        ...answers.flatMap(({ headers }) => headers.map(([name]) => name)),
        ...common.map(([name]) => name),
        ...attribution.map(([name]) => name),
      ]),
    ],
    json: {
      statusCode: String(status),
      ...(Object.keys(parameters).length === 0 ? {} : { responseParameters: parameters }),
      ...(Object.keys(templates).length === 0 ? {} : { responseTemplates: templates }),
      ...(isBinary ? { contentHandling: 'CONVERT_TO_BINARY' } : {}),
    },
  };
}

/** HEAD says what GET would send (RFC 9110, 9.3.2), and API Gateway would call every empty answer JSON. */
function typeOfHead(
  { method, path, contract }: Operation,
  statusKey: string | undefined,
): readonly (readonly [string, string])[] {
  if (method !== 'HEAD') return [];
  const get = contract.operations.find(other => other.method === 'GET' && other.path === path);
  const answer = get && mockPlan(get).answers.find(one => one.statusKey === statusKey);
  return (answer?.headers ?? []).filter(([name]) => name === 'Content-Type');
}

/** Headers that all answers of a response have with the same value. */
function commonHeaders(answers: readonly Answer[]): readonly (readonly [string, string])[] {
  const [first, ...others] = answers;
  if (first === undefined) return [];
  return first.headers.filter(([name, value]) =>
    others.every(({ headers }) => headers.some(([other, same]) => other === name && same === value)),
  );
}

function variantOf(
  answer: Answer,
  common: readonly (readonly [string, string])[],
  isBinary: boolean,
): Variant {
  const own = answer.headers.filter(([name]) => !common.some(([same]) => same === name));
  const { body = new Uint8Array() } = answer;
  return { answer, headers: own, text: isBinary ? Buffer.from(body).toString('base64') : textOf(body) };
}

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function textOf(body: Uint8Array): string {
  return UTF8.decode(body);
}

/** True for a body that its media type, or itself, says is no text. */
function areBytes(answer: Answer | undefined): boolean {
  if (answer?.body === undefined || answer.mediaType === undefined) return false;
  return isBytes(answer.mediaType) || !isUtf8(answer.body);
}

function isUtf8(body: Uint8Array): boolean {
  try {
    UTF8.decode(body);
    return true;
  } catch {
    return false;
  }
}

function isSendable(name: string, told: (effect: Effect, message: string, fix: string) => void): boolean {
  const key = name.toLowerCase();
  if (key !== 'transfer-encoding' && isRemapped(name)) {
    told(
      'changed',
      `API Gateway sends the header ${name} as x-amzn-Remapped-${name}.`,
      'Name it otherwise, or use an http_proxy integration, which passes most headers on.',
    );
  }
  if (key !== 'transfer-encoding') return true;
  told('dropped', 'API Gateway never sends Transfer-Encoding.', 'Leave the header out of the document.');
  return false;
}

function placeOf({ source }: Operation, statusKey: string | undefined): Loss['source'] {
  if (statusKey === undefined) return source;
  return { document: source.document, pointer: joinPointer(source.pointer, 'responses', statusKey) };
}

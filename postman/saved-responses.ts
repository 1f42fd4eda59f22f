/** The answers of the mock plan as saved responses: every status, media type and named example, each with its code. */
import { utf8Text } from '../contract/http/body/bytes.ts';
import { isJson, isXml, parseMediaType } from '../contract/http/media-type.ts';
import type { JsonObject } from '../contract/json/value.ts';
import type { Operation } from '../contract/model.ts';
import { type Answer, mockPlan } from '../contract/plan/mock-plan.ts';
import { type ItemRequest, written } from './format.ts';
import { stableId } from './stable-id.ts';

/** Importing the module by name would set up a client that nobody asks for. */
const { STATUS_CODES } = process.getBuiltinModule('node:http');

export interface SavedResponses {
  readonly responses: readonly JsonObject[];
  /** Names of those whose body is no text, and so stands in no collection. */
  readonly bodiless: readonly string[];
}

/** The saved responses of an operation, as answers to one request of it. */
export function savedResponses(operation: Operation, request: ItemRequest, key: string): SavedResponses {
  const { description: _, ...original } = request;
  const bodiless: string[] = [];
  const seen = new Map<string, number>();
  const responses = mockPlan(operation).answers.map(answer => {
    const plain = nameOf(answer);
    const times = (seen.get(plain) ?? 0) + 1;
    seen.set(plain, times);
    const name = times === 1 ? plain : `${plain} (${times})`;
    const body = answer.body === undefined ? undefined : utf8Text(answer.body);
    if (answer.body !== undefined && body === undefined) bodiless.push(name);
    return written({
      id: stableId(`${key} ${operation.key} response ${name}`),
      name,
      originalRequest: original,
      status: STATUS_CODES[answer.status] ?? '',
      code: answer.status,
      _postman_previewlanguage: languageOf(answer.mediaType),
      header: answer.headers.map(([header, value]) => ({ key: header, value })),
      cookie: [],
      body,
    });
  });
  return { responses, bodiless };
}

function nameOf({ status, mediaType, name }: Answer): string {
  return [String(status), mediaType, name].filter(part => part !== undefined).join(' ');
}

function languageOf(mediaType = ''): string {
  if (isJson(mediaType)) return 'json';
  if (isXml(mediaType)) return 'xml';
  return parseMediaType(mediaType)?.subtype === 'html' ? 'html' : 'text';
}

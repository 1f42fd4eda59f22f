/** Rules about responses: which statuses there are, and their headers and links. */
import type { Header, Operation, Response } from '../../model.ts';
import type { Direction } from '../../schema/run.ts';
import type { DiffRule } from '../rule.ts';
import type { Collector, Spot } from '../spot.ts';
import { compareContent } from './bodies.ts';

const answers = (responses: string): string =>
  `paths:\n  /pets:\n    get:\n      responses: { '200': { description: Pets }${responses === '' ? '' : `, ${responses}`} }\n`;
const headed = (headers: string): string =>
  `paths:\n  /pets:\n    get:\n      responses: { '200': { description: Pets, headers: { ${headers} } } }\n`;
const LINKED =
  "paths:\n  /pets:\n    get:\n      operationId: list\n      responses: { '200': { description: Pets, links: { next: { operationId: list } } } }\n";

export const successStatusRemoved: DiffRule = {
  name: 'response-success-removed',
  severity: 'breaking',
  title: 'A status of success is not answered any more.',
  why: 'Clients wait for it.',
  before: answers("'202': { description: Later }"),
  after: answers(''),
};

export const failureStatusRemoved: DiffRule = {
  name: 'response-failure-removed',
  severity: 'risky',
  title: 'A status of failure, or `default`, is not answered any more.',
  why: 'Clients that handle it may meet something else instead.',
  before: answers("'404': { description: None }"),
  after: answers(''),
};

export const successStatusAdded: DiffRule = {
  name: 'response-success-added',
  severity: 'risky',
  title: 'A status of success is new.',
  why: 'Clients may get an answer that they do not know.',
  before: answers(''),
  after: answers("'202': { description: Later }"),
};

export const failureStatusAdded: DiffRule = {
  name: 'response-failure-added',
  severity: 'safe',
  title: 'A status of failure, or `default`, is new.',
  why: 'Clients have to expect failures they do not know.',
  before: answers(''),
  after: answers("'404': { description: None }"),
};

export const requiredHeaderRemoved: DiffRule = {
  name: 'required-response-header-removed',
  severity: 'breaking',
  title: 'A required header of a response is gone.',
  why: 'Clients that read it find nothing.',
  before: headed('X-Total: { required: true, schema: { type: integer } }'),
  after: headed(''),
};

export const headerRemoved: DiffRule = {
  name: 'response-header-removed',
  severity: 'risky',
  title: 'An optional header of a response is gone.',
  why: 'Clients that read it find nothing.',
  before: headed('X-Total: { schema: { type: integer } }'),
  after: headed(''),
};

export const headerAdded: DiffRule = {
  name: 'response-header-added',
  severity: 'safe',
  title: 'A header of a response is new.',
  why: 'Clients ignore what they do not know.',
  before: headed(''),
  after: headed('X-Total: { schema: { type: integer } }'),
};

export const headerBecameOptional: DiffRule = {
  name: 'response-header-became-optional',
  severity: 'breaking',
  title: 'A header of a response may be missing.',
  why: 'Clients that read it may find nothing.',
  before: headed('X-Total: { required: true, schema: { type: integer } }'),
  after: headed('X-Total: { schema: { type: integer } }'),
};

export const headerBecameRequired: DiffRule = {
  name: 'response-header-became-required',
  severity: 'safe',
  title: 'A header of a response is always there.',
  why: 'Clients get it at least as often as before.',
  before: headerBecameOptional.after,
  after: headerBecameOptional.before,
};

export const headerStyleChanged: DiffRule = {
  name: 'response-header-style-changed',
  severity: 'breaking',
  title: 'A header of a response is written in another way.',
  why: 'Clients read something else.',
  before: headed('X-Tags: { schema: { type: object } }'),
  after: headed('X-Tags: { explode: true, schema: { type: object } }'),
};

export const linkRemoved: DiffRule = {
  name: 'link-removed',
  severity: 'risky',
  title: 'A link of a response is gone.',
  why: 'Clients that follow it do not find their way.',
  before: LINKED,
  after: LINKED.replace(', links: { next: { operationId: list } }', ''),
};

export const RESPONSE_RULES: readonly DiffRule[] = [
  successStatusRemoved,
  failureStatusRemoved,
  successStatusAdded,
  failureStatusAdded,
  requiredHeaderRemoved,
  headerRemoved,
  headerAdded,
  headerBecameOptional,
  headerBecameRequired,
  headerStyleChanged,
  linkRemoved,
];

/** The responses of an operation. `direction` is `request` where the client is who answers. */
export function compareResponses(
  old: Operation,
  now: Operation,
  spot: Spot,
  direction: Direction,
  collector: Collector,
): void {
  const [before, after] = [byStatus(old), byStatus(now)];
  for (const [status, response] of before) {
    const other = after.get(status) ?? after.get(`${status.charAt(0)}XX`);
    const place = { ...spot, part: `response ${status}` };
    if (other !== undefined) compareResponse(response, other, place, direction, collector);
    else {
      const rule = isSuccess(status) ? successStatusRemoved : failureStatusRemoved;
      collector.report(rule, place, 'the status is gone', response.source, now.source);
    }
  }
  for (const [status, response] of after) {
    if (before.has(status) || before.has(`${status.charAt(0)}XX`)) continue;
    const rule = isSuccess(status) ? successStatusAdded : failureStatusAdded;
    collector.report(
      rule,
      { ...spot, part: `response ${status}` },
      'the status is new',
      old.source,
      response.source,
    );
  }
}

/** The responses of an operation by their keys. */
export function byStatus({ responses }: Operation): ReadonlyMap<string, Response> {
  return new Map(responses.map(response => [response.status, response]));
}

/** True for a key that stands for no failure. */
export function isSuccess(status: string): boolean {
  return /^[123]/.test(status);
}

function compareResponse(
  old: Response,
  now: Response,
  spot: Spot,
  direction: Direction,
  collector: Collector,
): void {
  const { report } = collector;
  const at = { before: old.source, after: now.source };
  compareContent(old.content, now.content, spot, direction, at, collector);
  compareHeaders(old, now, spot, direction, collector);
  for (const [name, link] of old.links)
    if (!now.links.has(name))
      report(linkRemoved, spot, `the link "${name}" is gone`, link.source, now.source);
}

function compareHeaders(
  old: Response,
  now: Response,
  spot: Spot,
  direction: Direction,
  collector: Collector,
): void {
  const { report } = collector;
  const [before, after] = [byName(old), byName(now)];
  for (const [key, header] of before) {
    const other = after.get(key);
    const place = { ...spot, part: `${spot.part}, header "${header.name}"` };
    if (other !== undefined) compareHeader(header, other, place, direction, collector);
    else
      report(
        header.required ? requiredHeaderRemoved : headerRemoved,
        place,
        'the header is gone',
        header.source,
        now.source,
      );
  }
  for (const [key, header] of after) {
    if (before.has(key)) continue;
    const place = { ...spot, part: `${spot.part}, header "${header.name}"` };
    report(headerAdded, place, 'the header is new', old.source, header.source);
  }
}

function byName({ headers }: Response): ReadonlyMap<string, Header> {
  return new Map([...headers.values()].map(header => [header.name.toLowerCase(), header]));
}

function compareHeader(
  old: Header,
  now: Header,
  spot: Spot,
  direction: Direction,
  { report, schemas }: Collector,
): void {
  const places = { before: old.source, after: now.source };
  if (old.required && !now.required)
    report(headerBecameOptional, spot, 'the header is optional now', old.source, now.source);
  if (now.required && !old.required)
    report(headerBecameRequired, spot, 'the header is required now', old.source, now.source);
  const exploded = old.schema?.types?.includes('object') === true && old.explode !== now.explode;
  if (exploded || old.content?.mediaType !== now.content?.mediaType)
    report(headerStyleChanged, spot, 'the header is written in another way', old.source, now.source);
  schemas(direction, spot, old.schema ?? old.content?.schema, now.schema ?? now.content?.schema, places);
}

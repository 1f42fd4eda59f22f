/** Rules about the requests that the API sends out itself: webhooks and callbacks. */
import type { DiffRule } from '../rule.ts';

const PATHS = "paths: { /pets: { get: { responses: { '200': { description: Pets } } } } }\n";
const hook = (name: string): string =>
  `  ${name}: { post: { requestBody: { content: { application/json: {} } }, responses: { '204': { description: Heard } } } }\n`;
const called = (callbacks: string): string =>
  `paths:\n  /pets:\n    post:\n${callbacks}      responses: { '204': { description: Kept } }\n`;
const CALLBACK =
  "      callbacks: { born: { '{$request.query.url}': { post: { responses: { '204': { description: Heard } } } } } }\n";

export const webhookRemoved: DiffRule = {
  name: 'webhook-removed',
  severity: 'breaking',
  title: 'A webhook or callback is not sent any more.',
  why: 'Clients wait for it.',
  before: `${PATHS}webhooks:\n${hook('born')}${hook('sold')}`,
  after: `${PATHS}webhooks:\n${hook('born')}`,
};

export const webhookAdded: DiffRule = {
  name: 'webhook-added',
  severity: 'safe',
  title: 'A webhook or callback is new.',
  why: 'Clients that do not know it need not listen.',
  before: called(''),
  after: called(CALLBACK),
};

export const EVENT_RULES: readonly DiffRule[] = [webhookRemoved, webhookAdded];

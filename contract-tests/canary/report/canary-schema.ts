/**
 * The JSON Schema of what the reporter `json` of a canary writes, published for other programs. A new member may come at
 * any time; one that is here keeps its meaning.
 */
import type { JsonObject } from '../../../contract/json/value.ts';
import { SHARED_FORMS } from '../../report-schema.ts';

const TEXT: JsonObject = { type: 'string' };
const COUNT: JsonObject = { type: 'integer', minimum: 0 };
const NUMBER: JsonObject = { type: 'number' };
const PART: JsonObject = { type: 'number', minimum: 0, maximum: 1 };
const TEXTS: JsonObject = { type: 'array', items: TEXT };

function object(properties: JsonObject, ...optional: readonly string[]): JsonObject {
  const required = Object.keys(properties).filter(name => !optional.includes(name));
  return { type: 'object', required, properties };
}

const list = (items: JsonObject): JsonObject => ({ type: 'array', items });
const told = (description: string, schema: JsonObject): JsonObject => ({ description, ...schema });
const bySide = (schema: JsonObject): JsonObject => object({ baseline: schema, canary: schema });

const RATE: JsonObject = object({ answers: COUNT, failed: COUNT });
const ALPHAS = ['rollback', 'breaks', 'rates', 'latency', 'promote', 'share'];

const TRIAL: JsonObject = object({
  case: TEXT,
  state: { enum: ['open', 'break', 'both', 'sometimes', 'unsettled'] },
  failed: told('Failing answers to the case sent again.', bySide(COUNT)),
  clean: bySide(COUNT),
});

const WITNESS: JsonObject = {
  type: 'object',
  required: ['sent', 'response'],
  properties: { sent: { $ref: '#/$defs/sent' }, response: { $ref: '#/$defs/response' } },
};

export const CANARY_SCHEMA: JsonObject = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'What a check of a canary came to',
  ...object(
    {
      format: { const: 'rehearsal-canary/1' },
      decision: { enum: ['promote', 'rollback', 'inconclusive'] },
      because: told('What rolled back, or why it is inconclusive.', TEXT),
      reason: TEXT,
      operationsBlamed: told('Operations that are worse by themselves.', TEXTS),
      otherwise: told('What would have changed the decision.', TEXTS),
      outlook: told(
        'What a promotion would still take, if the sides go on as they did.',
        object(
          { lacks: TEXTS, canaryAnswers: COUNT, requests: COUNT, minutes: NUMBER },
          'canaryAnswers',
          'requests',
          'minutes',
        ),
      ),
      baseUrl: TEXT,
      documents: TEXTS,
      deployments: bySide(TEXT),
      share: told('The part of the traffic that the canary is to get.', PART),
      settings: object({
        alpha: told(
          'Errors that are allowed, by rule.',
          object(Object.fromEntries(ALPHAS.map(name => [name, PART]))),
        ),
        margin: PART,
        repeats: COUNT,
        minimumAnswers: COUNT,
        everyCase: { type: 'boolean' },
        unknownLimit: PART,
      }),
      counts: object({
        requests: told('Sent by us, repeats included.', COUNT),
        repeats: COUNT,
        unanswered: COUNT,
        traffic: told("Others' requests that logs or counters told of.", COUNT),
        answers: object({ baseline: COUNT, canary: COUNT, unknown: COUNT }),
      }),
      evidence: told(
        'E-values as decimal logarithms, beside what they must reach.',
        list(
          object({
            name: { enum: ['failure-rate', 'latency', 'promotion', 'share'] },
            speaksFor: TEXT,
            log10E: NUMBER,
            log10Needed: NUMBER,
          }),
        ),
      ),
      operations: list(
        object({
          operation: TEXT,
          baseline: object({ answers: COUNT, failed: COUNT, judged: COUNT }),
          canary: object({ answers: COUNT, failed: COUNT, judged: COUNT }),
          log10E: told('For “fails more often on the canary”.', NUMBER),
          cases: COUNT,
          unseen: told('Cases that the canary has not answered.', COUNT),
        }),
      ),
      breaks: list(
        object({
          operation: TEXT,
          check: TEXT,
          place: TEXT,
          failed: told('Failing answers, repeats included.', bySide(COUNT)),
          cases: TEXTS,
          trials: told('What came of it when it was sent again.', list(TRIAL)),
          failure: { $ref: '#/$defs/failure' },
          witness: { type: 'object', properties: { baseline: WITNESS, canary: WITNESS } },
        }),
      ),
      curve: told(
        'Evidence as it grew, as decimal logarithms.',
        list(
          object(
            {
              baseline: COUNT,
              canary: COUNT,
              unknown: COUNT,
              failureRate: NUMBER,
              latency: NUMBER,
              promotion: NUMBER,
            },
            'latency',
          ),
        ),
      ),
      latency: object(
        {
          tolerance: NUMBER,
          medianMs: { type: 'object', properties: { baseline: NUMBER, canary: NUMBER } },
          ratio: NUMBER,
          compared: bySide(COUNT),
          budget: object({ limitMs: NUMBER, share: PART, over: bySide(RATE) }),
        },
        'ratio',
        'budget',
      ),
      leftOut: told('What was not sent or not counted, and why.', TEXTS),
      requestsPerMinute: NUMBER,
      milliseconds: COUNT,
    },
    'because',
    'deployments',
    'latency',
    'requestsPerMinute',
  ),
  // The same forms as in the reports of `rehearsal test`.
  $defs: SHARED_FORMS,
};

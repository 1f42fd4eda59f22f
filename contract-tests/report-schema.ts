/**
 * The JSON Schema of what the reporters `json` and `ndjson` write: published for other programs, and what a report is
 * held against before it is replayed. A new member may come at any time; one that is here keeps its meaning.
 */
import type { Json, JsonObject } from '../contract/json/value.ts';

const TEXT: JsonObject = { type: 'string' };
const COUNT: JsonObject = { type: 'integer', minimum: 0 };
const FLAG: JsonObject = { type: 'boolean' };
const COUNTS: JsonObject = { type: 'object', additionalProperties: COUNT };

const PAIRS: JsonObject = {
  type: 'array',
  items: { type: 'array', prefixItems: [TEXT, TEXT], minItems: 2, maxItems: 2 },
};

const BODY: JsonObject = {
  body: { ...TEXT, description: 'The body when it is text.' },
  bodyBase64: { ...TEXT, description: 'Any other body.' },
  bodyBytes: { ...COUNT, description: 'The size of a body of which only the beginning is here.' },
};

/** Members that not every case or every run has. */
const SOMETIMES: ReadonlySet<string> = new Set(['breaks', 'sequence', 'step', 'cleanUp']);

/** An object whose members are all required but those named. */
function object(properties: JsonObject, ...optional: readonly string[]): JsonObject {
  const required = Object.keys(properties).filter(name => !optional.includes(name) && !SOMETIMES.has(name));
  return { type: 'object', required, properties };
}

const def = (name: string): JsonObject => ({ $ref: `#/$defs/${name}` });
const list = (items: JsonObject): JsonObject => ({ type: 'array', items });

const CASE: JsonObject = {
  document: { ...TEXT, description: "The document's name, as it was given." },
  operation: { ...TEXT, description: '`GET /pets/{id}`.' },
  case: { ...TEXT, description: 'The id, the same from run to run; --case takes it.' },
  intent: { enum: ['positive', 'negative'] },
  name: { ...TEXT, description: 'What is special about the case, for people.' },
};

const SENT: JsonObject = {
  ...CASE,
  expectation: { enum: ['accepted', 'refused', 'unauthenticated', 'any'] },
  breaks: {
    description: 'Which part of the request a negative case gets wrong.',
    enum: ['parameter', 'body', 'content-type', 'accept', 'method', 'credentials'],
  },
  why: {
    description: 'Where the document says why there is such a case.',
    ...object({ document: TEXT, pointer: TEXT }),
  },
  sequence: {
    const: true,
    description: 'The case is a step of a sequence and stands on the ones before it.',
  },
  step: {
    description: 'Which step of which sequence the case is, so that all of them can be sent again.',
    ...object({ sequence: TEXT, index: COUNT }),
  },
  baseUrl: { ...TEXT, description: 'The address below which the request was sent.' },
  request: def('request'),
  curl: { ...TEXT, description: 'The request as a line for a shell.' },
};

const FAILURE: JsonObject = {
  check: TEXT,
  severity: { enum: ['error', 'warning'] },
  received: TEXT,
  documented: TEXT,
  instance: { ...TEXT, description: 'Where in the response body, as a JSON pointer.' },
  place: def('place'),
  known: {
    description: 'Set when somebody has accepted the break, with --baseline.',
    ...object({ reason: TEXT, expires: TEXT, expired: FLAG }),
  },
};

const FLAKY: JsonObject = {
  flaky: { const: true, description: 'The case passed when it was sent again.' },
  replay: { ...TEXT, description: 'The command that sends the case again.' },
};

const START: JsonObject = {
  baseUrl: TEXT,
  documents: list(
    object({
      name: TEXT,
      title: TEXT,
      version: TEXT,
      sha256: { ...TEXT, description: "Of the document's text.", pattern: '^[0-9a-f]{64}$' },
    }),
  ),
  depth: TEXT,
  seed: COUNT,
};

const SUMMARY: JsonObject = {
  verdict: { enum: ['kept', 'broken', 'inconclusive'] },
  reason: { ...TEXT, description: 'Why the run is inconclusive.' },
  stopped: { ...TEXT, description: 'Why the run ended before its cases did: interrupted, unreachable, …' },
  counts: object({
    operations: COUNT,
    cases: COUNT,
    passed: COUNT,
    failed: COUNT,
    notJudged: { ...COUNTS, description: 'Cases by the reason why nobody can tell.' },
    unanswered: COUNT,
    leftOut: { ...COUNT, description: 'Operations that were not chosen.' },
    unreadable: { ...COUNT, description: 'Parts of the documents that cannot be read.' },
    accepted: { ...COUNT, description: 'Positive cases that the server took.' },
    positive: COUNT,
    failures: { ...COUNT, description: 'What breaks the contract; a case may have several.' },
    warnings: COUNT,
    flaky: { ...COUNT, description: 'Cases that failed and passed when they were sent again.' },
    known: { ...COUNT, description: 'Failures that are accepted for now.' },
    skipped: { ...COUNTS, description: 'Cases that were not made, by reason.' },
  }),
  cleanUp: {
    description: 'What became of the things that single cases made.',
    ...object({
      removed: { ...COUNT, description: 'Things that are gone.' },
      left: {
        description: 'Things that stay, by reason, the first of each by name.',
        ...list(object({ reason: TEXT, count: COUNT, examples: list(TEXT) })),
      },
    }),
  },
  milliseconds: COUNT,
};

const OPERATION: JsonObject = {
  document: TEXT,
  operation: TEXT,
  cases: COUNT,
  failed: COUNT,
  skipped: list(object({ reason: TEXT, count: COUNT, examples: list(TEXT) })),
};

const EVENTS: readonly JsonObject[] = [
  object({
    event: { const: 'run-started' },
    format: { const: 'rehearsal-events/1' },
    ...START,
    operations: COUNT,
  }),
  object({
    event: { const: 'case-finished' },
    outcome: { const: 'passed' },
    ...CASE,
    status: COUNT,
    milliseconds: COUNT,
  }),
  object(
    {
      event: { const: 'case-finished' },
      outcome: { const: 'failed' },
      ...SENT,
      failures: list(object(FAILURE, 'instance', 'known')),
      ...FLAKY,
      response: def('response'),
    },
    'flaky',
    'replay',
  ),
  object({
    event: { const: 'case-finished' },
    outcome: { const: 'not-judged' },
    reason: TEXT,
    ...SENT,
    response: def('response'),
  }),
  object(
    {
      event: { const: 'case-finished' },
      outcome: { const: 'unanswered' },
      trouble: TEXT,
      message: TEXT,
      ...SENT,
      replay: FLAKY['replay'] as JsonObject,
    },
    'replay',
  ),
  object({ event: { const: 'operation-finished' }, ...OPERATION }),
  object(
    { event: { const: 'run-finished' }, ...SUMMARY, coverage: def('coverage') },
    'reason',
    'stopped',
    'coverage',
  ),
];

const REPORT: JsonObject = object(
  {
    format: { const: 'rehearsal-report/1' },
    ...SUMMARY,
    ...START,
    operations: list(object(OPERATION)),
    failures: list(
      object(
        {
          ...FAILURE,
          source: { ...TEXT, description: 'The place in one line.' },
          ...FLAKY,
          ...SENT,
          response: def('response'),
        },
        'instance',
        'known',
        'flaky',
        'replay',
      ),
    ),
    unanswered: list(
      object({ ...SENT, kind: TEXT, message: TEXT, replay: FLAKY['replay'] as JsonObject }, 'replay'),
    ),
    notJudged: list(object({ ...CASE, reason: TEXT })),
    coverage: def('coverage'),
  },
  'reason',
  'stopped',
  'coverage',
);

/** Forms that reports of other commands have too, for `$defs`: they refer to each other. */
export const SHARED_FORMS: JsonObject = {
  request: object(
    {
      method: TEXT,
      path: { ...TEXT, description: 'Percent-encoded, without the base path.' },
      query: TEXT,
      headers: PAIRS,
      contentType: TEXT,
      ...BODY,
      masked: {
        description: 'What is masked and must be given again before the request can be sent again.',
        ...list(
          object(
            {
              in: { enum: ['path', 'query', 'header', 'body'] },
              name: TEXT,
              scheme: { ...TEXT, description: 'The security scheme that it is for.' },
              before: { ...TEXT, description: 'What stands before the secret.' },
            },
            'name',
            'scheme',
            'before',
          ),
        ),
      },
    },
    'contentType',
    'body',
    'bodyBase64',
    'bodyBytes',
    'masked',
  ),
  response: object(
    {
      status: { ...COUNT, description: '0 where nothing came, twice, while other requests were answered.' },
      headers: PAIRS,
      ...BODY,
      milliseconds: COUNT,
    },
    'body',
    'bodyBase64',
    'bodyBytes',
  ),
  place: object({
    document: TEXT,
    line: { type: 'integer', minimum: 1 },
    column: { type: 'integer', minimum: 1 },
    pointer: { ...TEXT, description: 'JSON pointer into the document.' },
  }),
  sent: object(SENT),
  failure: object(FAILURE, 'instance', 'known'),
};

function form(name: string): Json {
  return SHARED_FORMS[name] ?? {};
}

/** JSON Schema 2020-12: a report of `json`, or one line of `ndjson`. */
export const REPORT_SCHEMA: JsonObject = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'What rehearsal test writes with the reporters json and ndjson',
  anyOf: [def('report'), def('event')],
  $defs: {
    report: REPORT,
    event: { oneOf: EVENTS },
    request: form('request'),
    response: form('response'),
    ratio: object({ seen: COUNT, of: COUNT }),
    coverage: object({
      operations: { ...def('ratio'), description: 'Operations that answered.' },
      statuses: { ...def('ratio'), description: 'Documented statuses that came back.' },
      mediaTypes: { ...def('ratio'), description: 'Documented media types of answers that came back.' },
      examples: { ...def('ratio'), description: 'Examples of answers that came back as they are.' },
      constraints: { ...def('ratio'), description: 'Keywords of request schemas that a request has broken.' },
      byOperation: list(def('operationCoverage')),
    }),
    operationCoverage: object({
      document: TEXT,
      operation: TEXT,
      cases: { ...COUNT, description: 'Cases that were answered.' },
      responses: list(
        object({
          status: { ...TEXT, description: 'As documented, or as it came.' },
          documented: FLAG,
          cases: COUNT,
          mediaTypes: list(object({ mediaType: TEXT, documented: FLAG, cases: COUNT })),
        }),
      ),
      examples: def('ratio'),
      constraints: object({
        seen: COUNT,
        of: COUNT,
        met: { ...COUNT, description: 'Those that a positive case was made for, such as one at the limit.' },
        never: {
          description: 'The first of those that no request has broken.',
          ...list(object({ keyword: TEXT, document: TEXT, pointer: TEXT })),
        },
      }),
    }),
    place: form('place'),
  },
};

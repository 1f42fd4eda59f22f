/** What the configuration's schema says of a stage. Which keys a provider takes is told by `stage-keys.ts` as well. */
import type { JsonObject } from '../../contract/json/value.ts';
import { credentials, fromEnvironment } from './credential-schema.ts';
import { INTEGRATION_KEYS } from './integration-schema.ts';

const file = (description: string): JsonObject => ({ description, type: 'string', minLength: 1 });

const word = (description: string): JsonObject => ({ description, type: 'string', minLength: 1 });

const flag = (description: string): JsonObject => ({ description, type: 'boolean' });

/** Of a method, in AWS's words. */
const SETTINGS: JsonObject = {
  throttlingRateLimit: { description: 'Requests a second.', type: 'number', minimum: 0 },
  throttlingBurstLimit: { description: 'Requests at once.', type: 'integer', minimum: 0 },
  cachingEnabled: flag('Answers are kept in the cache of the stage.'),
  cacheTtlInSeconds: { description: 'How long.', type: 'integer', minimum: 0, maximum: 3600 },
  cacheDataEncrypted: flag('Encrypted.'),
  requireAuthorizationForCacheControl: flag('Who may ask for fresh answers has to be authorized.'),
  unauthorizedCacheControlHeaderStrategy: {
    description: 'What happens to others who ask for fresh answers.',
    enum: ['FAIL_WITH_403', 'SUCCEED_WITH_RESPONSE_HEADER', 'SUCCEED_WITHOUT_RESPONSE_HEADER'],
  },
  metricsEnabled: flag('Metrics of each method.'),
  loggingLevel: { description: 'Of the execution log.', enum: ['OFF', 'ERROR', 'INFO'] },
  dataTraceEnabled: flag('Requests and answers in the execution log, with all that they hold.'),
};

const BUDGETS: JsonObject = {
  description: 'How much worse than the baseline a canary may be, and how sure the answer has to be.',
  type: 'object',
  additionalProperties: false,
  properties: {
    alpha: {
      description: 'The chance that a healthy canary is rolled back, however often one looks.',
      type: 'number',
      exclusiveMinimum: 0,
      maximum: 0.5,
    },
    failureRate: {
      description: 'How much larger its share of failed answers may be: 0.02 is two of a hundred more.',
      type: 'number',
      exclusiveMinimum: 0,
      exclusiveMaximum: 1,
    },
    slowdown: {
      description:
        "How much longer its answers may take, as a share of the baseline's: 0.25 is a quarter more.",
      type: 'number',
      exclusiveMinimum: 0,
    },
    answers: {
      description: 'The least answers of each operation and side on which anything is decided.',
      type: 'integer',
      minimum: 1,
    },
    minutes: {
      description: 'After so many minutes without a decision it is inconclusive.',
      type: 'number',
      exclusiveMinimum: 0,
    },
  },
};

/** Keys that only stages of API Gateway have. */
export const GATEWAY_STAGE_KEYS: Readonly<JsonObject> = {
  stage: {
    description: 'Its name at the service. Default: the name it has here.',
    type: 'string',
    pattern: '^[A-Za-z0-9_-]{1,128}$',
  },
  apis: {
    description:
      'The REST API of each document, by its id or name. Default: the one that deploy made and tagged.',
    type: 'object',
    additionalProperties: { type: 'string', minLength: 1 },
  },
  ...INTEGRATION_KEYS,
  variables: {
    description: 'Stage variables; values that are secret are named by environment variable.',
    type: 'object',
    maxProperties: 100,
    additionalProperties: {
      description:
        'Letters, digits and -._~:/?#&=, of at most 512; or the environment variable that holds it.',
      anyOf: [{ type: 'string' }, fromEnvironment('In the environment.')],
    },
  },
  settings: {
    description: 'Settings of methods, by operation (GET /pets), or * for all that have none of their own.',
    type: 'object',
    additionalProperties: { type: 'object', additionalProperties: false, properties: SETTINGS },
  },
  cacheClusterSize: {
    description: "Gigabytes of the stage's cache, as AWS writes them. Default: no cache.",
    enum: ['0.5', '1.6', '6.1', '13.5', '28.4', '58.2', '118', '237'],
  },
  tracingEnabled: flag('Traces in X-Ray. Default: false.'),
  accessLogSettings: {
    description:
      'Where the service writes a line for each request. A local stage has lines by which a canary can be judged.',
    type: 'object',
    additionalProperties: false,
    required: ['destinationArn', 'format'],
    properties: {
      destinationArn: word('Of a log group of CloudWatch Logs or a delivery stream of Firehose.'),
      format: word('Of a line, with $context.requestId among it.'),
    },
  },
  budgets: BUDGETS,
  region: word("AWS's region. Default for aws: as the SDK finds it; for local: us-east-1."),
  profile: word('A profile of the AWS configuration files. Default: as the SDK finds it.'),
  endpoint: {
    description:
      'The address of the control plane. Default for local: the gateway of this folder, started where none runs.',
    type: 'string',
    pattern: '^https?://',
  },
};

/** What one stage may have, and what it must have by its provider. */
export const STAGE: JsonObject = {
  type: 'object',
  additionalProperties: false,
  required: ['provider'],
  if: { properties: { provider: { const: 'url' } } },
  // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema.
  then: { required: ['url'] },
  properties: {
    provider: {
      description: 'What opens the stage: an address, API Gateway on this machine, or API Gateway at AWS.',
      enum: ['url', 'local', 'aws'],
    },
    url: {
      description:
        "Replaces the document's first server, base path included; of local and aws with {api}, {stage} and {region}, for a domain name of your own.",
      type: 'string',
      pattern: '^https?://',
    },
    production: flag('Only safe methods are sent.'),
    headers: {
      description: 'Sent with every request. Credentials belong under credentials.',
      type: 'object',
      additionalProperties: { type: 'string' },
    },
    tls: {
      description: 'Files in PEM, as paths relative to this file.',
      type: 'object',
      additionalProperties: false,
      properties: {
        ca: file('Certificates to trust beside the usual ones.'),
        cert: file("The client's own certificate."),
        key: file('Its key.'),
        passphrase: fromEnvironment('What unlocks the key. Default: REHEARSAL_KEY_PASSPHRASE.'),
      },
    },
    proxy: {
      description:
        'The address of the proxy on the way there, or false for none. Default: what HTTPS_PROXY, HTTP_PROXY and NO_PROXY say.',
      anyOf: [{ type: 'string', pattern: '^https?://[^/@]+/?$' }, { const: false }],
    },
    timeout: {
      description: 'Seconds to wait for an answer. Default: 30.',
      type: 'number',
      exclusiveMinimum: 0,
      maximum: 3600,
    },
    rate: {
      description: 'At most so many requests a second. Default: as fast as it answers.',
      type: 'number',
      exclusiveMinimum: 0,
    },
    kind: {
      description:
        'What answers there, which decides what is asked of it. Default: server; for local and aws by integration.',
      enum: ['server', 'apigateway', 'apigateway-mock'],
    },
    credentials: credentials('Those of this stage, over the common ones of the same scheme.'),
    ...GATEWAY_STAGE_KEYS,
  },
};

/** The configuration's JSON Schema: published for editors, and what `load-config.ts` holds a file against. */
import type { JsonObject } from '../../contract/json/value.ts';
import { ID_EXPRESSION } from '../../contract/sequences/hints.ts';
import { credentials } from './credential-schema.ts';
import { STAGE } from './stage-schema.ts';

const hook = (description: string): JsonObject => ({
  description: `${description}; a function, in a module only.`,
});

const PROXY: JsonObject = {
  description:
    'Passes everything on to a real server and holds the traffic against the documents; checks weigh as under test. Default: the mock answers.',
  type: 'object',
  additionalProperties: false,
  required: ['server'],
  properties: {
    server: { description: 'A URL, or a stage by its name.', type: 'string', minLength: 1 },
    errors: {
      description: 'What breaks the documents and is therefore not passed on. Default: nothing.',
      enum: ['requests', 'responses', 'all'],
    },
    fallback: {
      description: "When the mock answers in the server's place. Default: never.",
      type: 'array',
      items: { enum: ['undocumented', 'unimplemented', 'unreachable'] },
    },
    record: {
      description: 'Which exchanges are written into the documents as named examples. Default: none.',
      enum: ['kept', 'all'],
    },
  },
};

/** JSON Schema 2020-12 of `rehearsal.config.*`. */
export const CONFIG_SCHEMA: JsonObject = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Rehearsal configuration',
  type: 'object',
  additionalProperties: false,
  properties: {
    $schema: { type: 'string' },
    specs: {
      description: 'The documents by name, as paths relative to this file.',
      type: 'object',
      additionalProperties: { type: 'string', minLength: 1 },
    },
    stages: {
      description: 'Where the API is deployed, by name.',
      type: 'object',
      additionalProperties: STAGE,
    },
    credentials: credentials('Credentials by security scheme; secrets are named by environment variable.'),
    hooks: {
      description:
        'What to do around the runs of rehearsal test, start and replay, and of vitest suites. One that throws ends the run.',
      type: 'object',
      additionalProperties: false,
      properties: {
        beforeRun: hook('Before the first request: may give credentials and headers'),
        beforeCase: hook('Before each request: may give the one to send instead'),
        afterCase: hook('After each case'),
        afterRun: hook('After the last case, also of a run that ended early'),
        onTransition: hook('Around each turn of a canary: may stop the change that it is told of'),
      },
    },
    canary: {
      description: 'How rehearsal canary run goes about it.',
      type: 'object',
      additionalProperties: false,
      properties: {
        steps: {
          description: 'Percentages of the requests, each judged before the next. Default: 5, 25, 50.',
          type: 'array',
          minItems: 1,
          items: { type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 100 },
        },
        ending: { description: 'What follows the last step. Default: promote.', enum: ['promote', 'hold'] },
        onTransition: {
          description: 'Commands and addresses that are told of each turn, beside hooks.onTransition.',
          anyOf: [
            { type: 'string', minLength: 1 },
            { type: 'array', items: { type: 'string', minLength: 1 } },
          ],
        },
      },
    },
    mock: {
      type: 'object',
      additionalProperties: false,
      properties: {
        host: { description: 'Default: 127.0.0.1.', type: 'string', minLength: 1 },
        port: {
          description: 'Default: 4010; 0 takes any that is free.',
          type: 'integer',
          minimum: 0,
          maximum: 65535,
        },
        validate: {
          description:
            'Requests that break the contract: refused (on), answered with a header that tells why (warn), answered (off). Default: on.',
          enum: ['on', 'warn', 'off'],
        },
        echo: {
          description:
            'Repeats path, query and header values in properties of the same name. Default: false.',
          type: 'boolean',
        },
        cors: {
          description:
            'Which pages may read the answers: those of any origin (true), of none, or of the origins named. Default: true.',
          type: ['boolean', 'array'],
          items: { type: 'string', pattern: '^https?://' },
          minItems: 1,
        },
        https: {
          description:
            'Answers over TLS, with a certificate made for each run (true) or with files in PEM. Default: false.',
          type: ['boolean', 'object'],
          additionalProperties: false,
          required: ['cert', 'key'],
          properties: {
            cert: { description: 'The certificate.', type: 'string', minLength: 1 },
            key: { description: 'Its key.', type: 'string', minLength: 1 },
          },
        },
        docs: {
          description: 'Serves a page of each document under /__docs. Default: false.',
          type: 'boolean',
        },
        log: { description: 'Prints a line for each request. Default: false.', type: 'boolean' },
        watch: {
          description: 'Serves documents anew when their files change. Default: false.',
          type: 'boolean',
        },
        proxy: PROXY,
      },
    },
    test: {
      type: 'object',
      additionalProperties: false,
      properties: {
        depth: { description: 'Default: standard.', enum: ['examples', 'standard', 'deep'] },
        concurrency: {
          description: 'Requests under way at once. Default: 16.',
          type: 'integer',
          minimum: 1,
          maximum: 1000,
        },
        seed: { description: 'Varies the sampled values. Default: 0.', type: 'integer', minimum: 0 },
        retries: {
          description: 'How often a failed case is sent again before its failures count. Default: 1.',
          type: 'integer',
          minimum: 0,
          maximum: 100,
        },
        flaky: {
          description: 'What a case is that fails and then passes: told, or a break. Default: warn.',
          enum: ['warn', 'fail'],
        },
        baseline: {
          description: 'A file of known breaks that are accepted, each until its day.',
          type: 'string',
          minLength: 1,
        },
        checks: {
          description: 'How much each check weighs, by its name: the others keep their own severity.',
          type: 'object',
          additionalProperties: {
            description: 'error breaks the contract, warning is only told, off is not asked.',
            enum: ['error', 'warning', 'off'],
          },
        },
        maxResponseTime: {
          description:
            'Milliseconds that an answer may take where the document names no budget. Default: as long as it likes.',
          type: 'number',
          exclusiveMinimum: 0,
        },
        cleanUp: {
          description: 'Whether things that single cases make are deleted at the end. Default: true.',
          type: 'boolean',
        },
        sequences: {
          description:
            'What sequences cannot tell from paths, by operation, such as POST /pets; false leaves the operation out.',
          type: 'object',
          additionalProperties: {
            description: 'What the operation makes; or false.',
            type: ['object', 'boolean'],
            additionalProperties: false,
            not: { const: true },
            properties: {
              id: {
                description:
                  'Where the id of what was made stands, such as $response.body#/data/key or $response.header.Location.',
                type: 'string',
                pattern: ID_EXPRESSION.source,
              },
              item: {
                description: 'The path of what was made, such as /pets/{petId}.',
                type: 'string',
                pattern: '^/',
              },
            },
          },
        },
      },
    },
  },
};

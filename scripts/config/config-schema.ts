/** The configuration's JSON Schema: published for editors, and what `load-config.ts` holds a file against. */
import type { JsonObject } from '../../contract/json/value.ts';

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
      additionalProperties: {
        type: 'object',
        additionalProperties: false,
        required: ['provider', 'url'],
        properties: {
          provider: { description: 'What opens the stage.', enum: ['url'] },
          url: {
            description: "Replaces the document's first server, base path included.",
            type: 'string',
            pattern: '^https?://',
          },
          production: { description: 'Only safe methods are sent.', type: 'boolean' },
        },
      },
    },
    credentials: {
      description: 'Credentials by security scheme; secrets are named by environment variable.',
      type: 'object',
      additionalProperties: {
        type: 'object',
        additionalProperties: false,
        required: ['env'],
        properties: {
          env: {
            description: 'The environment variable that holds the secret.',
            type: 'string',
            pattern: '^[A-Za-z_]\\w*$',
          },
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
      },
    },
  },
};

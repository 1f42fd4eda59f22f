/** What the configuration's schema says of credentials. */
import type { JsonObject } from '../../contract/json/value.ts';

/** A secret is never written down, only the variable that holds it. */
export const fromEnvironment = (description: string): JsonObject => ({
  description,
  type: 'object',
  additionalProperties: false,
  required: ['env'],
  properties: {
    env: {
      description: 'The environment variable that holds it.',
      type: 'string',
      pattern: '^[A-Za-z_]\\w*$',
    },
  },
});

const scopes = (description: string): JsonObject => ({
  description,
  type: 'array',
  items: { type: 'string', minLength: 1 },
});

/** What a credential and a lesser one both may be. */
const CREDENTIAL: JsonObject = {
  env: {
    description: 'The environment variable that holds the token or key, or user:password for Basic.',
    type: 'string',
    pattern: '^[A-Za-z_]\\w*$',
  },
  username: fromEnvironment('Of Basic.'),
  password: fromEnvironment('Of Basic.'),
  clientId: fromEnvironment('Of OAuth 2.0 client credentials.'),
  clientSecret: fromEnvironment('Of OAuth 2.0 client credentials.'),
  tokenUrl: {
    description: 'Where tokens are had. Default: as the document says.',
    type: 'string',
    pattern: '^https?://',
  },
  parameters: {
    description: 'Further fields for the token endpoint, such as audience.',
    type: 'object',
    additionalProperties: { type: 'string' },
  },
  authentication: {
    description: 'Whether the client says who it is as Basic or in the body. Default: basic.',
    enum: ['basic', 'body'],
  },
  hook: {
    description: 'A function that gives the secret, or the headers to send; in a module only.',
  },
};

/** Credentials by security scheme. */
export const credentials = (description: string): JsonObject => ({
  description,
  type: 'object',
  additionalProperties: {
    type: 'object',
    additionalProperties: false,
    properties: {
      ...CREDENTIAL,
      scopes: scopes('Default: those of each operation.'),
      region: { description: 'Of AWS Signature Version 4.', type: 'string', minLength: 1 },
      service: { description: 'Default: execute-api.', type: 'string', minLength: 1 },
      accessKeyId: fromEnvironment('Default: AWS_ACCESS_KEY_ID.'),
      secretAccessKey: fromEnvironment('Default: AWS_SECRET_ACCESS_KEY.'),
      sessionToken: fromEnvironment('Default: AWS_SESSION_TOKEN, which need not be set.'),
      lesser: {
        description:
          'A credential that is valid and has fewer scopes, to see that operations which ask for others refuse it.',
        type: 'object',
        additionalProperties: false,
        required: ['scopes'],
        properties: {
          ...CREDENTIAL,
          scopes: scopes('Those that it has: a client asks for these, a hook is called with them.'),
        },
      },
    },
  },
});

/** The keys of a stage that say what document is made for it: what answers there, and who lets callers in. */
import type { JsonObject } from '../../contract/json/value.ts';
import { INTEGRATION_TYPES } from '../../gateway/integration/integration-choice.ts';

const text = (description: string): JsonObject => ({ description, type: 'string', minLength: 1 });

const texts = (description: string): JsonObject => ({
  description,
  type: 'object',
  additionalProperties: { type: 'string' },
});

const CONTENT_HANDLING: JsonObject = {
  description: 'Whether bodies are made texts or bytes. Default: they pass as they are.',
  enum: ['CONVERT_TO_TEXT', 'CONVERT_TO_BINARY'],
};

const RESPONSE: JsonObject = {
  type: 'object',
  additionalProperties: false,
  required: ['statusCode'],
  properties: {
    statusCode: { description: 'What the client gets.', type: 'string', pattern: '^[1-5]\\d\\d$' },
    responseParameters: texts('What becomes of headers, by method.response.header.<name>.'),
    responseTemplates: texts('Mapping templates by media type.'),
    contentHandling: CONTENT_HANDLING,
  },
};

const SETTINGS: JsonObject = {
  type: { description: 'What answers.', enum: [...INTEGRATION_TYPES] },
  backend: text(
    'For http and http_proxy what stands before the path, for aws and aws_proxy a function by name or ARN; stage variables may stand in it as in ${stageVariables.backend}. Default: https://${stageVariables.backend}, and the function ${stageVariables.function}.',
  ),
  uri: text('The whole address, in the place of one made of the back end.'),
  httpMethod: text("What the back end is called with. Default: the operation's method; POST for aws."),
  credentials: text('The ARN of the role that API Gateway takes on to call the back end.'),
  connectionType: {
    description: 'Through a VPC link or not. Default: INTERNET.',
    enum: ['INTERNET', 'VPC_LINK'],
  },
  connectionId: text('The VPC link.'),
  timeoutInMillis: {
    description: 'How long the back end may take. Default: 29000.',
    type: 'integer',
    minimum: 50,
    maximum: 300_000,
  },
  passthroughBehavior: {
    description: 'What becomes of bodies that no request template is for.',
    enum: ['when_no_match', 'when_no_templates', 'never'],
  },
  contentHandling: CONTENT_HANDLING,
  requestParameters: texts('What the back end is sent, by integration.request.<place>.<name>.'),
  requestTemplates: texts('Mapping templates by media type.'),
  responses: {
    description: 'Answers by selection pattern, or default.',
    type: 'object',
    additionalProperties: RESPONSE,
  },
  cacheNamespace: text('What answers are cached under.'),
  cacheKeyParameters: {
    description: 'The parameters that cached answers are told apart by.',
    type: 'array',
    items: { type: 'string' },
  },
  tlsConfig: {
    description: 'How the back end is trusted.',
    type: 'object',
    additionalProperties: false,
    properties: {
      insecureSkipVerification: { description: 'Takes any certificate. Default: false.', type: 'boolean' },
    },
  },
};

const integration = (description: string): JsonObject => ({
  description: `${description} ${INTEGRATION_TYPES.join(', ')}, or an object.`,
  type: ['string', 'object'],
  pattern: `^(${INTEGRATION_TYPES.join('|')})$`,
  additionalProperties: false,
  required: ['type'],
  properties: SETTINGS,
});

/** Keys of a stage of API Gateway. */
export const INTEGRATION_KEYS: Readonly<JsonObject> = {
  integration: {
    ...integration(
      "What answers operations: document, which is the document's own integrations, and mocks where it has none. Default: for a local stage mock, for others document. Or",
    ),
    pattern: `^(document|${INTEGRATION_TYPES.join('|')})$`,
  },
  backend: text(
    'The back end of integrations that name none. Default: https://${stageVariables.backend}, and the function ${stageVariables.function}.',
  ),
  integrations: {
    description: 'What answers some operations otherwise.',
    type: 'object',
    additionalProperties: false,
    properties: {
      tags: {
        description: "By tag; the document's own integrations stay, unless it is mock.",
        type: 'object',
        additionalProperties: integration('What answers operations of the tag.'),
      },
      operations: {
        description: "By GET /pets/{id} or operationId, also over the document's own integration.",
        type: 'object',
        additionalProperties: integration('What answers the operation.'),
      },
    },
  },
  authorizers: {
    description:
      'Who lets callers in, by security scheme. Default: what the document says, and nobody where all are mocks.',
    type: 'object',
    additionalProperties: {
      description:
        'iam, api_key (of API Gateway), back_end (the gateway asks nobody), or an authorizer as an object.',
      type: ['string', 'object'],
      pattern: '^(iam|api_key|back_end)$',
      additionalProperties: false,
      required: ['type'],
      properties: {
        type: { description: 'What decides.', enum: ['token', 'request', 'cognito_user_pools', 'jwt'] },
        function: text('Of token and request: the Lambda function, by name or ARN.'),
        userPools: {
          description: 'Of cognito_user_pools: ARNs of the pools.',
          type: 'array',
          items: { type: 'string', minLength: 1 },
          minItems: 1,
        },
        issuer: text('Of jwt, which HTTP APIs have: who issues the tokens, as they say it.'),
        audience: {
          description: 'Of jwt: whom tokens are for; one of these is enough.',
          type: 'array',
          items: { type: 'string', minLength: 1 },
          minItems: 1,
        },
        identitySource: text(
          'Where the credentials are, such as method.request.header.Authorization. Default: where the scheme has them.',
        ),
        ttl: {
          description: 'Seconds for which results are kept. Default: 300.',
          type: 'integer',
          minimum: 0,
          maximum: 3600,
        },
        credentials: text('The ARN of the role that API Gateway takes on to call the function.'),
        pattern: text('Tokens that do not fit are refused without asking the function.'),
      },
      if: { type: 'object', required: ['type'], properties: { type: { const: 'cognito_user_pools' } } },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      then: { required: ['userPools'] },
      else: {
        if: { type: 'object', required: ['type'], properties: { type: { const: 'jwt' } } },
        // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
        then: { required: ['issuer', 'audience'] },
        else: { required: ['function'] },
      },
    },
  },
};

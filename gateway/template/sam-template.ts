/**
 * A SAM template with an API and its stages. SAM makes the deployment and the first stage of an API by itself, and points
 * that stage at each new deployment at once, so it can have no canary.
 *
 * @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-api.html
 */
import { isObject, type Json, type JsonObject, own } from '../../contract/json/value.ts';
import type { Unembeddable } from './embed-document.ts';
import { httpStageProperties, restStageProperties } from './stage-properties.ts';
import {
  ACCOUNT,
  API,
  assembled,
  type StagePart,
  type TemplateInput,
  type TemplateParts,
  templateParts,
} from './template-parts.ts';

/** The template, or why there is none. */
export function samTemplate(input: TemplateInput): JsonObject | Unembeddable {
  const parts = templateParts(input);
  if ('reason' in parts) return parts;
  if (input.canary !== undefined) {
    return {
      reason:
        'SAM points the stage that it makes at each new deployment at once, so there is nothing to compare a canary with',
      fix: 'Write the template with --format cloudformation.',
    };
  }
  const [first, ...others] = parts.stages;
  const own: Record<string, Json> = {};
  if (first !== undefined)
    own[API] = input.kind === 'rest' ? restApi(input, parts, first) : httpApi(parts, first);
  for (const part of others) own[part.id] = input.kind === 'rest' ? restStage(input, part) : httpStage(part);
  return assembled(input, parts, { transform: 'AWS::Serverless-2016-10-31', resources: own });
}

function restApi(
  { accountRole }: TemplateInput,
  parts: TemplateParts,
  { stage, surroundings }: StagePart,
): Json {
  return {
    Type: 'AWS::Serverless::Api',
    ...(accountRole ? { DependsOn: ACCOUNT } : {}),
    Properties: {
      StageName: stage.name,
      ...definition(parts, withPlainPreflights),
      EndpointConfiguration: { Type: parts.endpoint },
      FailOnWarnings: true,
      // Without it SAM makes a stage called Stage beside the one that is meant.
      OpenApiVersion: '3.0.1',
      ...restStageProperties(stage, surroundings),
    },
  };
}

function httpApi(parts: TemplateParts, { stage, surroundings }: StagePart): Json {
  return {
    Type: 'AWS::Serverless::HttpApi',
    Properties: {
      StageName: stage.name,
      ...definition(parts),
      FailOnWarnings: true,
      ...httpStageProperties(stage, surroundings),
    },
  };
}

function definition(
  { body, location }: TemplateParts,
  change: (body: JsonObject) => JsonObject = unchanged => unchanged,
): JsonObject {
  return body === undefined ? { DefinitionUri: location } : { DefinitionBody: change(body) };
}

/**
 * SAM takes the headers of OPTIONS with 200 for those of Swagger 2.0 and puts `schema` round each, so they have to be
 * without. It does so in `AWS::Serverless::Api` alone.
 *
 * @see https://github.com/aws/serverless-application-model/blob/v1.110.0/samtranslator/model/api/api_generator.py
 */
function withPlainPreflights(body: JsonObject): JsonObject {
  const paths = Object.entries(objectOf(own(body, 'paths'))).map(([path, item]) => {
    const options = objectOf(own(item, 'options'));
    const responses = objectOf(own(options, 'responses'));
    const answer = objectOf(own(responses, '200'));
    const headers = Object.entries(objectOf(own(answer, 'headers')));
    if (headers.length === 0) return [path, item] as const;
    const plain = Object.fromEntries(
      headers.map(([name, header]) => [name, own(header, 'schema') ?? header]),
    );
    const changed = { ...options, responses: { ...responses, '200': { ...answer, headers: plain } } };
    return [path, { ...objectOf(item), options: changed }] as const;
  });
  return { ...body, paths: Object.fromEntries(paths) };
}

function objectOf(value: Json | undefined): JsonObject {
  return value !== undefined && isObject(value) ? value : {};
}

function restStage({ accountRole }: TemplateInput, { stage, surroundings }: StagePart): Json {
  return {
    Type: 'AWS::ApiGateway::Stage',
    ...(accountRole ? { DependsOn: ACCOUNT } : {}),
    Properties: {
      RestApiId: { Ref: API },
      // The one that SAM makes.
      DeploymentId: { Ref: `${API}.Deployment` },
      StageName: stage.name,
      ...restStageProperties(stage, surroundings),
    },
  };
}

function httpStage({ stage, surroundings }: StagePart): Json {
  return {
    Type: 'AWS::ApiGatewayV2::Stage',
    Properties: {
      ApiId: { Ref: API },
      AutoDeploy: true,
      StageName: stage.name,
      ...httpStageProperties(stage, surroundings),
    },
  };
}

/**
 * A CloudFormation template with an API, a deployment of it and its stages. CloudFormation makes a deployment when there
 * is a new resource for it, so the deployment is called after the document's bytes.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/AWS_ApiGateway.html
 */
import type { Json, JsonObject } from '../../contract/json/value.ts';
import type { Unembeddable } from './embed-document.ts';
import { httpStageProperties, restStageProperties } from './stage-properties.ts';
import {
  ACCOUNT,
  API,
  assembled,
  type StagePart,
  type TemplateInput,
  templateParts,
} from './template-parts.ts';

/**
 * The template, or why there is none.
 *
 * @example
 * ```ts
 * import { cloudFormationTemplate } from './gateway/template/cloudformation-template.ts';
 *
 * const template = cloudFormationTemplate({
 *   document: { openapi: '3.0.1', info: { title: 'Pets', version: '1' }, paths: {} },
 *   kind: 'rest',
 *   placed: [],
 *   stages: [{ name: 'dev' }],
 *   accessLogs: true,
 *   accountRole: false,
 *   made: 'Made by hand.',
 *   lose: console.warn,
 * });
 * console.log('reason' in template ? template.reason : Object.keys(template));
 * ```
 */
export function cloudFormationTemplate(input: TemplateInput): JsonObject | Unembeddable {
  const parts = templateParts(input);
  if ('reason' in parts) return parts;
  const { kind, canary } = input;
  const { body, location, mark } = parts;
  const deployment = `Deployment${mark}`;
  const unchanged = canary !== undefined && canary.kept === deployment;
  if (unchanged) {
    return {
      reason: `the deployment ${deployment}, which the stage is to keep, is the one of this very document`,
      fix: 'Change the document, or leave --canary out: there is nothing to release.',
    };
  }
  const types = kind === 'rest' ? REST : HTTP;
  const made = (): Json => ({ Type: types.deployment, Properties: { [types.owner]: { Ref: API } } });
  const document = body === undefined ? { BodyS3Location: location } : { Body: body };
  const own: Record<string, Json> = {
    [API]: {
      Type: types.api,
      Properties: {
        ...document,
        ...(kind === 'rest' ? { EndpointConfiguration: { Types: [parts.endpoint] } } : {}),
        // Whatever the service would drop stops the stack instead.
        FailOnWarnings: true,
      },
    },
    // It was made by an earlier template, and is taken as it was made.
    ...(canary === undefined ? {} : { [canary.kept]: made() }),
    [deployment]: made(),
  };
  for (const part of parts.stages)
    own[part.id] = stageResource(part, input, deployment, part === parts.stages[0]);
  return assembled(input, parts, { resources: own });
}

const REST = {
  api: 'AWS::ApiGateway::RestApi',
  deployment: 'AWS::ApiGateway::Deployment',
  owner: 'RestApiId',
};
const HTTP = { api: 'AWS::ApiGatewayV2::Api', deployment: 'AWS::ApiGatewayV2::Deployment', owner: 'ApiId' };

function stageResource(
  { stage, surroundings }: StagePart,
  { kind, canary, accountRole }: TemplateInput,
  deployment: string,
  isFirst: boolean,
): Json {
  const reference = { Ref: deployment };
  if (kind === 'http') {
    return {
      Type: 'AWS::ApiGatewayV2::Stage',
      Properties: {
        ApiId: { Ref: API },
        DeploymentId: reference,
        StageName: stage.name,
        ...httpStageProperties(stage, surroundings),
      },
    };
  }
  // The other stages stay where they are until it is promoted.
  const shared =
    canary === undefined || !isFirst
      ? {}
      : { CanarySetting: { DeploymentId: reference, PercentTraffic: canary.percent, UseStageCache: false } };
  return {
    Type: 'AWS::ApiGateway::Stage',
    ...(accountRole ? { DependsOn: ACCOUNT } : {}),
    Properties: {
      RestApiId: { Ref: API },
      DeploymentId: canary === undefined ? reference : { Ref: canary.kept },
      StageName: stage.name,
      ...restStageProperties(stage, surroundings),
      ...shared,
    },
  };
}

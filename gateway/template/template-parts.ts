/** What templates of every format have: the document inside them or beside them, stages, permissions, logs, outputs. */
import { createHash } from 'node:crypto';
import { stringifyJson } from '../../contract/json/stringify.ts';
import { isArray, type Json, type JsonObject, own } from '../../contract/json/value.ts';
import type { PlacedOperation } from '../document/resource-paths.ts';
import { legalName } from '../lower/model-names.ts';
import { callsFunctions, embedDocument, type Unembeddable } from './embed-document.ts';
import { invokePermissions } from './invoke-permissions.ts';
import type { StageSurroundings } from './stage-properties.ts';
import { capital, stageVariables } from './stage-variables.ts';
import { accessLogFormat, type TemplateCanary, type TemplateStage } from './template-stage.ts';

export interface TemplateInput {
  /** As it would be imported. */
  readonly document: JsonObject;
  readonly kind: 'rest' | 'http';
  readonly placed: readonly PlacedOperation[];
  readonly stages: readonly TemplateStage[];
  readonly canary?: TemplateCanary;
  /** Writes access logs where a stage names none of its own. */
  readonly accessLogs: boolean;
  /** Makes the role with which API Gateway writes logs, which an account has once for each region. */
  readonly accountRole: boolean;
  /** The name of the document's file on S3, for one that does not stand in the template. */
  readonly file?: string;
  /** The sentence that generated files carry. */
  readonly made: string;
  /** Hears of what the template cannot say. */
  readonly lose: (message: string) => void;
}

export interface TemplateParts {
  /** In the template; undefined for a document on S3. */
  readonly body: JsonObject | undefined;
  /** Where it is on S3, as `BodyS3Location` has it. */
  readonly location: { readonly Bucket: Json; readonly Key: Json };
  /** Where the API is reached: within networks that the document names, or by everybody. */
  readonly endpoint: 'PRIVATE' | 'REGIONAL';
  /** Changes whenever the document does. */
  readonly mark: string;
  readonly stages: readonly StagePart[];
  readonly parameters: JsonObject;
  readonly conditions: JsonObject;
  /** Permissions, log groups and the account's role. */
  readonly resources: JsonObject;
  readonly outputs: JsonObject;
}

export interface StagePart {
  readonly stage: TemplateStage;
  /** The logical id of its resource. */
  readonly id: string;
  readonly surroundings: StageSurroundings;
}

/** The logical id of the API. */
export const API = 'Api';
/** What stages wait for, so that the service may write their logs. */
export const ACCOUNT = 'ApiGatewayAccount';

export function templateParts(input: TemplateInput): TemplateParts | Unembeddable {
  const { document, kind, placed, accessLogs, file, lose } = input;
  const labels = labelsOf(input.stages);
  const reserved = new Set([API, ACCOUNT, 'ApiGatewayLogRole', 'DocumentBucket', 'DocumentKey']);
  const embedded = file === undefined ? embedDocument(document, reserved) : onS3(document);
  if ('reason' in embedded) return embedded;
  const text = stringifyJson(document);
  const mark = createHash('sha256').update(text).digest('hex').slice(0, 10);
  const deployed = file === undefined ? embedded.body : document;
  const resources: Record<string, Json> = {};
  const parameters: Record<string, Json> = {
    ...(file === undefined ? {} : locationParameters(file, mark)),
    ...embedded.parameters,
  };
  const known = input.stages.map((stage, index) => {
    const label = labels[index] ?? '';
    const variables = stageVariables(stage, deployed, input.stages.length > 1 ? label : '');
    Object.assign(parameters, variables.parameters);
    const { accessLogSettings: own } = stage;
    let accessLog: Json | undefined;
    if (own !== undefined) accessLog = { DestinationArn: own.destinationArn, Format: own.format };
    else if (accessLogs) {
      resources[`AccessLog${label}`] = { Type: 'AWS::Logs::LogGroup', Properties: { RetentionInDays: 30 } };
      const DestinationArn = { 'Fn::GetAtt': [`AccessLog${label}`, 'Arn'] };
      accessLog = { DestinationArn, Format: accessLogFormat(kind) };
    }
    const surroundings = { variables: variables.values, accessLog, placed, lose };
    return { name: stage.name, variables, part: { stage, id: `Stage${label}`, surroundings } };
  });
  if (input.accountRole) Object.assign(resources, accountRole());
  Object.assign(resources, invokePermissions(deployed, known, lose));
  return {
    body: file === undefined ? embedded.body : undefined,
    location: { Bucket: { Ref: 'DocumentBucket' }, Key: { Ref: 'DocumentKey' } },
    endpoint: isPrivate(document) ? 'PRIVATE' : 'REGIONAL',
    mark,
    stages: known.map(({ part }) => part),
    parameters,
    conditions: embedded.conditions,
    resources,
    outputs: outputsOf(input.stages, labels),
  };
}

/** The members of a template that has these parts, in the order in which people write them. */
export function assembled(
  { made }: Pick<TemplateInput, 'made'>,
  { parameters, conditions, resources, outputs }: TemplateParts,
  own: { readonly transform?: string; readonly resources: JsonObject },
): JsonObject {
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    ...(own.transform === undefined ? {} : { Transform: own.transform }),
    Metadata: { Rehearsal: made },
    ...(Object.keys(parameters).length === 0 ? {} : { Parameters: parameters }),
    ...(Object.keys(conditions).length === 0 ? {} : { Conditions: conditions }),
    Resources: { ...own.resources, ...resources },
    Outputs: outputs,
  };
}

/** Only a private API has endpoints in networks; the document says which. */
function isPrivate(document: JsonObject): boolean {
  const servers = document['servers'];
  const [server] = isArray(servers) ? servers : [];
  const configuration = own(server, 'x-amazon-apigateway-endpoint-configuration');
  return own(configuration, 'vpcEndpointIds') !== undefined;
}

/** A file is imported as it is, so nothing calls a function in it. */
function onS3(document: JsonObject): ReturnType<typeof embedDocument> {
  if (!callsFunctions(document)) return { body: document, parameters: {}, conditions: {} };
  return {
    reason:
      'an integration or authorizer calls a function of CloudFormation, which nobody does in a file on S3',
    fix: 'Keep the document in the template, or write there what the function makes.',
  };
}

function locationParameters(file: string, mark: string): JsonObject {
  return {
    DocumentBucket: { Type: 'String', Description: `The S3 bucket of the API's document` },
    DocumentKey: {
      Type: 'String',
      Description: `What ${file} is called there; another name for each of its versions, or no change is seen`,
      Default: file.replace(/^([^.]*)\./, `$1.${mark}.`),
    },
  };
}

/** Of stages in logical ids: `live-eu` is `LiveEu`. */
function labelsOf(stages: readonly TemplateStage[]): readonly string[] {
  const taken = new Set<string>();
  return stages.map(({ name }) => {
    const base = capital(legalName(name));
    let label = base;
    for (let number = 2; taken.has(label); number += 1) label = `${base}${number}`;
    taken.add(label);
    return label;
  });
}

/** Kept when the stack goes: other APIs of the account write their logs with it. */
function accountRole(): JsonObject {
  const kept = { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' };
  const policy = 'arn:${AWS::Partition}:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs';
  return {
    ApiGatewayLogRole: {
      Type: 'AWS::IAM::Role',
      ...kept,
      Properties: {
        AssumeRolePolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            { Effect: 'Allow', Principal: { Service: 'apigateway.amazonaws.com' }, Action: 'sts:AssumeRole' },
          ],
        },
        ManagedPolicyArns: [{ 'Fn::Sub': policy }],
      },
    },
    [ACCOUNT]: {
      Type: 'AWS::ApiGateway::Account',
      ...kept,
      Properties: { CloudWatchRoleArn: { 'Fn::GetAtt': ['ApiGatewayLogRole', 'Arn'] } },
    },
  };
}

function outputsOf(stages: readonly TemplateStage[], labels: readonly string[]): JsonObject {
  const address = 'https://${Api}.execute-api.${AWS::Region}.${AWS::URLSuffix}';
  return {
    ApiId: { Value: { Ref: API } },
    ...Object.fromEntries(
      stages.map(({ name }, index) => [
        `Url${labels[index] ?? ''}`,
        { Value: { 'Fn::Sub': name === '$default' ? address : `${address}/${name}` } },
      ]),
    ),
  };
}

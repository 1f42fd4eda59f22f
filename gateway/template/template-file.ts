/** A template as the file that is generated, beside its document where that is a file of its own. */
import { stringifyJson } from '../../contract/json/stringify.ts';
import type { JsonObject } from '../../contract/json/value.ts';
import type { TargetChoices, TargetOption } from '../../contract/target.ts';
import type { PlacedOperation } from '../document/resource-paths.ts';
import { yamlText } from '../document/yaml-text.ts';
import { cloudFormationTemplate } from './cloudformation-template.ts';
import type { Unembeddable } from './embed-document.ts';
import { samTemplate } from './sam-template.ts';
import type { TemplateCanary, TemplateStage } from './template-stage.ts';

export const TEMPLATE_FORMATS = ['cloudformation', 'sam'] as const;
export type TemplateFormat = (typeof TEMPLATE_FORMATS)[number];

/** Options of `rehearsal generate gateway` that are about templates. */
export const TEMPLATE_OPTIONS: readonly TargetOption[] = [
  {
    flags: '--body <where>',
    summary: 'in templates: the document inside, or a file beside them for S3 (default: inline)',
    choices: ['inline', 's3'],
  },
  {
    flags: '--canary <percent>',
    summary: 'in templates: the new deployment gets so much of the traffic, beside --keep-deployment',
  },
  {
    flags: '--keep-deployment <id>',
    summary: 'for --canary: the deployment of the template before, by its logical id',
  },
  { flags: '--account-role', summary: 'in templates: the role with which API Gateway writes logs' },
];

/** What CloudFormation takes in a request, and from S3, in bytes. */
const INLINE_LIMIT = 51_200;
const S3_LIMIT = 1_048_576;

export interface TemplateFile {
  readonly text: string;
  /** What whoever uses the template has to know. */
  readonly notes: readonly TemplateNote[];
}

export interface TemplateNote {
  readonly rule: 'cloudformation-size' | 'cloudformation-setting';
  readonly message: string;
  readonly fix: string;
}

export interface TemplateSubject {
  readonly format: TemplateFormat;
  readonly kind: 'rest' | 'http';
  readonly document: JsonObject;
  readonly placed: readonly PlacedOperation[];
  /** The first is the one that a canary stands on. */
  readonly stages: readonly TemplateStage[];
  /** The document's file, should it be one of its own. */
  readonly file: string;
  readonly made: string;
}

/** The template, or why there is none. */
export function templateFile(subject: TemplateSubject, choices: TargetChoices): TemplateFile | Unembeddable {
  const { format, kind, file, ...rest } = subject;
  const { made } = rest;
  const canary = canaryOf(choices);
  if (canary !== undefined && 'reason' in canary) return canary;
  if (canary !== undefined && kind === 'http')
    return { reason: 'HTTP APIs have no canaries', fix: 'Make a REST API of it, without --kind http.' };
  const notes: TemplateNote[] = [];
  const template = (format === 'sam' ? samTemplate : cloudFormationTemplate)({
    ...rest,
    kind,
    ...(canary === undefined ? {} : { canary }),
    accessLogs: choices['attribution'] !== false,
    accountRole: choices['accountRole'] === true && kind === 'rest',
    ...(choices['body'] === 's3' ? { file } : {}),
    lose: message => {
      notes.push({ rule: 'cloudformation-setting', message, fix: 'Add it to the stack by other means.' });
    },
  });
  if (isRefusal(template)) return template;
  const text =
    choices['yaml'] === true ? `# ${made}\n${yamlText(template)}` : `${stringifyJson(template, 2)}\n`;
  const bytes = Buffer.byteLength(text);
  if (bytes > S3_LIMIT) {
    return {
      reason: `the template has ${bytes} bytes, and CloudFormation takes ${S3_LIMIT}`,
      fix: 'Keep the document in a file of its own with --body s3.',
    };
  }
  if (bytes > INLINE_LIMIT) {
    notes.push({
      rule: 'cloudformation-size',
      message: `The template has ${bytes} bytes; CloudFormation takes ${INLINE_LIMIT} in a request, and more from S3 only.`,
      fix: 'Name a bucket where it is deployed (--s3-bucket), or keep the document in a file of its own with --body s3.',
    });
  }
  return { text, notes };
}

function isRefusal(made: JsonObject | Unembeddable): made is Unembeddable {
  return 'reason' in made;
}

function canaryOf({ canary, keepDeployment }: TargetChoices): TemplateCanary | Unembeddable | undefined {
  if (canary === undefined) return undefined;
  const percent = Number(canary);
  if (String(canary).trim() === '' || !(percent >= 0 && percent <= 100))
    return { reason: `${JSON.stringify(canary)} is no share of the traffic`, fix: 'Give --canary 0 to 100.' };
  if (typeof keepDeployment !== 'string' || !/^[A-Za-z0-9]{1,255}$/.test(keepDeployment)) {
    return {
      reason: 'a canary stands beside the deployment that the stage has, and none is named',
      fix: 'Give --keep-deployment the logical id of the AWS::ApiGateway::Deployment in the template that was deployed before.',
    };
  }
  return { percent, kept: keepDeployment };
}

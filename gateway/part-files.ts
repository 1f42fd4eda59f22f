/** The files of one document for API Gateway, or of one part of it: the document itself, a template, or both. */
import { RehearsalError } from '../contract/errors.ts';
import { stringifyJson } from '../contract/json/stringify.ts';
import { isObject } from '../contract/json/value.ts';
import { type GeneratedFile, madeBy, type TargetInput, type TargetLoss } from '../contract/target.ts';
import type { GatewayDocument } from './document/gateway-document.ts';
import { yamlText } from './document/yaml-text.ts';
import { isHttp } from './http-api/http-target.ts';
import type { ContractPart } from './split-contract.ts';
import { TEMPLATE_FORMATS, type TemplateFile, templateFile } from './template/template-file.ts';
import type { TemplateStage } from './template/template-stage.ts';

export interface MadePart extends ContractPart {
  readonly document: GatewayDocument;
}

/** @throws RehearsalError TARGET_REQUIREMENT for a document that cannot stand in a template */
export function filesOf(input: TargetInput, part: MadePart): readonly GeneratedFile[] {
  const { choices = {} } = input;
  const template = templateOf(input, part);
  if (template === undefined) return [documentFile(input, part)];
  const kind = isHttp(choices) ? 'http.' : '';
  const path = `${stemOf(input, part)}.${kind}${String(choices['format'])}.${endingOf(input)}`;
  return [{ path, text: template.text }, ...(choices['body'] === 's3' ? [documentFile(input, part)] : [])];
}

function documentFile(input: TargetInput, part: MadePart): GeneratedFile {
  const { document } = part.document;
  const path = `${stemOf(input, part)}.${documentName(input)}`;
  const made = madeFor(input);
  if (endingOf(input) === 'yaml') return { path, text: `# ${made}\n${yamlText(document)}` };
  // API Gateway leaves out what it does not know, so this stays with the file.
  const marked = { 'x-rehearsal': made, ...(isObject(document) ? document : {}) };
  return { path, text: `${stringifyJson(marked, 2)}\n` };
}

function documentName(input: TargetInput): string {
  const { choices = {} } = input;
  const format = choices['format'] === 'swagger' ? 'swagger' : 'openapi';
  return `${isHttp(choices) ? 'http.' : ''}${format}.${endingOf(input)}`;
}

function endingOf({ choices = {} }: TargetInput): 'json' | 'yaml' {
  return choices['yaml'] === true ? 'yaml' : 'json';
}

/** Each stage has a folder, so that the documents of one are never left over from another. */
function stemOf({ name, stage }: TargetInput, { name: part }: ContractPart): string {
  return `${stage === undefined ? '' : `${stage.name}/`}${part === undefined ? name : `${name}.${part}`}`;
}

function madeFor({ spec, stage }: TargetInput): string {
  return madeBy('gateway', stage === undefined ? spec : below(spec));
}

/** A document's address, a folder further down. */
function below(spec: string | undefined): string | undefined {
  return spec === undefined || /^https?:/.test(spec) ? spec : `../${spec}`;
}

const templates = new WeakMap<GatewayDocument, { readonly key: string; readonly file: TemplateFile }>();

/** The files and the notes come of one making. */
function templateOf(input: TargetInput, part: MadePart): TemplateFile | undefined {
  const { name, choices = {} } = input;
  const format = TEMPLATE_FORMATS.find(one => one === choices['format']);
  const { document, placed } = part.document;
  if (format === undefined || !isObject(document)) return undefined;
  const stages = templateStages(input);
  const key = JSON.stringify([choices, stages]);
  const known = templates.get(part.document);
  if (known?.key === key) return known.file;
  const written = `${part.name === undefined ? name : `${name}.${part.name}`}.${documentName(input)}`;
  const subject = {
    format,
    kind: isHttp(choices) ? 'http' : 'rest',
    document,
    placed,
    stages,
    file: written,
    made: madeFor(input),
  } as const;
  const file = templateFile(subject, choices);
  if ('reason' in file) throw new RehearsalError('TARGET_REQUIREMENT', { target: 'gateway', name, ...file });
  templates.set(part.document, { key, file });
  return file;
}

/** Where nobody names a stage, the one that mocks are for. */
function templateStages({ stage, otherStages = [] }: TargetInput): readonly TemplateStage[] {
  if (stage === undefined) return [{ name: 'dev' }];
  return [stage, ...otherStages].map(one => {
    // The configuration was held against its schema.
    const settings = one.settings as Omit<TemplateStage, 'name'> & { readonly stage?: string };
    return { ...settings, name: settings.stage ?? one.name };
  });
}

/** What whoever uses a template has to know. */
export function templateNotes(input: TargetInput, part: MadePart): readonly TargetLoss[] {
  return (templateOf(input, part)?.notes ?? []).map(note => ({
    ...note,
    severity: 'note',
    source: part.contract.source,
    effectName: note.rule === 'cloudformation-size' ? 'for S3' : 'left out',
    matters: false,
  }));
}

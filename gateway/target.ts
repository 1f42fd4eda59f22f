/** The target `gateway`: for each document the one that API Gateway imports, with mock integrations. */
import { stringifyJson } from '../contract/json/stringify.ts';
import { isObject } from '../contract/json/value.ts';
import type { Contract } from '../contract/model.ts';
import {
  defineTarget,
  type GeneratedFile,
  madeBy,
  type Target,
  type TargetInput,
} from '../contract/target.ts';
import {
  type GatewayDocument,
  type GatewayDocumentOptions,
  gatewayDocument,
} from './document/gateway-document.ts';
import { yamlText } from './document/yaml-text.ts';
import { type Effect, losesValidation } from './lower/loss.ts';

const FORMATS = ['openapi', 'swagger'] as const;

export const gatewayTarget: Target = defineTarget({
  name: 'gateway',
  summary: 'the document that API Gateway imports: mock integrations, models, validators',
  folder: 'gateway/generated',
  requires: [],
  options: [
    {
      flags: '--format <name>',
      summary: 'OpenAPI 3.0 or Swagger 2.0 (default: openapi)',
      choices: FORMATS,
    },
    { flags: '--yaml', summary: 'YAML instead of JSON' },
    {
      flags: '--mock',
      summary: 'mock integrations everywhere, open to everybody, whatever the document has',
    },
    { flags: '--no-attribution', summary: 'no headers that say which release answered' },
    { flags: '--no-cors', summary: 'no preflights, and no answers to pages of other origins' },
  ],
  emit,
  losses: input =>
    documentOf(input).losses.map(one => ({
      ...one,
      effectName: EFFECT_NAMES[one.effect],
      matters: one.effect === 'missing' || losesValidation(one),
    })),
});

const EFFECT_NAMES: Readonly<Record<Effect, string>> = {
  missing: 'missing',
  unvalidated: 'not validated',
  weaker: 'validated in part',
  changed: 'changed',
  dropped: 'left out',
};

const made = new WeakMap<Contract, { readonly key: string; readonly document: GatewayDocument }>();

/** The file and the list of losses come of one making. */
function documentOf({ contract, choices = {} }: TargetInput): GatewayDocument {
  const options: GatewayDocumentOptions = {
    format: choices['format'] === 'swagger' ? 'swagger' : 'openapi',
    attribution: choices['attribution'] !== false,
    cors: choices['cors'] !== false,
    mockAll: choices['mock'] === true,
  };
  const key = JSON.stringify(options);
  const known = made.get(contract);
  if (known?.key === key) return known.document;
  const document = gatewayDocument(contract, options);
  made.set(contract, { key, document });
  return document;
}

function emit(input: TargetInput): readonly GeneratedFile[] {
  const { name, spec, choices = {} } = input;
  const { document } = documentOf(input);
  const ending = choices['format'] === 'swagger' ? 'swagger' : 'openapi';
  if (choices['yaml'] === true) {
    const text = `# ${madeBy('gateway', spec)}\n${yamlText(document)}`;
    return [{ path: `${name}.${ending}.yaml`, text }];
  }
  // API Gateway leaves out what it does not know, so this stays with the file.
  const marked = { 'x-rehearsal': madeBy('gateway', spec), ...(isObject(document) ? document : {}) };
  return [{ path: `${name}.${ending}.json`, text: `${stringifyJson(marked, 2)}\n` }];
}

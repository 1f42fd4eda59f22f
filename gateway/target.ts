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
import { type GatewayDocument, gatewayDocument } from './document/gateway-document.ts';
import { type Effect, losesValidation } from './lower/loss.ts';

export const gatewayTarget: Target = defineTarget({
  name: 'gateway',
  summary: 'the document that API Gateway imports: mock integrations, models, validators',
  folder: 'gateway/generated',
  requires: [],
  emit,
  losses: ({ contract }) =>
    documentOf(contract).losses.map(one => ({
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

const made = new WeakMap<Contract, GatewayDocument>();

/** The file and the list of losses come of one making. */
function documentOf(contract: Contract): GatewayDocument {
  const document = made.get(contract) ?? gatewayDocument(contract);
  made.set(contract, document);
  return document;
}

function emit({ name, contract, spec }: TargetInput): readonly GeneratedFile[] {
  const { document } = documentOf(contract);
  // API Gateway leaves out what it does not know, so this stays with the file.
  const marked = { 'x-rehearsal': madeBy('gateway', spec), ...(isObject(document) ? document : {}) };
  return [{ path: `${name}.openapi.json`, text: `${stringifyJson(marked, 2)}\n` }];
}

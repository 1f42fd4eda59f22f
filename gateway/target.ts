/** The target `gateway`: for each document the one that API Gateway imports, with mock integrations. */
import { stringifyJson } from '../contract/json/stringify.ts';
import { isObject } from '../contract/json/value.ts';
import {
  defineTarget,
  type GeneratedFile,
  madeBy,
  type Target,
  type TargetInput,
} from '../contract/target.ts';
import { gatewayDocument } from './document/gateway-document.ts';

export const gatewayTarget: Target = defineTarget({
  name: 'gateway',
  summary: 'the document that API Gateway imports: mock integrations, models, validators',
  folder: 'gateway/generated',
  requires: [],
  emit,
});

function emit({ name, contract, spec }: TargetInput): readonly GeneratedFile[] {
  const { document } = gatewayDocument(contract);
  // API Gateway leaves out what it does not know, so this stays with the file.
  const marked = { 'x-rehearsal': madeBy('gateway', spec), ...(isObject(document) ? document : {}) };
  return [{ path: `${name}.openapi.json`, text: `${stringifyJson(marked, 2)}\n` }];
}

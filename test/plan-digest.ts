/** Prints one line a document: a digest of every answer and case that plans make of it, and of its document for API Gateway. */
import { createHash } from 'node:crypto';
import { stringifyJson } from '../contract/json/stringify.ts';
import { loadContracts } from '../contract/load/load-contracts.ts';
import { casePlan } from '../contract/plan/case-plan.ts';
import { mockPlan } from '../contract/plan/mock-plan.ts';
import { gatewayDocument } from '../gateway/document/gateway-document.ts';

for (const { name, contract } of await loadContracts(process.argv.slice(2))) {
  const hash = createHash('sha256');
  for (const operation of contract?.operations ?? []) {
    for (const { status, headers, name: example, body } of mockPlan(operation).answers) {
      hash.update(JSON.stringify([operation.key, status, headers, example]));
      hash.update(body ?? '');
    }
    for (const { id, request } of casePlan(operation)) {
      const { body, ...rest } = request;
      hash.update(JSON.stringify([id, rest]));
      hash.update(body ?? '');
    }
  }
  if (contract !== undefined) hash.update(stringifyJson(gatewayDocument(contract).document));
  process.stdout.write(`${name} ${hash.digest('hex')}\n`);
}

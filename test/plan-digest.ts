/** Prints one line a document: a digest of every answer and every case that the plans make of it. */
import { createHash } from 'node:crypto';
import { loadContracts } from '../contract/load/load-contracts.ts';
import { casePlan } from '../contract/plan/case-plan.ts';
import { mockPlan } from '../contract/plan/mock-plan.ts';

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
  process.stdout.write(`${name} ${hash.digest('hex')}\n`);
}

/** Runs the contract tests over one of the suite's APIs, with or without a fault, and gathers what was found. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Contract } from '../../contract/model.ts';
import type { CasePlanOptions } from '../../contract/plan/cases/options.ts';
import { contractFromText } from '../../contract/read.ts';
import type { RunSummary } from '../../contract-tests/events.ts';
import { run } from '../../contract-tests/run.ts';
import { buckets } from './buckets/buckets.ts';
import { SESSION } from './buckets/desk.ts';
import { clinic } from './clinic/clinic.ts';
import { TOKEN as CLERK } from './clinic/desk.ts';
import { depot, PASSWORD, USER } from './depot/depot.ts';
import { KEY, TOKEN } from './library/desk.ts';
import { library } from './library/library.ts';
import { type Api, type Seeded, serve } from './served.ts';

export interface TestedApi {
  /** Relative to this folder. */
  readonly document: string;
  readonly make: (seeded: Seeded) => Api;
  /** Secrets by security scheme, as a user would hand them over. */
  readonly credentials: ReadonlyMap<string, string>;
}

export type ApiName = 'library' | 'depot' | 'buckets' | 'clinic';

export const APIS: Readonly<Record<ApiName, TestedApi>> = {
  library: {
    document: 'library/library.yaml',
    make: library,
    credentials: new Map([
      ['key', KEY],
      ['bearer', TOKEN],
    ]),
  },
  buckets: { document: 'buckets/buckets.yaml', make: buckets, credentials: new Map([['session', SESSION]]) },
  clinic: { document: 'clinic/clinic.yaml', make: clinic, credentials: new Map([['token', CLERK]]) },
  depot: {
    document: 'depot/depot.yaml',
    make: depot,
    credentials: new Map([['staff', `${USER}:${PASSWORD}`]]),
  },
};

const contracts = new Map<string, Contract>();

/** The contract of an API's document, which must be without any problem. */
export function contractOf(name: ApiName): Contract {
  const known = contracts.get(name);
  if (known !== undefined) return known;
  const { document } = APIS[name];
  const { contract, problems } = contractFromText(readFileSync(join(import.meta.dirname, document), 'utf8'), {
    name: document,
  });
  if (contract === undefined || problems.length > 0) throw new Error(JSON.stringify(problems));
  contracts.set(name, contract);
  return contract;
}

export interface Rehearsed {
  readonly summary: RunSummary;
  /** Failures of severity error: `check at operation`, with how often. */
  readonly errors: ReadonlyMap<string, number>;
  /** The same in full, the first of each. */
  readonly details: readonly string[];
}

export interface Rehearsal {
  /** Operation keys to test. Default: all. */
  readonly only?: readonly string[];
  readonly plan?: CasePlanOptions;
}

export async function rehearse(
  name: ApiName,
  seeded: Seeded,
  { only, plan }: Rehearsal = {},
): Promise<Rehearsed> {
  const { make, credentials } = APIS[name];
  const served = await serve(make(seeded), seeded);
  const errors = new Map<string, number>();
  const details: string[] = [];
  try {
    const summary = await run({
      contracts: [{ name, contract: contractOf(name) }],
      baseUrl: served.url,
      plan: { ...plan, credentials },
      ...(only === undefined ? {} : { select: ({ key }) => only.includes(key) }),
      listeners: [
        event => {
          if (event.kind !== 'case-finished') return;
          const { outcome } = event;
          if (outcome.kind === 'unanswered') details.push(`${event.case.id}: ${outcome.trouble.message}`);
          if (outcome.kind !== 'failed') return;
          for (const { check, severity, received, documented } of outcome.failures) {
            if (severity !== 'error') continue;
            const found = `${check} at ${event.case.operation.key}`;
            errors.set(found, (errors.get(found) ?? 0) + 1);
            if (errors.get(found) === 1)
              details.push(`${check}: ${event.case.id}: received ${received}, documented ${documented}`);
          }
        },
      ],
    });
    return { summary, errors, details };
  } finally {
    await served.close();
  }
}

/** Whether a run sees a seeded fault, and with which checks. */
import type { Depth } from '../../contract/plan/cases/options.ts';
import { CATALOGUE } from './catalogue/index.ts';
import type { Fault, FaultClass } from './fault.ts';
import { type ApiName, type Rehearsed, rehearse } from './rehearse.ts';
import { CONFORMING } from './served.ts';

export interface ListedFault extends Fault {
  readonly api: ApiName;
  readonly class: FaultClass;
  /** `library/body/null`. */
  readonly id: string;
}

/** The whole catalogue, API by API. */
export function listedFaults(): readonly ListedFault[] {
  return (Object.keys(CATALOGUE) as ApiName[]).flatMap(api =>
    (Object.keys(CATALOGUE[api]) as FaultClass[]).flatMap(name =>
      CATALOGUE[api][name].map(fault => ({ ...fault, api, class: name, id: `${api}/${name}/${fault.name}` })),
    ),
  );
}

export interface Seen extends Rehearsed {
  /** The check that should see the fault does, at an operation that has it. */
  readonly caught: boolean;
  /** All checks with a failure, each once. */
  readonly checks: readonly string[];
}

/** The depth at which a fault is to be caught. */
export function depthOf({ deep }: Fault): Depth {
  return deep === undefined ? 'standard' : 'deep';
}

/** Runs the cases of the operations concerned, or of the whole document, over a server with the fault. */
export async function see(fault: ListedFault, whole = false): Promise<Seen> {
  const found = await rehearse(
    fault.api,
    { ...CONFORMING, ...fault.seeded },
    { plan: { depth: depthOf(fault) }, ...(whole ? {} : { only: fault.at }) },
  );
  const caught = fault.at.some(key => found.errors.has(`${fault.caughtBy} at ${key}`));
  const checks = [...new Set([...found.errors.keys()].map(text => text.split(' ')[0] ?? ''))];
  return { ...found, caught, checks };
}

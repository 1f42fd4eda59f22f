/** Whether a run sees a seeded fault, and with which checks. */
import { CATALOGUE } from './catalogue/index.ts';
import type { Fault, FaultClass } from './fault.ts';
import { type Rehearsed, rehearse } from './rehearse.ts';
import { CONFORMING } from './served.ts';

export interface ListedFault extends Fault {
  readonly class: FaultClass;
  /** `library/body/null`. */
  readonly id: string;
}

/** The whole catalogue in the order of the documentation. */
export function listedFaults(): readonly ListedFault[] {
  return Object.entries(CATALOGUE).flatMap(([name, faults]) =>
    faults.map(fault => ({ ...fault, class: name as FaultClass, id: `${fault.api}/${name}/${fault.name}` })),
  );
}

export interface Seen extends Rehearsed {
  /** The check that should see the fault does, at an operation that has it. */
  readonly caught: boolean;
  /** All checks with a failure, each once. */
  readonly checks: readonly string[];
}

/** Runs the cases of the operations concerned, or of the whole document, over a server with the fault. */
export async function see(fault: Fault, whole = false): Promise<Seen> {
  const found = await rehearse(
    fault.api,
    { ...CONFORMING, ...fault.seeded },
    whole ? {} : { only: fault.at },
  );
  const caught = fault.at.some(key => found.errors.has(`${fault.caughtBy} at ${key}`));
  const checks = [...new Set([...found.errors.keys()].map(text => text.split(' ')[0] ?? ''))];
  return { ...found, caught, checks };
}

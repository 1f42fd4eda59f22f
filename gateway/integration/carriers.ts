/**
 * One status for each response of an operation, by which the mock integration tells them apart. API Gateway keeps one
 * integration response for a status, so a range or `default` that would answer with the status of another response gets
 * one that nobody uses, and the template sets the status that is sent.
 */
import type { MockPlan, PlannedResponse } from '../../contract/plan/mock-plan.ts';

export interface Carrier {
  readonly response: PlannedResponse;
  /** The status of method response and integration response. */
  readonly status: number;
}

/** The first is the answer that is given by itself. */
export function carriers({ responses }: MockPlan): readonly Carrier[] {
  // Statuses written out come first: they keep their own.
  const taken = new Set(responses.filter(isExact).map(({ status }) => status));
  return responses.map(response => {
    if (isExact(response)) return { response, status: response.status };
    const status = taken.has(response.status) ? freeStatus(response.status, taken) : response.status;
    taken.add(status);
    return { response, status };
  });
}

function isExact({ statusKey, status }: PlannedResponse): boolean {
  return statusKey === String(status);
}

/** The highest one of the class that no response has. */
function freeStatus(status: number, taken: ReadonlySet<number>): number {
  const lowest = Math.floor(status / 100) * 100;
  for (let free = lowest + 99; free > lowest; free -= 1) if (!taken.has(free)) return free;
  return status;
}

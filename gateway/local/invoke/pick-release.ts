/** Which release of a stage answers a request: by chance, anew for each, with nothing that sticks (apigateway.md 9.3). */
import type { Chance } from '../state/ids.ts';
import type { Release } from './model.ts';
import type { StageServed } from './stages-served.ts';

/** 0 and 100 are exact: a chance is below 1 and at least 0. Without a canary no chance is taken. */
export function pickRelease({ production, canary, percentTraffic }: StageServed, chance: Chance): Release {
  return canary !== undefined && chance() * 100 < percentTraffic ? canary : production;
}

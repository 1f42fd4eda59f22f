/** What a stage says about one method: its own entry, else the one for all methods (apigateway.md 8.3). */
import type { MethodSetting } from '../state/records.ts';
import type { Release } from './model.ts';

/** @param verbs - the verb of the request, then the one the method was defined by */
export function settingOf(
  { methodSettings }: Release,
  path: string,
  ...verbs: readonly string[]
): MethodSetting | undefined {
  for (const verb of verbs) {
    // The root's path is empty without its first slash; some write it with one.
    const own = methodSettings[`${path.slice(1)}/${verb}`] ?? methodSettings[`${path}/${verb}`];
    if (own !== undefined) return own;
  }
  return methodSettings['*/*'];
}

/** The compiled models of deployments: once for each, and gone with it. */
import type { Model } from '../state/records.ts';
import { type CompiledModels, compileModels } from './compile-models.ts';

/** Snapshots never change, so their lists of models are keys; a list that nobody holds any more takes its entry along. */
const kept = new WeakMap<readonly Model[], Map<string, CompiledModels>>();

/** The models of a snapshot, compiled when somebody first asks. */
export function modelsOf(models: readonly Model[], apiId: string): CompiledModels {
  let byApi = kept.get(models);
  if (byApi === undefined) {
    byApi = new Map();
    kept.set(models, byApi);
  }
  let compiled = byApi.get(apiId);
  if (compiled === undefined) {
    compiled = compileModels(new Map(models.map(({ name, schema }) => [name, schema])), apiId);
    byApi.set(apiId, compiled);
  }
  return compiled;
}

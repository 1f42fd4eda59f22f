/** The models that bodies are held against (apigateway.md 4.1). */
import type { Model } from '../state/records.ts';
import type { BodyCheck } from './model.ts';

/** @param name - a model of the API; one that is not there accepts everything */
export function bodyCheckOf(models: readonly Model[], name: string): BodyCheck {
  const model = models.find(candidate => candidate.name === name);
  if (model === undefined) return () => undefined;
  return () => undefined;
}

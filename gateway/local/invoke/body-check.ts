/** The models that bodies are held against (apigateway.md 4.1). */
import { modelsOf } from '../models/kept-models.ts';
import type { Model } from '../state/records.ts';
import type { BodyCheck } from './model.ts';

/**
 * @param models - of one snapshot, whose schemas are read at the first body
 * @param name - a model of the API; one that is not there accepts everything
 */
export function bodyCheckOf(models: readonly Model[], name: string, apiId: string): BodyCheck {
  return {
    validate: body => modelsOf(models, apiId).validate(name, body),
    unchecked: () =>
      modelsOf(models, apiId)
        .problemsOf(name)
        .map(({ model, pointer, message }) => `${message} (model ${model}, at ${pointer || 'its root'})`),
  };
}

/** Keys of stages that mean nothing for their provider, and stage variables that API Gateway does not take. */
import { joinPointer } from '../../contract/json/pointer.ts';
import { entriesOf, isObject, type Json, own } from '../../contract/json/value.ts';
import { refusedVariable } from '../../gateway/stages/stage-variables.ts';
import { GATEWAY_STAGE_KEYS } from './stage-schema.ts';

export interface StrayKey {
  readonly pointer: string;
  readonly reason: string;
}

/** Every key of a stage that its provider does not take. What the schema itself refuses is left to it. */
export function strayStageKeys(config: Json): readonly StrayKey[] {
  return entriesOf(own(config, 'stages')).flatMap(([name, stage]) => {
    const provider = own(stage, 'provider');
    const stray = (reason: string, ...keys: readonly string[]): StrayKey => ({
      pointer: joinPointer('', 'stages', name, ...keys),
      reason,
    });
    if (provider === 'url') {
      return Object.keys(GATEWAY_STAGE_KEYS)
        .filter(key => own(stage, key) !== undefined)
        .map(key => stray('is for stages of the providers local and aws', key));
    }
    if (provider !== 'local' && provider !== 'aws') return [];
    const found: StrayKey[] = [];
    if (own(stage, 'stage') === undefined && !/^[A-Za-z0-9_-]{1,128}$/.test(name))
      found.push(
        stray('is no name that API Gateway takes: letters, digits, _ and -; give it one with the key stage'),
      );
    if (provider === 'local' && own(stage, 'profile') !== undefined)
      found.push(stray('is for stages of the provider aws', 'profile'));
    for (const [variable, value] of entriesOf(own(stage, 'variables'))) {
      const refused = refusedVariable(variable, isObject(value) ? undefined : String(value));
      if (refused !== undefined) found.push(stray(refused, 'variables', variable));
    }
    return found;
  });
}

/** Keys of a configuration that take a function, held to it: the schema knows data only, and YAML and JSON hold no code. */
import { joinPointer } from '../../contract/json/pointer.ts';
import { entriesOf, type Json, own } from '../../contract/json/value.ts';

export interface NoFunction {
  /** Where it stands, as a JSON pointer. */
  readonly pointer: string;
  /** The end of a sentence that begins with the key. */
  readonly reason: string;
}

/**
 * Every place that should hold a function and holds something else.
 *
 * @param module - whether the configuration is one, so that it could hold a function
 */
export function noFunctions(config: Json, module: boolean): readonly NoFunction[] {
  const reason = module
    ? 'is no function'
    : 'is a function, and only a configuration in TypeScript or JavaScript can hold one: rehearsal.config.ts';
  return places(config)
    .filter(([, value]) => value !== undefined && typeof value !== 'function')
    .map(([path]) => ({ pointer: joinPointer('', ...path), reason }));
}

function places(config: Json): readonly (readonly [path: readonly string[], value: unknown])[] {
  const hooks = entriesOf(own(config, 'hooks')).map(([name, hook]) => [['hooks', name], hook] as const);
  const stages = entriesOf(own(config, 'stages')).flatMap(([name, stage]) =>
    credentialHooks(stage, ['stages', name]),
  );
  return [...hooks, ...credentialHooks(config, []), ...stages];
}

function credentialHooks(
  holder: Json,
  path: readonly string[],
): readonly (readonly [path: readonly string[], value: unknown])[] {
  return entriesOf(own(holder, 'credentials')).flatMap(([scheme, credential]) => {
    const place = [...path, 'credentials', scheme];
    const found = [
      [[...place, 'hook'], own(credential, 'hook')],
      [[...place, 'lesser', 'hook'], own(own(credential, 'lesser'), 'hook')],
    ] as const;
    return found.filter(([, hook]) => hook !== undefined);
  });
}

/** What of a contract a collection cannot say, as the command lists it. */
import type { Source } from '../contract/source.ts';
import type { TargetLoss } from '../contract/target.ts';

export type Loss = TargetLoss;

/** @param effectName - what the loss is counted under: `left out`, `not sendable` */
export function loss(effectName: string, message: string, source: Source): Loss {
  return {
    rule: `postman-${effectName.replaceAll(' ', '-')}`,
    severity: 'note',
    message,
    source,
    fix: 'Ask it with rehearsal test, which sends every case.',
    effectName,
    matters: effectName === 'left out',
  };
}

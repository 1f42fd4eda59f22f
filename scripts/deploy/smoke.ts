/** The smoke cases after a deployment: what the document gives as examples, sent once each. */
import { setTimeout as wait } from 'node:timers/promises';
import type { CommandContext, NamedContract } from '../command.ts';
import { type QuietRun, quietRun } from '../quiet-run.ts';

/** A stage of AWS answers anew some seconds after it was moved. */
const PAUSES: Readonly<Record<string, readonly number[]>> = { aws: [2000, 4000, 8000] };

/**
 * @param provider - of the stage
 * @throws RehearsalError those of `quietRun`
 */
export async function smokeStage(
  stage: string,
  provider: string,
  tested: NamedContract,
  context: CommandContext,
): Promise<QuietRun> {
  const pauses = [...(PAUSES[provider] ?? [])];
  for (;;) {
    const smoke = await quietRun(stage, tested, { depth: 'examples', sequences: false }, context);
    const pause = smoke.summary.verdict === 'kept' ? undefined : pauses.shift();
    if (pause === undefined) return smoke;
    await wait(pause);
  }
}

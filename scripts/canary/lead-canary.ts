/** A canary from where it stands to an end: under the lock, with the journal, telling hooks and people of each turn. */
import type { Journal } from '../../gateway/stages/canary/journal.ts';
import { readRelease } from '../../gateway/stages/canary/operations.ts';
import { type RampOptions, type RampResult, ramp } from '../../gateway/stages/canary/ramp.ts';
import type { Release } from '../../gateway/stages/canary/release.ts';
import type { Transition } from '../../gateway/stages/stage.ts';
import { type CommandContext, listOption, type OptionValues } from '../command.ts';
import { rememberEvent } from '../stage-history.ts';
import type { OpenCanary } from './open-canaries.ts';
import { withLock } from './stage-lock.ts';
import { tellingTransitions } from './transition-hooks.ts';

export interface LeadOptions extends Pick<RampOptions, 'judge' | 'confirm' | 'signal'> {
  /** Where it begins, of what the stage serves. */
  readonly begin: (release: Release) => Journal | Promise<Journal>;
}

/**
 * @throws RehearsalError CANARY_LOCKED, HOOK_FAILED and all that `begin` and `ramp` throw; the stage is then as the journal says
 */
export async function leadCanary(
  canary: OpenCanary,
  { begin, judge, confirm, signal }: LeadOptions,
  options: OptionValues,
  context: CommandContext,
): Promise<RampResult> {
  const { address, journal: store, now, prefix, stage } = canary;
  const { hooks = {}, canary: settings = {} } = await context.config();
  const flags = listOption(options, 'onTransition');
  const tell = tellingTransitions(
    { hook: hooks.onTransition, told: flags.length > 0 ? flags : [settings.onTransition ?? []].flat() },
    context,
  );
  const folder = await context.configFolder();
  return withLock(canary, options, context, async ({ guard }) => {
    const journal = await begin(await readRelease(address));
    const result = await ramp({
      stage: address,
      journal,
      store,
      judge,
      confirm,
      guard,
      signal,
      now,
      onTransition: async transition => {
        await tell(transition);
        const words = turnWords(transition);
        if (words !== undefined) context.stdout.write(`${prefix}${words}\n`);
      },
      onHookTrouble: error =>
        context.stderr.write(`${prefix}warning: ${(error as Error).message} The rollback goes on.\n`),
    });
    if (result.kind === 'ended') {
      rememberEvent(folder, stage.name, {
        at: new Date(now()).toISOString(),
        document: stage.document,
        event: 'canary',
        apiId: stage.apiId,
        deploymentId: journal.before.canary?.deploymentId ?? '',
        outcome: result.outcome,
        reason: result.reason,
      });
    }
    return result;
  });
}

/** What is about to happen; how it ended is told by whoever called. */
function turnWords({ kind, percent, stage, canary }: Transition): string | undefined {
  switch (kind) {
    case 'moving':
      return `giving the canary of ${stage} (${canary}) ${percent} % of the requests`;
    case 'promoting':
      return `promoting the canary of ${stage} (${canary})`;
    case 'rolling-back':
      return `rolling ${stage} back`;
    default:
      return undefined;
  }
}

/** The last line, and the exit code that goes with it. */
export function endOfRamp(
  { stage, prefix, journal }: OpenCanary,
  result: RampResult,
): { readonly words: string; readonly exitCode: number } {
  const { name } = stage;
  switch (result.kind) {
    case 'interrupted': {
      const phase = journal.read()?.phase.kind;
      const left =
        phase === 'confirming' ? 'the canary is promoted and not tested again yet' : `it is at "${phase}"`;
      return {
        words: `${prefix}interrupted: ${left}; rehearsal canary run ${name} goes on, rehearsal canary rollback ${name} gives it up`,
        exitCode: 130,
      };
    }
    case 'unconfirmed':
      return {
        words: `${prefix}promoted, and could not be tested again: ${result.reason} rehearsal canary run ${name} tries again.`,
        exitCode: 3,
      };
    case 'ended':
      switch (result.outcome) {
        case 'promoted':
          return { words: `${prefix}promoted: ${result.reason}`, exitCode: 0 };
        case 'held':
          return { words: `${prefix}held: ${result.reason}`, exitCode: 0 };
        case 'rolled-back':
          return { words: `${prefix}rolled back: ${result.reason}`, exitCode: 1 };
        case 'undone':
          return { words: `${prefix}promoted and taken back: ${result.reason}`, exitCode: 1 };
        case 'inconclusive':
          return { words: `${prefix}inconclusive, and as it was before: ${result.reason}`, exitCode: 3 };
      }
  }
}

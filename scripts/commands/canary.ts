/** `rehearsal canary`: judges the canary of a stage, leads it through its steps, promotes it, rolls it back, says where it stands. */
import type { Command } from 'commander';
import { RehearsalError } from '../../contract/errors.ts';
import { readHolder } from '../../gateway/stages/canary/lock.ts';
import { readRelease } from '../../gateway/stages/canary/operations.ts';
import { defineCanaryOptions } from '../canary/canary-options.ts';
import { confirmPromotion } from '../canary/confirm-promotion.ts';
import { beginPromotion, beginRamp, beginRollback } from '../canary/first-journal.ts';
import { judgementOf, lookAtCanary } from '../canary/judge-canary.ts';
import { endOfRamp, type LeadOptions, leadCanary } from '../canary/lead-canary.ts';
import { type OpenCanary, openCanaries } from '../canary/open-canaries.ts';
import { printStatus, statusRecord } from '../canary/print-standing.ts';
import { rampWishes } from '../canary/ramp-wishes.ts';
import type { CommandContext, CommandModule, OptionValues } from '../command.ts';
import { suggestion, usage } from '../select-cases.ts';

export const canaryCommand: CommandModule = { define, run };

interface Asked {
  readonly options: OptionValues;
  readonly context: CommandContext;
  readonly signal: AbortSignal;
}

interface Action {
  readonly summary: string;
  /** With one canary of the stage; gives the exit code. */
  readonly act: (canary: OpenCanary, asked: Asked) => Promise<number>;
}

const ACTIONS: Readonly<Record<string, Action>> = {
  check: { act: check, summary: 'judge the canary as it is, and change nothing' },
  run: {
    act: runRamp,
    summary: 'give it more of the requests step by step, judge each step, promote it or roll it back',
  },
  promote: { act: promote, summary: 'make it production without judging it' },
  rollback: {
    act: rollBack,
    summary: 'take it away; where it is promoted already, go back to what was before',
  },
  status: {
    act: status,
    summary: 'say what the stage serves, who is at work on it, and how the last run ended',
  },
};

function define(command: Command): void {
  defineCanaryOptions(command);
  command.addHelpText(
    'after',
    `
Actions:
${Object.entries(ACTIONS)
  .map(([name, { summary }]) => `  ${name.padEnd(9)} ${summary}`)
  .join('\n')}

Examples:
  $ rehearsal deploy prod --canary 5
  $ rehearsal canary run prod --steps 5,25,50 --then promote
  $ rehearsal canary check prod --reporter html=canary.html
  $ rehearsal canary rollback prod

A run that was cut off is gone on with by the next. Exit codes: 0 promoted, held or good as it is, 1 rolled back, 2 wrong
usage, 3 inconclusive, and the stage is as it was; 130 interrupted.`,
  );
}

async function run(args: readonly string[], options: OptionValues, context: CommandContext): Promise<number> {
  const [word = '', stage = ''] = args;
  const action = Object.hasOwn(ACTIONS, word) ? ACTIONS[word] : undefined;
  if (action === undefined) {
    const names = Object.keys(ACTIONS);
    throw usage(
      `rehearsal canary takes ${names.join(', ')}, not ${JSON.stringify(word)}${suggestion(word, names)}`,
      'canary',
    );
  }
  const interruption = new AbortController();
  const interrupt = (): void => interruption.abort();
  process.once('SIGINT', interrupt);
  process.once('SIGTERM', interrupt);
  try {
    const canaries = await openCanaries(stage, options, context);
    return await actOnAll(canaries, action, { options, context, signal: interruption.signal });
  } finally {
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
  }
}

/** One after another. Documents without a canary are passed over where another has one. */
async function actOnAll(canaries: readonly OpenCanary[], action: Action, asked: Asked): Promise<number> {
  let worst = 0;
  let without: RehearsalError | undefined;
  let done = 0;
  for (const canary of canaries) {
    try {
      worst = Math.max(worst, await action.act(canary, asked));
      done += 1;
    } catch (error) {
      if (!(error instanceof RehearsalError) || error.code !== 'CANARY_NONE') throw error;
      without = error;
      if (canaries.length > 1) asked.context.stderr.write(`${canary.prefix}note: there is no canary.\n`);
    }
    if (worst !== 0 && done < canaries.length) {
      const left = canaries.slice(canaries.indexOf(canary) + 1).map(({ stage }) => stage.document);
      if (left.length > 0) asked.context.stderr.write(`note: not begun: ${left.join(', ')}.\n`);
      break;
    }
  }
  if (done === 0 && without !== undefined) throw without;
  return worst;
}

async function check(canary: OpenCanary, { options, context, signal }: Asked): Promise<number> {
  const release = await readRelease(canary.address);
  if (release.canary === undefined) throw new RehearsalError('CANARY_NONE', { stage: canary.stage.name });
  const { decision } = await lookAtCanary(canary, { release, looks: 1, signal }, options, context);
  if (signal.aborted) return 130;
  return { promote: 0, rollback: 1, inconclusive: 3 }[decision.kind];
}

async function runRamp(canary: OpenCanary, { options, context, signal }: Asked): Promise<number> {
  const { prefix, stage } = canary;
  const { canary: settings } = await context.config();
  const wishes = rampWishes(options, settings);
  let looks = 1;
  const result = await leadCanary(
    canary,
    {
      begin: release => {
        const { journal, resumed } = beginRamp(canary, release, wishes);
        looks = journal.steps.length;
        if (resumed !== undefined)
          context.stderr.write(
            `${prefix}note: a run of ${stage.name} was cut off: ${resumed}. It is gone on with.\n`,
          );
        if (release.canary?.useStageCache === true)
          context.stderr.write(
            `${prefix}warning: the canary uses the cache of the stage, so answers may be the other side's.\n`,
          );
        return journal;
      },
      judge: async ({ release }) =>
        judgementOf(await lookAtCanary(canary, { release, looks, signal }, options, context)),
      confirm: known => confirmPromotion(canary, known, signal, options, context),
      signal,
    },
    options,
    context,
  );
  return told(canary, result, context);
}

function told(canary: OpenCanary, result: Parameters<typeof endOfRamp>[1], context: CommandContext): number {
  const { words, exitCode } = endOfRamp(canary, result);
  context.stdout.write(`${words}\n`);
  return exitCode;
}

/** Nothing is looked at where a person has decided. */
const DECIDED: Pick<LeadOptions, 'judge' | 'confirm'> = {
  judge: () => Promise.resolve({ kind: 'good', reason: 'Somebody decided so.' }),
  confirm: () => Promise.resolve({ kind: 'good', reason: 'Somebody decided so.' }),
};

async function promote(canary: OpenCanary, { options, context, signal }: Asked): Promise<number> {
  const begin: LeadOptions['begin'] = release => beginPromotion(canary, release, 'Somebody decided so.');
  return told(canary, await leadCanary(canary, { ...DECIDED, begin, signal }, options, context), context);
}

async function rollBack(canary: OpenCanary, { options, context, signal }: Asked): Promise<number> {
  const begin: LeadOptions['begin'] = release => beginRollback(canary, release, 'Somebody decided so.');
  const result = await leadCanary(canary, { ...DECIDED, begin, signal }, options, context);
  const exitCode = told(canary, result, context);
  // It is what was asked for.
  return exitCode === 1 ? 0 : exitCode;
}

async function status(canary: OpenCanary, { options, context }: Asked): Promise<number> {
  const { stage, address, journal } = canary;
  const found = {
    stage,
    release: await readRelease(address),
    journal: journal.read(),
    holder: await readHolder(address),
  };
  context.stdout.write(options['json'] === true ? statusRecord(found) : printStatus(found));
  return 0;
}

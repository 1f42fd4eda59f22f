/** The smoke cases after a deployment: what the document gives as examples, sent once each. */
import { setTimeout as wait } from 'node:timers/promises';
import type { RunSummary } from '../../contract-tests/events.ts';
import { terminalReporter } from '../../contract-tests/reporters/terminal.ts';
import { run } from '../../contract-tests/run.ts';
import { type CommandContext, type NamedContract, takesColour } from '../command.ts';
import { prepareRun } from '../prepared-run.ts';

export interface Smoke {
  readonly summary: RunSummary;
  /** What the terminal's reporter says. */
  readonly findings: string;
}

/** A stage of AWS answers anew some seconds after it was moved. */
const PAUSES: Readonly<Record<string, readonly number[]>> = { aws: [2000, 4000, 8000] };

/**
 * @param provider - of the stage
 * @throws RehearsalError those of `prepareRun` and of the run
 */
export async function smokeStage(
  stage: string,
  provider: string,
  tested: NamedContract,
  context: CommandContext,
): Promise<Smoke> {
  const pauses = [...(PAUSES[provider] ?? [])];
  for (;;) {
    const smoke = await once(stage, tested, context);
    const pause = smoke.summary.verdict === 'kept' ? undefined : pauses.shift();
    if (pause === undefined) return smoke;
    await wait(pause);
  }
}

async function once(stage: string, tested: NamedContract, context: CommandContext): Promise<Smoke> {
  let findings = '';
  const prepared = await prepareRun(stage, [tested], { depth: 'examples', sequences: false }, context);
  try {
    const opened = await prepared.open(new AbortController().signal);
    const report = terminalReporter.create({
      write: text => {
        findings += text;
      },
      isTTY: false,
      colour: takesColour(context.stdout, context.env),
      columns: context.stdout.columns,
      mask: prepared.run.mask,
    });
    const summary = await run({ ...prepared.run, transport: opened.transport, listeners: [report] });
    return { summary, findings };
  } finally {
    prepared.close();
  }
}

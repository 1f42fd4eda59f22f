/** A run of the contract tests whose report is kept until somebody wants it. */
import type { RunSummary } from '../contract-tests/events.ts';
import { terminalReporter } from '../contract-tests/reporters/terminal.ts';
import { run } from '../contract-tests/run.ts';
import { type CommandContext, type NamedContract, type OptionValues, takesColour } from './command.ts';
import { prepareRun } from './prepared-run.ts';

export interface QuietRun {
  readonly summary: RunSummary;
  /** What the terminal's reporter says. */
  readonly findings: string;
  /** Where it was sent. */
  readonly url: string;
}

/**
 * @param stage - a URL, or a stage of the configuration
 * @param outer - whose terminal the report is for
 * @throws RehearsalError those of `prepareRun` and of the run
 */
export async function quietRun(
  stage: string,
  tested: NamedContract,
  options: OptionValues,
  context: CommandContext,
  outer: CommandContext = context,
): Promise<QuietRun> {
  let findings = '';
  const prepared = await prepareRun(stage, [tested], options, context);
  try {
    const opened = await prepared.open(new AbortController().signal);
    const report = terminalReporter.create({
      write: text => {
        findings += text;
      },
      isTTY: false,
      colour: takesColour(outer.stdout, outer.env),
      columns: outer.stdout.columns,
      mask: prepared.run.mask,
    });
    const summary = await run({ ...prepared.run, transport: opened.transport, listeners: [report] });
    return { summary, findings, url: prepared.run.baseUrl };
  } finally {
    prepared.close();
  }
}

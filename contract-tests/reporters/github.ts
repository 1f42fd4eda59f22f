/** A run for GitHub Actions: the summary of the step, and annotations at the places in the document. */
import { printable, receivedText } from '../exchange-text.ts';
import { type Group, oneOfEachFirst } from '../findings.ts';
import { markdownListener } from '../markdown-listener.ts';
import type { KeptExchange, MarkdownRun } from '../markdown-summary.ts';
import { failureRecord } from '../records.ts';
import { plural } from '../summary-text.ts';
import { workflowCommand } from '../workflow-commands.ts';
import type { ReporterContext, ReporterModule } from './reporter.ts';

export const githubReporter: ReporterModule = {
  name: 'github',
  summary: 'annotations for GitHub Actions, and the summary of the step',
  description:
    'The Markdown summary is added to the file named by `GITHUB_STEP_SUMMARY`, or to the file given. Annotations (`::error file=…,line=…::…`) go to the output that people read, the first ten errors and warnings each, as many as GitHub shows of one step. Outside of GitHub and without a file there are only annotations.',
  defaultFile: { environment: 'GITHUB_STEP_SUMMARY' },
  appends: true,
  create: context =>
    markdownListener(context, (text, run) => {
      context.write(text);
      annotate(run, context);
    }),
};

/** GitHub shows no more of each level in one step. */
const MOST_SHOWN = 10;

function annotate({ operations, mask }: MarkdownRun, { aside }: ReporterContext): void {
  if (aside === undefined) return;
  const groups = operations.flatMap(([, findings]) => oneOfEachFirst(findings));
  for (const level of ['error', 'warning'] as const) {
    const of = groups.filter(({ failure }) => failure.severity === level && failure.known?.expired !== false);
    for (const group of of.slice(0, MOST_SHOWN)) aside(annotation(group, level, mask));
  }
}

function annotation(
  { failure, first, flaky, count, kept }: Group<KeptExchange>,
  level: 'error' | 'warning',
  mask: ReporterContext['mask'],
): string {
  const record = failureRecord(failure, mask);
  const { check, documented, place } = record;
  const lines = [
    `${first.operation.key}: ${first.name}${count > 1 ? ` and ${plural(count - 1, 'other case')}` : ''}`,
    `Received ${receivedText(record)}`,
    `Documented ${documented}`,
    kept.sent.curl,
  ];
  return workflowCommand({
    level,
    file: place.document,
    line: place.line,
    column: place.column,
    title: flaky ? `${check} (flaky)` : check,
    message: lines.map(printable).join('\n'),
  });
}

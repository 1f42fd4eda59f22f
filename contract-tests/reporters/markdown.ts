/** A run as Markdown, for a comment on a pull request or a page of a wiki. */
import { markdownListener } from '../markdown-listener.ts';
import type { ReporterModule } from './reporter.ts';

export const markdownReporter: ReporterModule = {
  name: 'markdown',
  summary: 'a summary with a table of failures for each operation, and what was seen',
  description:
    'The verdict and the counts, for each operation a table of its distinct failures with the first one whole, and coverage with what was never seen. It is cut where a step summary of GitHub would be.',
  create: context => markdownListener(context, text => context.write(text)),
};

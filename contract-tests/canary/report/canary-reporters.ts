/** All ways in which a check of a canary can be told. A new one is a file and a line here. */
import { canaryHtml } from './canary-html.ts';
import { canaryJson } from './canary-json.ts';
import { canaryGithub, canaryMarkdown } from './canary-markdown.ts';
import type { CanaryReporterModule } from './canary-reporter.ts';
import { canaryTerminal } from './canary-terminal.ts';

export const CANARY_REPORTERS: readonly CanaryReporterModule[] = [
  canaryTerminal,
  canaryJson,
  canaryHtml,
  canaryMarkdown,
  canaryGithub,
];

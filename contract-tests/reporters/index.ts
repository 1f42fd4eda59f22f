/** Every reporter. A new one is a file beside this and a line here. */
import { githubReporter } from './github.ts';
import { harReporter } from './har.ts';
import { htmlReporter } from './html.ts';
import { jsonReporter } from './json.ts';
import { junitReporter } from './junit.ts';
import { markdownReporter } from './markdown.ts';
import { ndjsonReporter } from './ndjson.ts';
import type { ReporterModule } from './reporter.ts';
import { sarifReporter } from './sarif.ts';
import { terminalReporter } from './terminal.ts';

export const REPORTERS: readonly ReporterModule[] = [
  terminalReporter,
  junitReporter,
  jsonReporter,
  ndjsonReporter,
  htmlReporter,
  markdownReporter,
  githubReporter,
  sarifReporter,
  harReporter,
];

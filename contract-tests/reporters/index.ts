/** Every reporter. A new one is a file beside this and a line here. */
import { htmlReporter } from './html.ts';
import { jsonReporter } from './json.ts';
import { junitReporter } from './junit.ts';
import { ndjsonReporter } from './ndjson.ts';
import type { ReporterModule } from './reporter.ts';
import { terminalReporter } from './terminal.ts';

export const REPORTERS: readonly ReporterModule[] = [
  terminalReporter,
  junitReporter,
  jsonReporter,
  ndjsonReporter,
  htmlReporter,
];

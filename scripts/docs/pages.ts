/** The reference pages that are written from the code, so that they cannot say anything else. Pure: text out, no disk. */
import { Command, type Option } from 'commander';
import { ERRORS } from '../../contract/errors.ts';
import { isObject, type Json, own } from '../../contract/json/value.ts';
import { CANARY_SCHEMA } from '../../contract-tests/canary/report/canary-schema.ts';
import { REPORT_SCHEMA } from '../../contract-tests/report-schema.ts';
import { COMMANDS } from '../cli.ts';
import { CONFIG_SCHEMA } from '../config/config-schema.ts';
import { baselinePage } from './baseline-page.ts';
import { checksPage } from './checks-page.ts';
import { diffPage } from './diff-page.ts';
import { gatewayPage } from './gateway-page.ts';
import { httpApisPage } from './http-apis-page.ts';
import { problemsPage } from './problems-page.ts';
import { reportersPage } from './reporters-page.ts';
import { sequencesPage } from './sequences-page.ts';

export interface Page {
  /** Relative to the repository. */
  readonly path: string;
  readonly text: string;
}

/** Every generated page of `docs/reference/`. */
export async function referencePages(): Promise<readonly Page[]> {
  return [
    { path: 'docs/reference/apigateway.md', text: MADE('gateway/lint/') + gatewayPage() },
    { path: 'docs/reference/http-apis.md', text: MADE('gateway/http-api/') + httpApisPage() },
    { path: 'docs/reference/baseline.md', text: MADE('scripts/baseline-file.ts') + baselinePage() },
    { path: 'docs/reference/checks.md', text: MADE('contract/checks/') + checksPage() },
    { path: 'docs/reference/cli.md', text: await cliPage() },
    { path: 'docs/reference/configuration.md', text: configurationPage() },
    { path: 'docs/reference/diff.md', text: MADE('contract/diff/') + diffPage() },
    { path: 'docs/reference/errors.md', text: errorsPage() },
    { path: 'docs/reference/problems.md', text: `${MADE('contract/lint/')}${problemsPage()}` },
    { path: 'docs/reference/reporters.md', text: MADE('contract-tests/reporters/') + reportersPage() },
    { path: 'docs/reference/canary-report.schema.json', text: `${JSON.stringify(CANARY_SCHEMA, null, 2)}\n` },
    { path: 'docs/reference/report.schema.json', text: `${JSON.stringify(REPORT_SCHEMA, null, 2)}\n` },
    {
      path: 'docs/reference/sequences.md',
      text: MADE('contract/sequences/kinds/') + sequencesPage(),
    },
    {
      path: 'docs/reference/rehearsal.config.schema.json',
      text: `${JSON.stringify(CONFIG_SCHEMA, null, 2)}\n`,
    },
  ];
}

const MADE = (from: string): string => `<!-- Made by "npm run generate" from ${from}. Do not edit. -->\n\n`;

function errorsPage(): string {
  const rows = Object.entries(ERRORS).map(
    ([code, row]) => `| \`${code}\` | ${oneLine(row.message)} | ${row.fix} | ${row.exitCode} |`,
  );
  return `${MADE('contract/errors.ts')}# Coded errors

Misuse and environment. Each is one message on standard error that ends in how to mend it, and an exit code; there is
no stack trace. What is wrong with a document is a [problem](problems.md), what is wrong with an answer is a failure of
a [check](checks.md).

| code | message | how to mend it | exit code |
| --- | --- | --- | --- |
${rows.join('\n')}
`;
}

async function cliPage(): Promise<string> {
  const parts: string[] = [];
  for (const entry of COMMANDS) {
    const command = new Command('rehearsal').command(entry.usage).description(entry.summary);
    (await entry.load()).define(command);
    const rows = command.options.filter(({ hidden }) => !hidden).map(optionRow);
    const given = command.usage().replace('[options] ', '');
    parts.push(
      `## rehearsal ${command.name()}\n\n\`rehearsal ${command.name()} ${given}\`: ${entry.summary}.\n\n` +
        (rows.length === 0 ? '' : `| option | meaning |\n| --- | --- |\n${rows.join('\n')}\n`),
    );
  }
  return `${MADE('scripts/commands/')}# Command line

Documents are files, folders (the documents directly in them), globs or \`-\` for standard input. Without any, the
configuration names them, else the folder \`specs/\` is taken. Every option can be given as an environment variable:
\`--max-problems 5\` is \`REHEARSAL_MAX_PROBLEMS=5\`. Flags stand over the environment, that over the
[configuration](configuration.md), that over the defaults. A switch that the configuration has thrown is thrown back by
\`--no-\` before its name, or by \`=0\` in the environment. Every command also takes \`--config FILE\` and \`--help\`.

| exit code | meaning |
| --- | --- |
| 0 | kept |
| 1 | contract broken, lint errors, or breaking changes |
| 2 | usage, configuration, Node.js too old, unreadable document, busy port |
| 3 | could not judge: the stage does not answer, or nothing could be checked |
| 130 | interrupted |
| 141 | whoever read the output went away (\`head\`, a closed pager) |

${parts.join('\n')}`;
}

function optionRow(option: Option): string {
  return `| \`${option.flags.replaceAll('|', '\\|')}\` | ${oneLine(option.description)} |`;
}

function configurationPage(): string {
  const rows: string[] = [];
  collectKeys(CONFIG_SCHEMA, '', rows);
  return `${MADE('scripts/config/config-schema.ts')}# Configuration

\`rehearsal.config.ts\` (or .mts, .js, .mjs, .yaml, .yml, .json) in the folder the command runs in, or the file named by
\`--config\`. Paths in it are relative to it. Unknown keys are refused with the nearest known one.

\`\`\`ts
import { defineConfig } from 'rehearsal/config';

export default defineConfig({
  specs: { petstore: 'specs/petstore.yaml' },
  stages: { mine: { provider: 'url', url: 'http://localhost:3000/v1' } },
  credentials: { bearerAuth: { env: 'API_TOKEN' } },
});
\`\`\`

For YAML and JSON there is a [JSON Schema](rehearsal.config.schema.json).

## Hooks

A configuration that is a module may hold functions that are called round each run of \`rehearsal test\`,
\`rehearsal start\` and \`rehearsal replay\`, and round the tests of [vitest](vitest.md#hooks), which tells what each is given and may give back:

\`\`\`ts
import { withHeader } from 'rehearsal';
import { defineConfig } from 'rehearsal/config';

export default defineConfig({
  hooks: {
    beforeRun: async ({ baseUrl }) => {
      const answer = await fetch(\`\${baseUrl}/login\`, { method: 'POST' });
      return { credentials: { bearerAuth: await answer.text() } };
    },
    beforeCase: request => withHeader(request, 'X-Tenant', 'rehearsal'),
    afterRun: ({ verdict }) => console.error(verdict),
  },
});
\`\`\`

What \`beforeRun\` gives, and headers that \`beforeCase\` adds, are masked in every report. A hook that throws ends the run
with 3 and its name, \`HOOK_FAILED\`.

## Keys

| key | value | meaning |
| --- | --- | --- |
${rows.join('\n')}
`;
}

function collectKeys(schema: Json, path: string, rows: string[]): void {
  const properties = own(schema, 'properties');
  for (const [key, value] of isObject(properties) ? Object.entries(properties) : []) {
    if (key === '$schema') continue;
    row(value as Json, path === '' ? key : `${path}.${key}`, rows);
  }
  const rest = own(schema, 'additionalProperties');
  if (isObject(rest)) row(rest, `${path}.<name>`, rows);
}

function row(schema: Json, path: string, rows: string[]): void {
  const values = own(schema, 'enum');
  const type = Array.isArray(values)
    ? values.map(value => `\`${String(value)}\``).join(', ')
    : [own(schema, 'type') ?? ''].flat().join(' or ');
  const range = [own(schema, 'minimum'), own(schema, 'maximum')]
    .filter(bound => bound !== undefined)
    .join(' to ');
  rows.push(
    `| \`${path}\` | ${type}${range === '' ? '' : ` ${range}`} | ${String(own(schema, 'description') ?? '')} |`,
  );
  collectKeys(schema, path, rows);
}

function oneLine(text: string): string {
  return text.replaceAll('\n', ' ').replaceAll('|', '\\|');
}

/** The page of `diff`, written from its rules: what each means, how it weighs, and a pair that shows it. */
import { DIFF_RULES } from '../../contract/diff/diff-rules.ts';
import type { DiffRule } from '../../contract/diff/rule.ts';
import { SCHEMA_CHANGES, SCHEMA_RULES } from '../../contract/diff/rules/schema-rules.ts';

/** The text of `docs/reference/diff.md`, after its first line. */
export function diffPage(): string {
  const others = DIFF_RULES.filter(rule => !SCHEMA_RULES.includes(rule));
  const rows = others.map(
    rule => `| ${link(rule)} | ${rule.severity} | ${cell(rule.title)} | ${cell(rule.why)} |`,
  );
  const schemaRows = SCHEMA_CHANGES.map(
    ({ what, title, request, response }) =>
      `| [\`${what}\`](#${what}) | ${cell(sentence(title))} | ${request} | ${response} |`,
  );
  const samples = others.filter(({ before }) => before !== '').map(sampleOf);
  const schemaSamples = SCHEMA_CHANGES.map(
    ({ what, title, before, after, why }) =>
      `### ${what}\n\n${sentence(title)}\n\n\`\`\`yaml\n# before\n${before}\n# after\n${after}\n\`\`\`\n\n- \`request-${what}\`: ${why.request}\n- \`response-${what}\`: ${why.response}\n`,
  );
  return `# Changes between documents

\`rehearsal diff BEFORE AFTER\` tells what differs between two documents of an API, as its clients see it. Versions 2.0, 3.0,
3.1 and 3.2 compare with each other: an API and its upgrade do not differ, nor do a model and its parts behind \`$ref\` and
\`allOf\`. Texts, examples and the order of things are no changes.

\`\`\`console
$ rehearsal diff released.yaml next.yaml
next.yaml:8:11 breaking parameter-became-required
  GET /pets: Query parameter "limit": the parameter is required now.
  before: released.yaml:8:11
  why: Clients that do not send it are refused.

1 breaking change from released.yaml to next.yaml
\`\`\`

| severity | meaning | exit code |
| --- | --- | --- |
| breaking | clients that keep to the first document fail with the second | 1 |
| risky | some may | 0, or 1 with \`--fail-on risky\` |
| safe | none do | 0, or 1 with \`--fail-on safe\` |

With \`--fail-on none\` the exit code is 0 whatever changed.

A change is told once, at the first operation where a client meets it, with the number of further ones. \`--format json\`
prints one object: \`before\` and \`after\` (the names), \`drift\`, \`changes\` (each with \`rule\`, \`severity\`, \`message\`, \`why\`,
\`operation\`, \`operations\`, and \`before\` and \`after\` with \`file\`, \`line\`, \`column\` and \`pointer\`) and \`counts\` by severity.
\`--format markdown\` is for comments on pull requests, \`--format github\` prints annotations for GitHub Actions.

## How schemas are compared

What a client sends may become wider, what it gets may become narrower: the same change weighs differently in requests and
responses, and each is a rule of its own, \`request-\` or \`response-\` before the name. Webhooks and callbacks are sent by the
API, so there it is the other way round.

A new property is safe where the first document says nothing about it, though a client may have sent one of that name. A
documented value that is refused afterwards is always breaking or risky. Below \`not\` and \`if\`, where less is more, every
change is risky. Alternatives of \`anyOf\` and \`oneOf\` are known again by what they allow, then by name.

## Drift

\`rehearsal diff SOURCE EXPORT\` with an export of a stage of API Gateway (GetExport, Swagger or OpenAPI 3, with extensions or
without) tells where the stage is not what its source says. An export is known by its server, an address of execute-api;
\`--drift\` and \`--no-drift\` say so themselves.

An export says less than its source by nature, and none of that is drift:

- descriptions, summaries, tags, examples, links, callbacks, servers, versions
- what the values of parameters and headers may be; parameters in cookies, and those whose name no mapping can hold; names
  of path variables, and slashes at the end of a path
- responses \`default\` and \`4XX\`, which became statuses of their own; headers of CORS and those that say who answered
- bodies that are not JSON, whether a body is required, and bodies of responses that have no model
- words that models do not keep (\`default\`, \`readOnly\`, \`format\`, \`discriminator\`, \`nullable\` and the words of JSON Schema
  2020-12), and whatever else lowering a schema to a model loses
- a stage of mock integrations alone, where the source has back ends
- OPTIONS with a mock integration for preflights; credentials that no authorizer and no API key stands for

What remains is told under the rules below: operations, integrations where both write them, operationIds, parameters and which are required, models, statuses,
headers, and whether credentials are asked for.

\`\`\`console
$ rehearsal diff source.yaml export.json
export.json:1:273 breaking parameter-became-required
  GET /pets: Query parameter "limit": only the stage requires the parameter.
  before: source.yaml:8:11
  why: Clients that do not send it are refused.

drift, 1 breaking change from source.yaml to export.json
\`\`\`

## Rules

| rule | severity | what | why |
| --- | --- | --- | --- |
${rows.join('\n')}

## Rules about schemas

| rule | what | in a request | in a response |
| --- | --- | --- | --- |
${schemaRows.join('\n')}

## Samples

Without a version of its own, a sample continues a document that begins with \`openapi: 3.1.1\` and an \`info\`. Each pair is
run as the test of its rule.

${samples.join('\n')}
## Samples of schemas

${schemaSamples.join('\n')}`;
}

function sampleOf({ name, title, before, after }: DiffRule): string {
  return `### ${name}\n\n${title}\n\nBefore:\n\n\`\`\`yaml\n${before}\`\`\`\n\nAfter:\n\n\`\`\`yaml\n${after}\`\`\`\n`;
}

function link({ name, before }: DiffRule): string {
  return before === '' ? `\`${name}\`` : `[\`${name}\`](#${name})`;
}

function sentence(title: string): string {
  return `${title.charAt(0).toUpperCase()}${title.slice(1)}`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}

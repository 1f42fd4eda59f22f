/** The page of rules for API Gateway, written from them: what each means, how to mend it, and a document that has it. */
import type { GatewayRule } from '../../gateway/lint/gateway-rule.ts';
import { GATEWAY_RULES } from '../../gateway/lint/gateway-rules.ts';

/** The text of `docs/reference/apigateway.md`, after its first line. */
export function gatewayPage(): string {
  return `# Documents for API Gateway

\`rehearsal generate gateway\` makes of a document the one that API Gateway imports as a REST API, and
\`rehearsal lint --for apigateway\` says what the service would refuse of it or lose. \`--losses\` lists the losses where
the document is made, and \`--strict\` refuses to write one that validates less.

| option of \`generate gateway\` | what comes out |
| --- | --- |
| \`--format openapi\`, \`--format swagger\` | OpenAPI 3.0.1, or Swagger 2.0: the same answers, but no \`oneOf\`, \`anyOf\` and \`not\` in models, which is told as \`apigateway-swagger\` |
| \`--yaml\` | YAML that readers of 1.1 and 1.2 take for the same |
| \`--integration http_proxy\`, \`--integration aws_proxy\` | a back end in the place of mocks: \`https://\${stageVariables.backend}\` and the path, or the function \`\${stageVariables.function}\`; \`--backend\` names another. Answers of proxies carry no headers that say which release answered: the access log of the stage has to, with \`$context.deploymentId\` and \`$context.isCanaryRequest\` |
| \`--mock\` | mock integrations also where the document has others; nothing asks for credentials |
| \`--split tag\` | several documents, one for each first tag of an operation |
| \`--any-size\` | also more than 300 resources, 6 MB or 300 KB a template, which are refused otherwise, with the plan of a split |
| \`--no-attribution\` | no \`x-rehearsal-canary\` and \`x-rehearsal-deployment\`, which say which release answered |
| \`--no-cors\` | no preflights, and no \`Access-Control-Allow-Origin\` |

## What is lost

${table(GATEWAY_RULES.filter(({ check }) => check === undefined))}
## What is refused

Quotas that can be raised count as they are by default.

${table(GATEWAY_RULES.filter(({ check }) => check !== undefined))}
## Samples

Without a version of its own, a sample continues a document that begins with \`openapi: 3.1.1\` and an \`info\`. What is
long is cut with \`…\`. Both samples of each rule are run as its test.

${GATEWAY_RULES.map(sample).join('\n')}`;
}

function table(rules: readonly GatewayRule[]): string {
  const rows = rules.map(
    ({ name, severity, title, fix }) => `| [\`${name}\`](#${name}) | ${severity} | ${title} | ${fix} |`,
  );
  return `| rule | severity | what | how to mend it |\n| --- | --- | --- | --- |\n${rows.join('\n')}\n`;
}

function sample({ name, title, see, failing, passing }: GatewayRule): string {
  return `### ${name}\n\n${title} [API Gateway's guide](${see}).\n\nBreaks it:\n\n\`\`\`yaml\n${cut(failing)}\`\`\`\n\nMended:\n\n\`\`\`yaml\n${cut(passing)}\`\`\`\n`;
}

const MAX_LINES = 12;
const MAX_LENGTH = 200;

/** Samples of quotas are long by nature. */
function cut(text: string): string {
  const lines = text.trimEnd().split('\n');
  const kept = lines.length > MAX_LINES ? [...lines.slice(0, MAX_LINES - 1), '# …'] : lines;
  return kept.map(line => `${line.length > MAX_LENGTH ? `${line.slice(0, 80)}…` : line}\n`).join('');
}

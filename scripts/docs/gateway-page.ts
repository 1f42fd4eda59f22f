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
| \`--format cloudformation\`, \`--format sam\` | a [template](templates.md) with the API, a deployment and a stage |
| \`--kind http\` | an [HTTP API](http-apis.md), which only passes requests on |
| \`--yaml\` | YAML that readers of 1.1 and 1.2 take for the same |
| \`--stage NAME\` | the document for a stage of the configuration, in a folder of its name: [by stage](#by-stage) |
| \`--integration TYPE\` | a back end in the place of mocks: \`https://\${stageVariables.backend}\` and the path, or the function \`\${stageVariables.function}\`; \`--backend\` names another. [Which types](#integrations) there are |
| \`--mock\` | mock integrations also where the document has others; nothing asks for credentials |
| \`--echo\` | mocks repeat path, query and header values at the top of JSON answers, as \`rehearsal mock --echo\` does. Where the schema of a property is a choice, or has a format or pattern that templates cannot ask for, it stays as it is, which is told as \`apigateway-answer\`; of a parameter that comes several times the last value counts there, and numbers are taken as JSON writes them |
| \`--split tag\` | several documents, one for each first tag of an operation |
| \`--any-size\` | also more than 300 resources, 6 MB or 300 KB a template, which are refused otherwise, with the plan of a split |
| \`--no-attribution\` | no \`x-rehearsal-canary\` and \`x-rehearsal-deployment\`, which say which release answered |
| \`--no-cors\` | no preflights, and no \`Access-Control-Allow-Origin\` |

## By stage

One document serves every stage: mocks where nothing else is there yet, the real thing elsewhere.

\`\`\`ts
import { defineConfig } from 'rehearsal/config';

export default defineConfig({
  stages: {
    dev: { provider: 'local' },
    live: {
      provider: 'aws',
      integration: 'aws_proxy',
      integrations: {
        tags: { search: { type: 'http_proxy', backend: 'https://\${stageVariables.search}/v2' } },
        operations: { 'GET /reports/{id}': 'mock' },
      },
      authorizers: {
        bearerAuth: { type: 'token', function: 'tokens', ttl: 60 },
        signedIn: { type: 'cognito_user_pools', userPools: ['arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_abc'] },
        internal: 'iam',
        apiKey: 'api_key',
      },
    },
  },
});
\`\`\`

- \`integration\` is for all operations, \`integrations\` for those of a tag and for single ones, by \`GET /pets/{id}\` or
  operationId. A type is enough; an object says the rest in the words of \`x-amazon-apigateway-integration\`, over what
  would be made.
- \`x-amazon-apigateway-integration\` in the document stays, unless the stage or the tag says \`mock\`, or the
  operation has an integration of its own in the configuration. Of a local stage \`mock\` is the default.
- \`authorizers\` stands over what the document says of its security schemes. \`back_end\` is for what the gateway
  shall not ask for. Where all are mocks and there are no authorizers, nobody is asked.
- A tag, operation or security scheme that no document has is refused.

## Integrations

| type | what is made |
| --- | --- |
| \`mock\` | the answers of \`rehearsal mock\` |
| \`http_proxy\` | the request goes to the address and the path as it came, and its answer comes back as it is |
| \`http\` | declared parameters are passed on, and declared headers back; a status that the document does not have ends in 500 |
| \`aws_proxy\` | a Lambda function is given the request, and gives the answer |
| \`aws\` | a Lambda function is given \`{operation, path, query, headers, body}\` (values of the path as they came, encoded) and gives the body; it refuses by an error whose message is the body, with \`status\`, \`statusCode\` or \`httpStatus\` in it. With \`uri\` another service of AWS, for which \`requestTemplates\` and \`credentials\` are needed |

Answers of proxies carry no headers that say which release answered: the access log of the stage has to, with
\`$context.deploymentId\` and \`$context.isCanaryRequest\`. Those of the other types do.

## The document's own words

Extensions of API Gateway in the document count: \`-request-validators\` and \`-request-validator\`,
\`-gateway-responses\` (with the headers that say which release answered on each), \`-binary-media-types\`,
\`-minimum-compression-size\`, \`-policy\`, \`-api-key-source\`, \`-endpoint-configuration\`, \`-documentation\`,
\`-security-policy\` and \`-endpoint-access-mode\` of \`x-amazon-apigateway…\`, beside those of operations and security
schemes. What is made beside them takes other names.

Functions of CloudFormation among them (\`Fn::Sub\` and its like) are filled in as far as an import can:
\`\${AWS::Region}\` and its like, and stage variables. An integration or authorizer that needs more is left for
[templates](templates.md): in a document of its own a mock or the back end of the stage stands in its place, which is told
as \`apigateway-template-only\`.

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

export function table(rules: readonly GatewayRule[]): string {
  const rows = rules.map(
    ({ name, severity, title, fix }) => `| [\`${name}\`](#${name}) | ${severity} | ${title} | ${fix} |`,
  );
  return `| rule | severity | what | how to mend it |\n| --- | --- | --- | --- |\n${rows.join('\n')}\n`;
}

export function sample({ name, title, see, failing, passing }: GatewayRule): string {
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

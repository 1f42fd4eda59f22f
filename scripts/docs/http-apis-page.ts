/** The page on HTTP APIs: what `generate gateway --kind http` carries, and the rules of what it loses, written from them. */
import { HTTP_RULES } from '../../gateway/http-api/http-rules.ts';
import { sample, table } from './gateway-page.ts';

/** The text of `docs/reference/http-apis.md`, after its first line. */
export function httpApisPage(): string {
  return `# HTTP APIs

\`rehearsal generate gateway --kind http\` makes of a document the one that API Gateway imports as an HTTP API, in
\`gateway/generated/petstore.http.openapi.json\`; with \`--format cloudformation\` or \`sam\` a [template](templates.md) with it.
HTTP APIs cost less than REST APIs and do less: they pass requests on and hand answers back.

\`\`\`sh
rehearsal generate gateway specs/petstore.yaml --kind http --integration http_proxy
rehearsal lint specs/petstore.yaml --for apigateway-http
\`\`\`

| of the document | in the HTTP API |
| --- | --- |
| operations | routes, with paths as a REST API has them |
| \`x-amazon-apigateway-integration\` of the types \`http_proxy\` and \`aws_proxy\` | the same, with what it maps of requests in words of HTTP APIs: \`integration.request.header.X\` is \`overwrite:header.X\`, \`method.request.path.id\` is \`$request.path.id\` |
| \`--integration http_proxy\`, \`aws_proxy\`, or the stage's | the back end of operations without one. Functions are told of requests in payload format 2.0, and those of integrations in the document, which serve REST APIs, in 1.0 unless it says otherwise |
| mocks, \`http\`, \`aws\` | none: HTTP APIs have no such integrations. Without \`--integration\` the document is refused, with the operations that would have no answer; with it they go to the back end |
| preflights that are mocks | left to the service, which answers them from \`x-amazon-apigateway-cors\` |
| \`x-amazon-apigateway-cors\` | the same; without it pages of any origin may read the answers, unless \`--no-cors\` says otherwise |
| security schemes with \`x-amazon-apigateway-authorizer\` of the type \`jwt\`, or \`authorizers\` of the stage: \`{ type: 'jwt', issuer: 'https://…', audience: ['pets'] }\` | a JWT authorizer, with the scopes that each operation asks for |
| those of the type \`request\` | a Lambda authorizer, asked in format 1.0 as a REST API asks it |
| IAM | the same |
| keys, user pools, authorizers of the type \`token\` | nothing: \`apigateway-http-security\` |
| parameters, bodies, models | nothing is checked: \`apigateway-http-validation\` |

There is no canary, and no header that says which release answered. \`--losses\` lists what is lost, \`--strict\` refuses
to write a document that validates less.

## Rules

${table(HTTP_RULES)}
Operations and paths have the rules of [REST APIs](apigateway.md).

## Samples

${HTTP_RULES.map(sample).join('\n')}`;
}

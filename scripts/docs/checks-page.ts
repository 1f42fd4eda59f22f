/** The page of checks, written from the list: what each asks, with the exchanges that its test runs. */
import type { Check, EarlierSample, Sample } from '../../contract/checks/check.ts';
import { CHECKS } from '../../contract/checks/index.ts';

/** The text of `docs/reference/checks.md`, without the line that says who made it. */
export function checksPage(): string {
  const rows = CHECKS.map(
    ({ name, title, severity, optional }) =>
      `| [\`${name}\`](#${name}) | ${title} | ${severity}${optional === true ? ', on request' : ''} |`,
  );
  return `# Checks

\`rehearsal test\` holds every answer against these. A check that does not concern an answer says nothing about it. An
\`error\` breaks the contract, a \`warning\` is told only. What is marked "on request" is asked only by its name.

\`--check NAME\` asks only the ones named; \`--severity NAME=warning\` (\`error\`, \`off\`) changes how much one weighs, and so
does \`test.checks\` of the [configuration](configuration.md).

A stage may say of what kind it is: \`--stage-kind apigateway\`, or \`kind\` in the configuration. API Gateway answers
unknown methods with 403, refuses only what an authorizer, an API key or a request validator of its document stops, and
gives its own refusals one form for all operations. A wrong request that nothing there could refuse is counted as not
judged; a refusal of the gateway's own is a refusal, and is not held against the responses of the operation. Where
\`x-amazon-apigateway-integration\` names a backend, that is asked everything.

| check | what holds | severity |
| --- | --- | --- |
${rows.join('\n')}

${CHECKS.map(section).join('\n')}`;
}

function section({ name, title, appliesTo, description, specification, samples }: Check): string {
  return `## ${name}

${title}. Looks at ${appliesTo}.

${description} See the [specification](${specification}).

Passes:

${shown(samples.passing)}
Fails:

${shown(samples.failing)}`;
}

/** What is documented, and the exchange under it as it looks on the wire. */
function shown({
  operation,
  method,
  request = 'GET /pets',
  expectation = 'accepted',
  breaks,
  requestHeaders = {},
  requestBody,
  status,
  headers = {},
  body,
  framing,
  dropped,
  ms,
  options,
  earlier = [],
}: Sample): string {
  const asked = [
    ASKED[expectation],
    ...(breaks === undefined ? [] : [`wrong ${breaks}`]),
    ...(options?.maxResponseMs === undefined ? [] : [`--max-response-time ${options.maxResponseMs}`]),
  ].filter(word => word !== '');
  const lines = [
    ...earlier.flatMap(before),
    `> ${request}${asked.length === 0 ? '' : `    (${asked.join(', ')})`}`,
    ...headerLines('>', requestHeaders),
    ...bodyLines('>', requestBody),
    dropped === undefined ? `< ${status}${ms === undefined ? '' : `    (after ${ms} ms)`}` : `  (${dropped})`,
    ...headerLines('<', headers),
    ...bodyLines('<', body),
    ...(framing === undefined ? [] : [`  (${framing.received})`]),
  ];
  const written =
    method === undefined ? operation : `${method.toLowerCase()}:\n${operation.replace(/^/gm, '  ')}`;
  return `\`\`\`yaml\n${written}\n\`\`\`\n\n\`\`\`http\n${lines.join('\n')}\n\`\`\`\n`;
}

function headerLines(mark: string, headers: NonNullable<Sample['headers']>): readonly string[] {
  return Object.entries(headers).flatMap(([name, values]) =>
    [values].flat().map(value => `${mark} ${name}: ${value}`),
  );
}

function bodyLines(mark: string, body: string | undefined): readonly string[] {
  return body === undefined ? [] : [mark, ...body.split('\n').map(line => `${mark} ${visible(line)}`)];
}

/** A byte order mark would not be seen on the page. */
function visible(text: string): string {
  return text.replaceAll('\ufeff', '<BOM>');
}

/** What was asked before in the same sequence, as short as can be. */
function before({
  request = 'GET /pets',
  expectation = 'accepted',
  requestBody,
  status,
  headers = {},
  body,
}: EarlierSample): readonly string[] {
  const asked = ASKED[expectation];
  const { Location } = headers;
  return [
    `> ${request}${requestBody === undefined ? '' : ` ${requestBody}`}${asked === '' ? '' : `    (${asked})`}`,
    `< ${status}${Location === undefined ? '' : ` Location: ${Location}`}${body === undefined ? '' : ` ${body}`}`,
    '',
  ];
}

const ASKED: Readonly<Record<NonNullable<Sample['expectation']>, string>> = {
  accepted: '',
  any: '',
  refused: 'invalid',
  unauthenticated: 'without credentials',
};

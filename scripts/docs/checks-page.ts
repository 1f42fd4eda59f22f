/** The page of checks, written from the list: what each asks, with the exchanges that its test runs. */
import type { Check, Sample } from '../../contract/checks/check.ts';
import { CHECKS } from '../../contract/checks/index.ts';

/** The text of `docs/reference/checks.md`, without the line that says who made it. */
export function checksPage(): string {
  const rows = CHECKS.map(
    ({ name, title, severity }) => `| [\`${name}\`](#${name}) | ${title} | ${severity} |`,
  );
  return `# Checks

\`rehearsal test\` holds every answer against these. A check that does not concern an answer says nothing about it. An
\`error\` breaks the contract, a \`warning\` is told only. \`--check NAME\` asks only the ones named.

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
  request = 'GET /pets',
  expectation = 'accepted',
  status,
  headers = {},
  body,
  framing,
}: Sample): string {
  const asked = ASKED[expectation];
  const lines = [
    `> ${request}${asked === '' ? '' : `    (${asked})`}`,
    `< ${status}`,
    ...Object.entries(headers).map(([name, value]) => `< ${name}: ${value}`),
    ...(body === undefined ? [] : [`< `, `< ${body}`]).map(line => line.trimEnd()),
    ...(framing === undefined ? [] : [`  (${framing.received})`]),
  ];
  return `\`\`\`yaml\n${operation}\n\`\`\`\n\n\`\`\`http\n${lines.join('\n')}\n\`\`\`\n`;
}

const ASKED: Readonly<Record<NonNullable<Sample['expectation']>, string>> = {
  accepted: '',
  any: '',
  refused: 'invalid',
  unauthenticated: 'without credentials',
};

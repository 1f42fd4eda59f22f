/** The page of reporters, written from the list: what each writes, and what holds for all of them. */
import { REPORTERS } from '../../contract-tests/reporters/index.ts';

/** The text of `docs/reference/reporters.md`, without the line that says who made it. */
export function reportersPage(): string {
  const rows = REPORTERS.map(({ name, summary, defaultFile }) => {
    const place =
      defaultFile === undefined
        ? 'standard output'
        : typeof defaultFile === 'string'
          ? `\`${defaultFile}\``
          : `the file that \`${defaultFile.environment}\` names`;
    return `| [\`${name}\`](#${name}) | ${summary} | ${place} |`;
  });
  const sections = REPORTERS.map(({ name, description }) => `## ${name}\n\n${description}\n`);
  return `# Reporters

\`rehearsal test URL --reporter NAME=FILE\` tells a run in another way beside the terminal; give it again for more. The
file \`-\` is standard output, which only one report can have; people then read standard error. Without \`=FILE\` it goes
where the table says.

| reporter | what it writes | without a file |
| --- | --- | --- |
${rows.join('\n')}

A file that cannot be written is refused before the first request, with exit code 2. A report is written beside its
place and moved there when the run has ended, so that whoever reads it never sees half of one; an interrupted run leaves
the report of what was found so far, which says \`interrupted\`.

No report holds a secret. What was given as header, credential or in the address is written as \`***\`, also where a server
sends it back as it is, percent-encoded, in JSON, in HTML or in Base64; so are cookies that a server sets, and the members
\`access_token\`, \`refresh_token\`, \`id_token\` and \`client_secret\` of its answers. The placeholders that stand in for
credentials nobody gave are no secrets and are shown.

\`json\` and \`ndjson\` are described by a [JSON Schema](report.schema.json). New members may come at any time; those that are
there keep their meaning as long as \`format\` says the same.

${sections.join('\n')}`;
}

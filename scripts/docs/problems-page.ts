/** The page of problems, written from the rules: what each means, how to mend it, and a document that has it. */
import { PROBLEM_RULES, type ProblemRule } from '../../contract/lint/problem-rules.ts';

const SECTIONS: readonly (readonly [ProblemRule['found'], string, string])[] = [
  [
    'text',
    'The document as a text',
    'These are told before anything else; nothing can be done with the document.',
  ],
  [
    'reading',
    'References and objects',
    'Met when a part of the document is read, by every command that needs it.',
  ],
  [
    'linting',
    'Rules',
    'Looked for by `rehearsal lint`. Each has a sample that breaks it and the same one mended; both are run as its test.',
  ],
  ['answering', 'Answers', 'Met when a mock answers, and by `rehearsal lint`, which plans every answer.'],
];

/** The text of `docs/reference/problems.md`, after its first line. */
export function problemsPage(): string {
  const sections = SECTIONS.map(([found, title, words]) => {
    const rules = PROBLEM_RULES.filter(rule => rule.found === found);
    const rows = rules.map(({ name, severity, optional, title: what, fix }) => {
      const link =
        found === 'linting' && name !== 'document-structure' ? `[\`${name}\`](#${name})` : `\`${name}\``;
      return `| ${link} | ${severity}${optional === true ? ', on request' : ''} | ${cell(what)} | ${cell(fix)} |`;
    });
    return `## ${title}\n\n${words}\n\n| rule | severity | what | how to mend it |\n| --- | --- | --- | --- |\n${rows.join('\n')}\n`;
  });
  const samples = PROBLEM_RULES.flatMap(({ name, title, see, failing, passing }) =>
    failing === undefined || passing === undefined
      ? []
      : [
          `### ${name}\n\n${title}${see === undefined ? '' : ` [Specification](${see}).`}\n\nBreaks it:\n\n\`\`\`yaml\n${failing}\`\`\`\n\nMended:\n\n\`\`\`yaml\n${passing}\`\`\`\n`,
        ],
  );
  return `# Problems

A problem is something wrong with a document. It has a place (file, line, column and JSON pointer), one sentence that
says what is wrong and one that says how to mend it. All problems of a document are told at once.

| severity | meaning | exit code of \`rehearsal lint\` |
| --- | --- | --- |
| fatal | the document cannot be read as a contract | 2 |
| error | it contradicts its specification or itself | 1 |
| warning | legal, but it will surprise somebody | 0, or 1 with \`--fail-on warning\` |
| note | worth knowing | 0 |

Rules that say "on request" are matters of taste: they run when \`--rule\` names them. \`--exclude\` takes rules away;
what is fatal is always told.

\`--format json\` prints one object: \`documents\` (the names), \`problems\` (each with \`rule\`, \`severity\`, \`message\`,
\`fix\`, \`file\`, \`line\`, \`column\`, \`pointer\`, and \`endColumn\` where the thing ends on its line) and \`counts\` by
severity. \`--format github\` prints annotations for GitHub Actions, \`--format sarif\` a SARIF 2.1.0 log.

${sections.join('\n')}
## Samples

Without a version of its own, a sample continues a document that begins with \`openapi: 3.1.1\` and an \`info\`.

${samples.join('\n')}`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}

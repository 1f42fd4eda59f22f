/** Examples kept elsewhere: said aloud, so that nobody believes they were checked. */
import { externalExamples } from '../example-uses.ts';
import type { LintRule } from '../rule.ts';

export const exampleExternal: LintRule = {
  name: 'example-external',
  severity: 'note',
  title:
    'Examples given by `externalValue` that cannot be read are not checked, and a mock cannot answer with them.',
  fix: "Put the file into the document's folder, or write the value into the document.",
  see: 'https://spec.openapis.org/oas/v3.1.1#example-object',
  failing: `paths:
  /pets:
    get:
      responses:
        '200':
          description: All pets
          content: { application/json: { examples: { all: { externalValue: ./pets.json } } } }
`,
  passing: `paths:
  /pets:
    get:
      responses:
        '200':
          description: All pets
          content: { application/json: { examples: { all: { value: [] } } } }
`,
  check: (survey, report) => {
    const examples = externalExamples(survey);
    const [first] = examples;
    if (first === undefined) return;
    const many = examples.length === 1 ? 'An example is' : `${examples.length} examples are`;
    report(first.source, `${many} given by "externalValue" and could not be read.`);
  },
};

import { describe, expect, it } from 'vitest';
import { documentOf } from '../../contract/document/document-of.ts';
import { parseDocument } from '../../contract/document/parse-document.ts';
import type { Problem, Severity } from '../../contract/problem.ts';
import type { SourceDocument } from '../../contract/source.ts';
import { FORMATS, printProblems } from './print-problems.ts';

const documentNamed = (name: string, text: string): SourceDocument => {
  const parsed = parseDocument(text, { name, uri: `memory:///${name}` });
  if (parsed.document === undefined) throw new Error('no document');
  return parsed.document;
};
const pets = documentNamed(
  'specs/pets.yaml',
  'openapi: 3.1.1\npaths:\n  /pets:\n    get:\n      operationId: list\n\ninfo: 1\n',
);
const problem = (pointer: string, severity: Severity = 'error', other: Partial<Problem> = {}): Problem => ({
  rule: 'path-template',
  severity,
  message: 'Something is wrong.',
  fix: 'Mend it.',
  source: { document: pets, pointer },
  ...other,
});

describe('text', () => {
  it('shows place, message, the lines around it and the fix', () => {
    expect(
      printProblems([problem('/paths/~1pets/get/operationId'), problem('/info', 'warning')], {
        format: 'text',
      }),
    ).toBe(`\
specs/pets.yaml:5:20 error path-template
  Something is wrong.
    4 |     get:
  > 5 |       operationId: list
      |                    ^^^^
  fix: Mend it.

specs/pets.yaml:7:7 warning path-template
  Something is wrong.
  > 7 | info: 1
      |       ^
  fix: Mend it.

1 error, 1 warning in specs/pets.yaml
`);
  });

  it.each([
    [[], ['a.yaml'], 'no problems in a.yaml\n'],
    [[], ['a.yaml', 'b.yaml'], 'no problems in 2 documents\n'],
    [[], [], 'no problems\n'],
  ])('says that there are none', (problems, documents, text) => {
    expect(printProblems(problems, { format: 'text', documents })).toBe(text);
  });

  it('shows the gravest when there are too many, and counts the rest', () => {
    const many = [
      problem('/info', 'note'),
      problem('/paths', 'fatal'),
      problem('/openapi', 'warning'),
      problem('/info'),
    ];
    const text = printProblems(many, { format: 'text', maxProblems: 2 });
    expect(text).toContain('2:1 fatal');
    expect(text).toContain('7:7 error');
    expect(text).not.toMatch(/\d note path|\d warning path/);
    expect(text).toMatch(
      /… and 2 more; --max-problems 0 shows all\.\n1 fatal problem, 1 error, 1 warning, 1 note in specs\/pets\.yaml\n$/,
    );
    expect(printProblems(many, { format: 'text', maxProblems: 0 })).not.toContain('more');
  });

  it('has escape sequences only when asked', () => {
    expect(printProblems([problem('/info')], { format: 'text' })).not.toContain('\u001b');
    expect(printProblems([problem('/info')], { format: 'text', colour: true })).toContain('\u001b[31m');
  });

  it('lets nothing of a document act on the terminal', () => {
    const document = documentNamed('evil\u001b]0;x\u0007.json', '{"a\u2028b": "\\u001b[2J", "\u009b31m": 1}');
    const text = printProblems(
      [
        problem('/a\u2028b', 'error', {
          message: 'x\u001b[2J\ny',
          source: { document, pointer: '/a\u2028b' },
        }),
      ],
      { format: 'text' },
    );
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u009b\u2028]/);
  });

  it('shows a window of a line without end, with the caret in it', () => {
    const document = documentOf({ a: 1 }, { name: 'min.json', uri: 'memory:///min' });
    const line = `{"x": "${'y'.repeat(300_000)}", "here": 7, "z": "${'w'.repeat(300_000)}"}`;
    const column = line.indexOf('7,') + 1;
    const long: SourceDocument = {
      ...document,
      text: () => line,
      locate: () => ({ line: 1, column, endColumn: column + 1 }),
    };
    const text = printProblems(
      [problem('/here', 'error', { source: { document: long, pointer: '/here' } })],
      { format: 'text' },
    );
    const [, , shown = '', caret = ''] = text.split('\n');
    expect(shown.length).toBeLessThan(120);
    expect(shown[caret.indexOf('^')]).toBe('7');
  });
});

describe('json', () => {
  it('is one object with stable keys', () => {
    const log = JSON.parse(
      printProblems([problem('/info', 'warning')], {
        format: 'json',
        documents: ['specs/pets.yaml', 'b.yaml'],
      }),
    );
    expect(log).toEqual({
      documents: ['specs/pets.yaml', 'b.yaml'],
      problems: [
        {
          rule: 'path-template',
          severity: 'warning',
          message: 'Something is wrong.',
          fix: 'Mend it.',
          file: 'specs/pets.yaml',
          line: 7,
          column: 7,
          endColumn: 8,
          pointer: '/info',
        },
      ],
      counts: { fatal: 0, error: 0, warning: 1, note: 0 },
    });
  });
});

describe('github', () => {
  it('is one command a line, escaped', () => {
    const document = documentNamed('a:b,c%.yaml', 'x: 1');
    const found = [
      problem('/x', 'fatal', { message: '100% wrong\nhere: a, b.', source: { document, pointer: '/x' } }),
      problem('/info', 'note'),
    ];
    expect(printProblems(found, { format: 'github' })).toBe(
      '::error file=a%3Ab%2Cc%25.yaml,line=1,col=4,endLine=1,endColumn=5,title=path-template::100%25 wrong%0Ahere: a, b. Mend it.\n' +
        '::notice file=specs/pets.yaml,line=7,col=7,endLine=7,endColumn=8,title=path-template::Something is wrong. Mend it.\n',
    );
  });

  it('is nothing for nothing', () => {
    expect(printProblems([], { format: 'github' })).toBe('');
  });
});

describe('sarif', () => {
  it('is a log of version 2.1.0 that describes the rules it names', () => {
    const document = documentNamed('./with space.yaml', 'x: 1');
    const found = [
      problem('/info', 'note', { rule: 'tag-undeclared' }),
      problem('', 'fatal', { source: { document, pointer: '' } }),
    ];
    const log = JSON.parse(printProblems(found, { format: 'sarif' }));
    const [run] = log.runs;
    expect([log.version, run.tool.driver.name]).toEqual(['2.1.0', 'rehearsal']);
    expect(
      run.tool.driver.rules.map((rule: { id: string; defaultConfiguration: { level: string } }) => [
        rule.id,
        rule.defaultConfiguration.level,
      ]),
    ).toEqual([
      ['path-template', 'error'],
      ['tag-undeclared', 'note'],
    ]);
    expect(run.results).toEqual([
      {
        ruleId: 'tag-undeclared',
        ruleIndex: 1,
        level: 'note',
        message: { text: 'Something is wrong. Mend it.' },
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri: 'specs/pets.yaml' },
              region: { startLine: 7, startColumn: 7, endColumn: 8 },
            },
            logicalLocations: [{ fullyQualifiedName: '/info' }],
          },
        ],
      },
      expect.objectContaining({
        level: 'error',
        ruleIndex: 0,
        locations: [
          expect.objectContaining({
            physicalLocation: expect.objectContaining({ artifactLocation: { uri: 'with%20space.yaml' } }),
          }),
        ],
      }),
    ]);
  });
});

it.each(FORMATS)('%s ends with a line end', format => {
  expect(printProblems([problem('/info')], { format })).toMatch(/\n$/);
});

/** Paths and documents at random: half of the paths are well formed, half are put together from their pieces. */
import fc from 'fast-check';

export interface Question {
  /** JSON text. */
  readonly document: string;
  readonly path: string;
}

const NAMES = ['a', 'b', 'c'];
const name = fc.constantFrom(...NAMES);
const small = fc.integer({ min: -3, max: 4 });

const value = fc.letrec(tie => ({
  value: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    fc.constantFrom(
      '1',
      '2',
      '-1',
      '1.0',
      '2.5',
      'true',
      'false',
      'null',
      '"1"',
      '"a"',
      '"ab"',
      '""',
      '"true"',
      '"null"',
    ),
    fc.array(tie('value'), { maxLength: 4 }).map(items => `[${items.join(',')}]`),
    fc
      .uniqueArray(fc.tuple(name, tie('value')), { maxLength: 3, selector: ([key]) => key })
      .map(members => `{${members.map(([key, member]) => `"${key}":${member}`).join(',')}}`),
  ),
})).value as fc.Arbitrary<string>;

const document = fc
  .tuple(value, value, value)
  .map(([a, b, c]) => `{"a":[${a},${b}],"b":{"a":${c},"b":[${b}]},"c":${a}}`);

const definite = fc.oneof(
  { weight: 4, arbitrary: name.map(key => `.${key}`) },
  name.map(key => `['${key}']`),
  fc.integer({ min: 0, max: 2 }).map(index => `[${index}]`),
);

const definitePath = fc.array(definite, { maxLength: 2 }).map(steps => steps.join(''));

const literal = fc.constantFrom(
  '1',
  '2.50',
  "'a'",
  "'1'",
  'true',
  'null',
  "''",
  'a',
  '-1',
  '1e0',
  '/a.*/',
  '/A/i',
);
const operand = fc.oneof(
  { weight: 3, arbitrary: literal },
  definitePath.map(path => `@${path}`),
  definitePath.map(path => `$${path}`),
);
const comparison = fc
  .tuple(definitePath, fc.constantFrom('==', '!=', '<', '>', '<=', '>=', '=~'), operand)
  .map(([left, operator, right]) => `@${left} ${operator} ${right}`);
const criterion = fc.oneof(
  definitePath.map(path => `@${path}`),
  definitePath.map(path => `!@${path}`),
  { weight: 3, arbitrary: comparison },
);
const filter = fc
  .tuple(criterion, fc.array(fc.tuple(fc.constantFrom('&&', '||'), criterion), { maxLength: 2 }))
  .map(([first, others]) => `[?(${[first, ...others.map(other => other.join(' '))].join(' ')})]`);

const step = fc.oneof(
  { weight: 6, arbitrary: definite },
  fc.constantFrom('.*', '[*]', '..*', '..[*]', '[(@.length-1)]', "['a','b']", '..[0]', '.length'),
  { weight: 2, arbitrary: name.map(key => `..${key}`) },
  fc.array(small, { minLength: 1, maxLength: 3 }).map(list => `[${list.join(',')}]`),
  fc
    .tuple(fc.option(small, { nil: '' }), fc.option(small, { nil: '' }))
    .map(([from, to]) => `[${from}:${to}]`),
  { weight: 2, arbitrary: filter },
  filter.map(text => `..${text}`),
);

const wellFormed = fc
  .tuple(fc.constantFrom('$', '$', '@', ''), fc.array(step, { minLength: 1, maxLength: 4 }))
  .map(([start, steps]) => (start === '' ? steps.join('').replace(/^\./, '') : start + steps.join('')));

/** A name that asks for a count is no part of it: that is read beyond what was recorded. */
const pieces = fc
  .array(
    fc.constantFrom(
      ...[
        "'",
        '[',
        ']',
        '.',
        '..',
        '*',
        '$',
        '@',
        '?',
        '(',
        ')',
        ',',
        ':',
        '-',
        '1',
        '2',
        'a',
        'b',
        ' ',
        '!',
      ],
      ...[
        '==',
        '&&',
        '||',
        '=~',
        '/a/',
        "['a']",
        '[0]',
        '[?(',
        ')]',
        '(@.length-1)',
        '.a',
        '$.a',
        '@.b',
        "'a'",
      ],
    ),
    { minLength: 1, maxLength: 9 },
  )
  .map(parts => parts.join(''));

/** The same questions for the same seed and version of fast-check. */
export function generatedQuestions(count: number, seed: number): readonly Question[] {
  const path = fc.oneof(
    { weight: 3, arbitrary: wellFormed },
    pieces.map(text => `$${text}`),
  );
  return fc.sample(fc.record({ document, path }), { numRuns: count, seed });
}

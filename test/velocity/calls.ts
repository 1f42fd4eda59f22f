/** Calls of methods and sums with arguments that chance picks, those that Java refuses among them. */
import { type Draw, drawing, pick } from './draw.ts';

const TEXTS = [
  ...['""', "'a'", "'hello world'", "'aAbB'", "'a,b,,c,,'", "'  x y '", "'12345'", "'é漢x'", "'a.b|c$d'"],
  ...["'aaa'", "'line1\nline2\n'", "'Tab\there'", "'x=1&y=2'", "'-1.50'", '"$s"', "'2024-01-15'"],
];
const PATTERNS = [
  ...[
    'a',
    '[a-c]',
    '.',
    'a*',
    'a+',
    '(a|b)+',
    'b?',
    '^',
    '$',
    '\\d+',
    '\\s*',
    '\\w',
    '\\W+',
    '[^a]',
    '(a)(b)?',
  ],
  ...[
    'a{2}',
    'a{1,2}?',
    '\\.',
    '\\|',
    ',',
    '(?i)A',
    '(?:a|aa)',
    'a|aa',
    '(.)\\w',
    '\\bx',
    '[,.]',
    '\\$',
    '(?=a)',
  ],
  ...[
    '(?!a)',
    'x|$',
    '',
    '\\n',
    '[\\s,]+',
    '\\p{Alpha}',
    '\\p{L}',
    '[a-z&&[^b]]',
    '[a[xy]]',
    '\\Qa.b\\E',
    '\\z',
  ],
  ...[
    '(?s).',
    '(?m)^',
    '(?m)$',
    '[[:alpha:]]',
    '\\x61',
    '\\0141',
    '\\h',
    '\\R',
    '(',
    '[',
    'a{',
    '*',
    '(\\d+)-(\\d+)',
  ],
];
const REPLACEMENTS = ['', 'X', '[$0]', '$1', '\\\\', '\\$', '<$0$0>', 'é', '$2', '$11', '$2/$1', '$', '\\'];
const NUMBERS = [
  ...[
    '0',
    '1',
    '-1',
    '7',
    '-7',
    '2147483647',
    '-2147483648',
    '2147483648',
    '9223372036854775807',
    '0.5',
    '-0.5',
  ],
  ...[
    '-9223372036854775808',
    '1.0',
    '3.14159',
    '1e10',
    '1e-5',
    '123456.789',
    '0.0',
    '-0.0',
    '100.0',
    '1e308',
  ],
  ...['$i', '$d', '$long', '1.7976931348623157e308', '4.9e-324', '0.1', '1e-3', '1234567.0', '12345678.0'],
];
const WHOLE = ['0', '1', '2', '3', '-1', '5', '10', '16', '99', '"1"', '$none', '1.0'];
const OPERATORS = ['+', '-', '*', '/', '%', '==', '<', '>=', '!=', '>', '<='];
const PLAIN = [
  'length()',
  'trim()',
  'toUpperCase()',
  'toLowerCase()',
  'isEmpty()',
  'hashCode()',
  'toString()',
  'isBlank()',
  'strip()',
  'stripLeading()',
  'stripTrailing()',
  'length(1)',
];
const OF_TEXT = [
  'indexOf',
  'lastIndexOf',
  'contains',
  'startsWith',
  'endsWith',
  'concat',
  'compareTo',
  'compareToIgnoreCase',
  'equalsIgnoreCase',
  'contentEquals',
  'equals',
];
const OF_NUMBER = [
  'intValue()',
  'longValue()',
  'doubleValue()',
  'hashCode()',
  'toString()',
  'compareTo(1)',
  'compareTo(1.0)',
  'equals(1)',
  'isNaN()',
  'shortValue()',
  'byteValue()',
  'max(3, 4)',
  'parseInt("12")',
  'valueOf("7")',
  'toString(5, 2)',
  'parseDouble("1e3")',
  'parseLong("99")',
  'intValue().toString()',
  'parseInt("ff", 16)',
  'toString(255, 16)',
];

/** `count` templates of a seed. */
export function callTemplates(seed: number, count: number): readonly string[] {
  const draw = drawing(seed);
  return Array.from({ length: count }, () => call(draw));
}

function call(draw: Draw): string {
  const text = `#set($v=${pick(draw, TEXTS)})`;
  const number = `#set($v=${pick(draw, NUMBERS)})`;
  const [a, b] = [pick(draw, TEXTS), pick(draw, TEXTS)];
  const [m, n] = [pick(draw, WHOLE), pick(draw, WHOLE)];
  const pattern = pick(draw, PATTERNS);
  switch (draw(9)) {
    case 0:
      return `${text}[$v.${pick(draw, PLAIN)}]`;
    case 1:
      return `${text}[$v.${pick(draw, ['substring', 'charAt', 'codePointAt', 'repeat'])}(${m})]`;
    case 2:
      return `${text}[$v.${pick(draw, ['substring', 'subSequence'])}(${m}, ${n})]`;
    case 3:
      return `${text}[$v.${pick(draw, OF_TEXT)}(${pick(draw, [a, m])})]`;
    case 4:
      return `${text}[$v.${pick(draw, ['indexOf', 'lastIndexOf', 'startsWith'])}(${a}, ${m})][$v.replace(${a}, ${b})]`;
    case 5:
      return `${text}[$v.${pick(draw, ['replaceAll', 'replaceFirst'])}('${pattern}', '${pick(draw, REPLACEMENTS)}')]`;
    case 6: {
      const limit = pick(draw, ['', ', 0', ', -1', ', 2', ', 3']);
      return `${text}#set($r=$v.split('${pattern}'${limit}))#foreach($q in $r)[$q]#end$r.size() $v.matches('${pattern}')`;
    }
    case 7:
      return `#set($v=${pick(draw, NUMBERS)} ${pick(draw, OPERATORS)} ${pick(draw, NUMBERS)})[$v]`;
    default:
      return `${number}[$v.${pick(draw, OF_NUMBER)}]`;
  }
}

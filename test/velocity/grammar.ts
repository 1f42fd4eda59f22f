/** Templates made by a seeded grammar: whatever Velocity has, put together as nobody would. */
import { type Draw, drawing, pick } from './draw.ts';

const NAMES = ['s', 'i', 'd', 'long', 'yes', 'no', 'list', 'o', 'deep', 'none', 'nulls', 'x', 'y', 'empty'];
const TEXTS = [
  'a',
  ' ',
  '\n',
  'b c',
  ', ',
  '.',
  '"',
  "'",
  '{',
  '}',
  '(',
  ')',
  '[0]',
  '\\',
  '\\\\',
  '$',
  '#',
  '1',
  '-',
  '\t',
  '  \n',
  '!',
  'é',
  '##',
  '$!',
  '&amp;',
];
const STEPS = [
  '.a',
  '.b',
  '.length()',
  '.size()',
  '.foo',
  '.bar("x")',
  '.get(0)',
  '.toString()',
  '[0]',
  '["a"]',
  ".get('a')",
  '.isEmpty()',
  '.map',
  '.list',
  '.equals($s)',
  '.contains("b")',
  '.concat("$i")',
];
const OPERATORS = [
  '+',
  '-',
  '*',
  '/',
  '%',
  '==',
  '!=',
  '<',
  '<=',
  '>',
  '>=',
  '&&',
  '||',
  'and',
  'or',
  'eq',
  'lt',
];
const CONSTANTS = [
  '0',
  '1',
  '-3',
  '2147483647',
  '1.5',
  '.5',
  '1e3',
  '"a"',
  "'b'",
  '""',
  'true',
  'false',
  '"$s"',
  '"${i}x"',
  "'$s'",
  '[]',
  '{}',
  '[1..3]',
  '[1, "b"]',
  '{"a": 1}',
  '5000000000',
  '"1"',
];

/** `count` templates of a seed. */
export function generatedTemplates(seed: number, count: number): readonly string[] {
  const draw = drawing(seed);
  return Array.from({ length: count }, () => block(draw, 2));
}

function block(draw: Draw, depth: number): string {
  return Array.from({ length: 1 + draw(5) }, () => statement(draw, depth)).join('');
}

function statement(draw: Draw, depth: number): string {
  const inner = (): string => (depth === 0 ? pick(draw, TEXTS) : block(draw, depth - 1));
  const end = pick(draw, ['#end', '#end\n', '#{end}', '#end ']);
  switch (draw(depth === 0 ? 4 : 12)) {
    case 0:
    case 1:
      return pick(draw, TEXTS);
    case 2:
    case 3:
      return reference(draw);
    case 4:
      return `${pick(draw, ['', ' ', '\n', '  '])}#set(${target(draw)} = ${expression(draw, 2)})${pick(draw, ['', '\n', ' '])}`;
    case 5:
      return `#if(${expression(draw, 2)})${inner()}${end}`;
    case 6:
      return `#if(${expression(draw, 1)})${inner()}#else ${inner()}${end}`;
    case 7:
      return `#if(${expression(draw, 1)})${inner()}#elseif(${expression(draw, 1)})\n${inner()}#{else}${inner()}${end}`;
    case 8:
      return `#foreach(${pick(draw, ['$x', '$y', '${x}'])} in ${pick(draw, ['$list', '[1..3]', '$o', '$nulls', '$none', '["a", "b"]', '$deep.list', '$x'])})${inner()}${pick(draw, ['', '$foreach.index', '$velocityCount', '#if($foreach.hasNext),#end', '#break'])}${end}`;
    case 9:
      return `#macro(${pick(draw, ['m', 'n'])} $a${pick(draw, ['', ' $b'])})${inner()}${pick(draw, ['', '$a', '$!a', '#set($a = 1)'])}${end}`;
    case 10:
      return `#${pick(draw, ['m', 'n', 'foo', '{m}'])}(${pick(draw, ['', '$s', '"$x"', '1 2', '$none, $i', "'q'", '[1, 2]'])})`;
    default:
      return pick(draw, [
        '#* c *#',
        '## c\n',
        '#[[ $s ]]#',
        '#stop',
        `#define($y)${inner()}${end}`,
        '#foo',
        '\\#if',
        '\\$s',
        '\\\\$s',
        '\\$none',
        '#evaluate("$s")',
        '#break',
      ]);
  }
}

function reference(draw: Draw): string {
  const name = pick(draw, NAMES);
  const steps = Array.from({ length: draw(3) }, () => pick(draw, STEPS)).join('');
  return pick(draw, [
    `$${name}${steps}`,
    `$${name}${steps}`,
    `\${${name}${steps}}`,
    `$!${name}${steps}`,
    `$!{${name}${steps}}`,
  ]);
}

function target(draw: Draw): string {
  return pick(draw, ['$x', '$y', '${x}', '$o.a', '$o["c"]', '$list[0]', '$none.x', '$s', '$deep.map.q']);
}

function expression(draw: Draw, depth: number): string {
  const side = (): string => (depth === 0 || draw(3) > 0 ? operand(draw) : expression(draw, depth - 1));
  switch (draw(5)) {
    case 0:
      return side();
    case 1:
      return `(${side()} ${pick(draw, OPERATORS)} ${side()})`;
    case 2:
      return `!${operand(draw)}`;
    default:
      return `${side()} ${pick(draw, OPERATORS)} ${side()}`;
  }
}

function operand(draw: Draw): string {
  return draw(2) === 0 ? pick(draw, CONSTANTS) : reference(draw);
}

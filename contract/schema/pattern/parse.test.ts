import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ANY, charSet, closeOverCase, complement, hasCodePoint, unicodeProperty } from './char-set.ts';
import { type PatternNode, parsePattern } from './parse.ts';

/** The tree in one line, so that a table can hold it. */
function show(node: PatternNode): string {
  switch (node.kind) {
    case 'empty':
      return 'ε';
    case 'set':
      return node.set.length > 6
        ? `<${node.set.length} ranges>`
        : node.set.map(r => (r.from === r.to ? char(r.from) : `${char(r.from)}-${char(r.to)}`)).join('');
    case 'sequence':
      return node.nodes.map(show).join(' ');
    case 'choice':
      return `(${node.nodes.map(show).join('|')})`;
    case 'repeat':
      return `${show(node.node)}{${node.min},${node.max}}${node.lazy ? '?' : ''}`;
    case 'group':
      return `#${node.index}(${show(node.node)})`;
    case 'backReference':
      return `\\${node.index}`;
    case 'start':
      return node.multiline ? 'm^' : '^';
    case 'end':
      return node.multiline ? 'm$' : '$';
    case 'boundary':
      return node.negated ? '\\B' : '\\b';
    case 'look':
      return `${node.direction}${node.negated ? '!' : ''}(${show(node.node)})`;
  }
}

function char(code: number): string {
  return code > 32 && code < 127 ? String.fromCodePoint(code) : `x${code.toString(16)}`;
}

function parsed(source: string): string {
  const result = parsePattern(source);
  return result.kind === 'fault' ? `${result.position}: ${result.message}` : show(result.node);
}

describe('standard syntax', () => {
  test.each([
    ['', 'ε'],
    ['abc', 'a b c'],
    ['^a|b$', '(^ a|b $)'],
    ['a|', '(a|ε)'],
    ['(a)(?:b)(?<n>c)', '#1(a) b #2(c)'],
    ['a*b+?c{2}d{2,}e{2,5}?', 'a{0,Infinity} b{1,Infinity}? c{2,2} d{2,Infinity} e{2,5}?'],
    ['[a-cx]', 'a-cx'],
    ['[^\\d]', 'x0-/:-x10ffff'],
    ['[]', ''],
    ['[^]', 'x0-x10ffff'],
    ['\\d\\w', '0-9 0-9A-Z_a-z'],
    ['(?=a)(?!b)(?<=c)(?<!d)', 'ahead(a) ahead!(b) behind(c) behind!(d)'],
    ['\\bx\\B', '\\b x \\B'],
    ['(a)\\1\\k<n>(?<n>b)', '#1(a) \\1 \\2 #2(b)'],
    ['\\u{1F600}\\uD83D\\uDE00\\x41\\cA\\0\\n', 'x1f600 x1f600 A x1 x0 xa'],
    ['\\/\\.\\^', '/ . ^'],
    ['.', 'x0-x9xb-xcxe-x2027x202a-x10ffff'],
    ['(?i:a)a', 'Aa a'],
    ['\u{1F600}', 'x1f600'],
    ['[\\b]', 'x8'],
  ])('%s', (source, tree) => expect(parsed(source)).toBe(tree));
});

describe('what annex B and other dialects write', () => {
  test.each([
    ['a{', 'a {'],
    ['{a}', '{ a }'],
    ['a]', 'a ]'],
    ['[\\w-.]', '--.0-9A-Z_a-z'],
    ['\\-\\_\\"', '- _ "'],
    ['(?i)aK', 'Aa Kkx212a'],
    ['(?s).', 'x0-x10ffff'],
    ['(?m)^$', 'm^ m$'],
    ['\\Aa\\z', '^ a $'],
    ['a\\Z', 'a $'],
    ['[[:alpha:]_]', 'A-Z_a-z'],
    ['[[:alpha:]', ':[ahlp'],
    ['(?P<y>a)(?P=y)', '#1(a) \\1'],
    ['[\\x{41}]', 'A'],
  ])('%s', (source, tree) => expect(parsed(source)).toBe(tree));
});

describe('what no engine accepts, with its place', () => {
  test.each([
    ['(a', '0: "(" is never closed'],
    ['a)', '1: ")" closes no group'],
    ['[a', '0: "[" is never closed'],
    ['*a', '0: "*" has nothing to repeat'],
    ['a**', '2: a quantifier follows another, and there is nothing to repeat'],
    ['a++', '2: possessive quantifiers such as "a++" do not exist in ECMA-262'],
    ['a{3,2}', '1: the bounds of {3,2} are out of order'],
    ['[z-a]', '1: the range "z-a" is out of order'],
    ['a\\', '1: the pattern ends with a lone "\\"'],
    ['\\p{Nope}', '0: "\\p{Nope}" names no Unicode property'],
    ['(?>a)', '0: atomic groups "(?>…)" do not exist in ECMA-262'],
    ['a(?i)b', '1: "(?i)" stands inside the pattern; flags without a group are read at the start only'],
    ['(?x)b', '0: the flag "x" does not exist in ECMA-262'],
    ['\\h', '0: "\\h" means nothing in ECMA-262'],
    ['\\3(a)', '0: "\\3" refers to group 3, and there are 1'],
    ['(?<=a)+', '0: a quantifier stands after an assertion, which cannot be repeated'],
    ['^*', '0: a quantifier stands after an assertion, which cannot be repeated'],
    ['(?<1>a)', '0: "1" is not a group name'],
  ])('%s', (source, fault) => expect(parsed(source)).toBe(fault));

  test('nesting without end is a fault, not a stack overflow', () => {
    expect(parsed('('.repeat(60_000))).toBe('200: groups are nested deeper than 200');
    expect(parsed('a'.repeat(70_000))).toMatch(/^65536: the pattern is 70000 characters long/);
  });
});

describe('character sets', () => {
  test.each(['L', 'Any', 'Cn', 'Co', 'Cs', 'Noncharacter_Code_Point', 'Script=Greek'])(
    'the property %s covers what the engine says it covers',
    property => {
      const set = unicodeProperty(property) ?? [];
      const engine = new RegExp(`^\\p{${property}}$`, 'u');
      const codes = Array.from({ length: 0x2200 }, (_, index) => index * 0x80);
      for (const code of codes.flatMap(at => [at - 2, at - 1, at, at + 1])) {
        if (code < 0) continue;
        expect([code, hasCodePoint(set, code)]).toEqual([code, engine.test(String.fromCodePoint(code))]);
      }
    },
  );

  test('the cases of every letter are those of the flags iu', () => {
    const wrong: string[] = [];
    for (let code = 0; code < 0x1f000; code++) {
      if (code >= 0xd800 && code < 0xe000) continue;
      const text = String.fromCodePoint(code);
      for (const other of new Set([text.toLowerCase(), text.toUpperCase()])) {
        const otherCode = other.codePointAt(0) ?? 0;
        if (other.length !== String.fromCodePoint(otherCode).length) continue;
        const engine = new RegExp(`^\\u{${code.toString(16)}}$`, 'iu').test(other);
        if (!engine) continue;
        if (!hasCodePoint(closeOverCase([{ from: code, to: code }]), otherCode))
          wrong.push(`${text}/${other}`);
        if (wrong.length > 5) break;
      }
    }
    expect(wrong).toEqual([]);
  }, 120_000);

  test('the complement of the complement is the set', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc
            .tuple(fc.nat(0x10ffff), fc.nat(300))
            .map(([from, more]) => ({ from, to: Math.min(0x10ffff, from + more) })),
        ),
        ranges => {
          const set = charSet(ranges);
          expect(complement(complement(set))).toEqual(set);
          expect(charSet([...set, ...complement(set)])).toEqual(ANY);
        },
      ),
    );
  });
});

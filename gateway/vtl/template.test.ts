/** What API Gateway does otherwise than Velocity, what the engine refuses, and what holds for every template. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { generatedTemplates } from '../../test/velocity/grammar.ts';
import { variables } from '../../test/velocity/variables.ts';
import { VELOCITY } from './dialect.ts';
import { DEFAULT_LIMITS, type Limits, Meter } from './meter.ts';
import { compileTemplate } from './template.ts';
import { TemplateError } from './template-error.ts';
import { HostObject, toValue, type Value, type ValueMap } from './values.ts';
import { contextVariable } from './variables/context.ts';
import { templateVariables } from './variables/template-variables.ts';

function render(template: string, body = '', context: ValueMap = contextVariable({ stage: 'prod' })): string {
  const none = new Map<string, readonly string[]>();
  return compileTemplate(template).render(
    templateVariables({
      body,
      path: new Map([['petId', ['7']]]),
      querystring: none,
      header: none,
      stageVariables: { version: 'v1' },
      context,
    }),
  );
}

/** What rendering, or reading, ends in. */
function errorOf(template: string, limits: Partial<Limits> = {}): TemplateError {
  try {
    compileTemplate(template).render(variables(), { limits });
  } catch (error) {
    if (error instanceof TemplateError) return error;
    throw error;
  }
  throw new Error(`${template.slice(0, 100)} has no error`);
}

describe('recorded on AWS (apigateway.md 3.1)', () => {
  const SET = '#set($result = $input.path("$.json"))';
  test.each([
    ['$result', '{"foo":"bar"}', '{foo=bar}'],
    [
      '$result',
      '{"bigger":"dict","to":"test","with":"separators"}',
      '{bigger=dict, to=test, with=separators}',
    ],
    ['$result', '[{"foo":"bar"}]', '[{"foo":"bar"}]'],
    ['$result', '{"foo":[{"nested":"bar"}]}', '{foo=[{"nested":"bar"}]}'],
    ['$result[0]', '[{"foo":"bar"}]', '{foo=bar}'],
    ['$result[0]', '[[{"foo":"bar"}]]', '[{"foo":"bar"}]'],
    ['$result.nested', '{"nested":{"foo":"bar"}}', '{foo=bar}'],
    ['$result.nested', '{"nested":[{"foo":"bar"}]}', '[{"foo":"bar"}]'],
    ['$result.toString()', '{"foo":"bar"}', '{foo=bar}'],
    ['$result.toString()', '{"list":[{"foo":"bar"}]}', '{list=[{"foo":"bar"}]}'],
    ['{"body": $result}', '[]', '{"body": []}'],
    ['#if($result == $null)T#else F#end#if($result == "")T#else F#end', '[]', ' F F'],
  ])('%s of %s is %s', (template, json, output) => {
    expect(render(SET + template, `{"json":${json}}`)).toBe(output);
  });

  test.each(['{}', '{"json":null}', ''])(
    'a path without a value prints nothing, and is null and "" (%s)',
    body => {
      const template = `${SET}{"body": $result, "nested": $result.nested}`;
      expect(render(template, body)).toBe('{"body": , "nested": }');
      const equal = `${SET}#if($result == $null)T#end#if($result == "")T#end#if($result != "")F#end`;
      expect(render(equal, body)).toBe('TT');
    },
  );
});

describe('API Gateway', () => {
  test.each([
    ['$none', ''],
    ['a $none.foo b ${none} c $none.bar("x")[0] d', 'a  b  c  d'],
    ['\\$none', '\\$none'],
    ['$stageVariables.version $stageVariables["version"] ${stageVariables.none}|', 'v1 v1 |'],
    ['$context.stage $context.none $context.identity.sourceIp|', 'prod  |'],
    ['#set($l = [1, 2])$l $l.count()', '[1, 2] 2'],
    ['$input.params("petId") $input.params().path.petId $input.params("none")|', '7 7 |'],
    ['$input.body $input.body.x', '{} '],
    ['#foreach($i in [1..3])$foreach.index$foreach.count#if($foreach.hasNext),#end#end', '01,12,23'],
    ['#macro(m $a)[$a]#end#m($none)', '[]'],
    ['#none($none)', '#none($none)'],
    ['#set($x = "a" + $none)$x', 'a$none'],
  ])('%s is %j', (template, output) => {
    expect(render(template)).toBe(output);
  });

  test.each([
    '#set($context.responseOverride.status = 444)#set($context.responseOverride.header.foo = "bar")',
    '#set($s = "status")#set($context["responseOverride"][$s] = 444)#set($context.responseOverride.header["foo"] = "bar")',
    '#set($q = $context.responseOverride.put("status", 444))$context.responseOverride.header.put("foo", "bar")',
  ])('%s overrides (apigateway.md 3.6)', template => {
    const context = contextVariable({});
    expect(render(template, '', context)).toBe('');
    expect(context.get('responseOverride')).toEqual(
      toValue({ status: 444, header: toValue({ foo: 'bar' }) }),
    );
  });

  test('numbers of a payload keep their type and their digits', () => {
    const body = '{"a":1.0,"b":7,"c":12345678901234567890}';
    const template =
      '#set($r = $input.path("$"))$r.a $r.b $r.c; #set($x = $r.b / 2)$x; #set($x = $r.a / 2)$x';
    expect(render(template, body)).toBe('1.0 7 12345678901234567890; 3; 0.5');
  });
});

describe('where other engines in JavaScript differ from Velocity', () => {
  const given = (): ReadonlyMap<string, Value> =>
    new Map(
      Object.entries({ s: 'hello', l: [1, 'b'], o: { a: 1, b: 'two' } }).map(([k, v]) => [k, toValue(v)]),
    );
  test.each([
    ['#set($i = 7 / 2)$i', '3'],
    ['#set($e = "")#if($e)T#else F#end#set($e = 0)#if($e)T#else F#end', 'TT'],
    ['#if("")T#else F#end#if(0)T#else F#end#if([])T#else F#end#if({})T#else F#end', ' F F F F'],
    [
      '$s.length() $s.equals("hello") $s.contains("ell") $s.matches("h.*") $s.equalsIgnoreCase("HELLO")',
      '5 true true true true',
    ],
    ['$s.replaceAll("[aeiou]", "_") $s.replace("l", "L")', 'h_ll_ heLLo'],
    ['#if($s.isEmpty())T#else F#end', ' F'],
    ['$s.length', '$s.length'],
    [
      '$l.isEmpty() $l.contains(1) $o.containsKey("a") $o.values() $o.isEmpty()',
      'false true true [1, two] false',
    ],
    ['$l.toString()', '[1, b]'],
    ['#foreach($x in $l)$foreach.first$foreach.last #end', 'truefalse falsetrue '],
    ['a#stop b', 'a'],
    ['#foreach($i in [1..5])#if($i == 3)#break#end$i#end', '12'],
    ['#set($f = 1.0)$f #set($g = 10 * 1.5)$g', '1.015.0'],
    ['#set($x = 1)#set($x = $nope)$x', '1'],
    ['#set($m = {})#set($q = $m.put("a", 1))[$q]', '[$q]'],
    ['#if("1" == 1)y#else n#end', 'y'],
    ['#if("b" > "a")y#else n#end', ' n'],
    ['#set($i = 1)$i #set($j = 1)$j', '11'],
  ])('%s makes %j', (template, output) => {
    expect(compileTemplate(template, { dialect: VELOCITY }).render(given())).toBe(output);
  });
});

describe('errors say where', () => {
  test.each([
    ['a\n#if($x)', 'TEMPLATE_INVALID', 2, 1, '#if has no #end'],
    ['#set($x 1)', 'TEMPLATE_INVALID', 1, 9, 'expected "=" after the reference to set, found "1"'],
    ['#if($x == )a#end', 'TEMPLATE_INVALID', 1, 11, 'expected a value, found ")"'],
    ['x #end', 'TEMPLATE_INVALID', 1, 3, 'expected text or a directive outside of a block, found "#end"'],
    ['$a.b(1;2)', 'TEMPLATE_INVALID', 1, 7, '";" has no meaning among the arguments of a method'],
    ['${a b}', 'TEMPLATE_INVALID', 1, 4, 'expected "}" after ${a, found "b}"'],
    ['#parse("x")', 'TEMPLATE_INVALID', 1, 1, '#parse asks for a file, and templates have none'],
    [
      '\n #include("/etc/passwd")',
      'TEMPLATE_INVALID',
      2,
      2,
      '#include asks for a file, and templates have none',
    ],
    [
      '#set($x = "a\n$b(")#set($y = "#if")',
      'TEMPLATE_INVALID',
      2,
      21,
      'expected "(" after #if, found the end of the template',
    ],
    ['x$', 'TEMPLATE_INVALID', 1, 2, 'the template ends within "$"'],
    ['\n\n  $s.substring(9)', 'TEMPLATE_FAILED', 3, 6, 'index 9 is outside of a text of 5 characters'],
    ['#set($x = $list.get(5))', 'TEMPLATE_FAILED', 1, 17, 'index 5 is outside of a list of 3'],
    [
      '$s.replaceAll("(", "")',
      'TEMPLATE_FAILED',
      1,
      4,
      'the pattern "(" cannot be read: "(" is never closed',
    ],
    [
      '$s.replaceAll("(?<=h)e", "")',
      'TEMPLATE_FAILED',
      1,
      4,
      'the pattern "(?<=h)e" looks back, which cannot be done in linear time',
    ],
    [
      "#evaluate('#if')",
      'TEMPLATE_FAILED',
      1,
      1,
      '#evaluate cannot read its text: expected "(" after #if, found the end of the template',
    ],
  ])('%j', (template, code, line, column, reason) => {
    const error = errorOf(template);
    expect({ code: error.code, line: error.line, column: error.column, reason: error.reason }).toEqual({
      code,
      line,
      column,
      reason,
    });
    expect(error.message).toContain(`line ${line}, column ${column}`);
  });

  test('what a host object throws fails the template where it was asked', () => {
    const host = new HostObject('host', {
      methods: {
        fail: () => {
          throw new TypeError('no such thing');
        },
      },
    });
    const given = new Map<string, Value>([['host', host]]);
    expect(() => compileTemplate('\n$host.fail()').render(given)).toThrow(
      expect.objectContaining({ code: 'TEMPLATE_FAILED', line: 2, column: 7, reason: 'no such thing' }),
    );
  });
});

describe('no template asks for too much', () => {
  const nested = '#foreach($a in [1..1000])#foreach($b in [1..1000])#foreach($c in [1..1000])x#end#end#end';
  const TOO_MUCH: readonly (readonly [string, string, string, Partial<Limits>?])[] = [
    ['turns', '#foreach($i in [1..1001])$i#end', '#foreach takes more than 1000 turns'],
    ['turns within turns', nested, 'more than 5000000 steps'],
    ['a macro within itself', '#macro(m)#m()#end#m()', '#m is called within 20 other macros'],
    [
      'an evaluation within itself',
      "#set($t = '#evaluate($t)')#evaluate($t)",
      'blocks and calls more than 100 deep',
    ],
    [
      'a text that doubles',
      '#set($t = "0123456789")#foreach($i in [1..100])#set($t = "$t$t")#end',
      'more than 10000000 characters of output',
    ],
    [
      'a text by concat',
      '#set($t = "0123456789")#foreach($i in [1..100])#set($t = $t.concat($t))#end',
      'a text of more than 10000000 characters',
    ],
    [
      'a text by replace',
      '#set($t = "0123456789")#foreach($i in [1..100])#set($t = $t.replace("0", $t))#end',
      'a text of more than 10000000 characters',
    ],
    [
      'a text by replaceAll',
      '#set($t = "0123456789")#foreach($i in [1..100])#set($t = $t.replaceAll("0", $t))#end',
      'a text of more than 10000000 characters',
    ],
    ['a text by repeat', '$s.repeat(2147483647)', 'a text of more than 10000000 characters'],
    ['a text by format', '$s.format("%2000000000s", $s)', 'a format of more than 1000 characters'],
    [
      'a list that doubles',
      '#foreach($i in [1..100])#set($q = $list.addAll($list))#end',
      'more than 5000000 steps',
    ],
    [
      'a list in itself, twice',
      '#foreach($i in [1..100])#set($list = [$list, $list])#end$list',
      'more than 5000000 steps',
    ],
    [
      'a list within itself',
      '#set($a = [])#set($b = [$a])#set($q = $a.add($b))$a',
      'a value that is more than 1000 levels deep',
    ],
    [
      'a comparison without end',
      '#set($a = [])#set($b = [])#foreach($i in [1..100])#set($a = [$a, $a])#set($b = [$b, $b])#end#if($a == $b)x#end',
      'more than 5000000 steps',
    ],
    [
      'patterns that are new each time',
      '#foreach($a in [1..1000])#foreach($b in [1..1000])#set($x = $s.matches("(a{99}){9$a}$b"))#end#end',
      'more than 5000000 steps',
    ],
    ['a range', '#set($x = [1..2147483647])', 'more than 5000000 steps'],
    [
      'a number that squares itself',
      '#set($x = 10)#foreach($i in [1..100])#set($x = $x * $x)#end',
      'a number of more than 4096 bits',
    ],
    [
      'the output',
      '#foreach($i in [1..1000])$s#end',
      'more than 100 characters of output',
      { characters: 100 },
    ],
    ['time', nested, 'more than 5 ms', { milliseconds: 5, steps: Number.POSITIVE_INFINITY }],
    [
      'what stands in each other',
      '#define($d)"$d"#end#macro(a $x)#macro(b)$x#end#b()#end#a("$d")'.repeat(3),
      'blocks and calls more than 3 deep',
      { depth: 3 },
    ],
  ];
  for (const [name, template, reason, limits] of TOO_MUCH) {
    test(name, () => {
      const error = errorOf(template, limits);
      expect([error.code, error.reason]).toEqual(['TEMPLATE_LIMIT', reason]);
    });
  }

  test.each<readonly [string, string]>([
    ['parentheses', `#set($x = ${'('.repeat(100_000)}`],
    ['negations', `#if(${'!'.repeat(100_000)}$x)`],
    ['lists', `#set($x = ${'['.repeat(100_000)}`],
    ['maps', `#set($x = ${'{"a":'.repeat(100_000)}`],
    ['blocks', '#if($x)'.repeat(100_000)],
    ['methods', '$a.b('.repeat(100_000)],
    ['indexes', '$a['.repeat(100_000)],
    ['bodies of macros', '#@m()'.repeat(100_000)],
  ])('%s within each other 100,000 times', (_, template) => {
    expect(errorOf(template).reason).toBe('nested more than 200 levels deep');
  });

  test.each<readonly [string, string]>([
    ['backslashes', '\\'.repeat(200_000)],
    ['backslashes and a dollar', `${'\\'.repeat(200_000)}$x`],
    ['hashes', `${'# '.repeat(100_000)}x`],
    ['dollars', `${'$ '.repeat(100_000)}x`],
    ['dots', `$a${'.b'.repeat(100_000)}`],
    ['sums', `#set($x = 1${'+1'.repeat(100_000)})`],
    ['texts added', `#set($x = ""${'+$none'.repeat(100_000)})`],
    ['comments', '#**#'.repeat(50_000)],
    ['calls', '#foo($x)'.repeat(25_000)],
    ['blanks', `#if($s) ${' '.repeat(200_000)}#end${' '.repeat(100_000)}`],
    ['quotes', `#set($x = "${'""'.repeat(100_000)}")`],
  ])('200,000 characters of %s are read in one go', (_, template) => {
    try {
      compileTemplate(template).render(variables());
    } catch (error) {
      expect(error).toBeInstanceOf(TemplateError);
    }
  });

  test('patterns that make others backtrack take time in proportion to the text', () => {
    const template = `#set($t = "${'a'.repeat(20_000)}!")$t.matches("(a+)+") $t.replaceAll("(a|a)*b", "x").length()`;
    expect(compileTemplate(template, { dialect: VELOCITY }).render()).toBe('false 20001');
  });

  test('more than a million characters are not read', () => {
    expect(errorOf('x'.repeat(1_000_001)).reason).toBe('more than 1000000 characters');
  });

  test('what #evaluate reads leaves nothing behind in the template', () => {
    const template = compileTemplate('#evaluate($text)$a$b', { dialect: VELOCITY });
    const evaluate = (text: string): string => template.render(new Map([['text', text]]));
    expect(evaluate('#set($a = 1)#macro(m)x#end#m()$c')).toBe('x$c1$b');
    expect(evaluate('#set($b = 2)#m()$a')).toBe('#m()$a$a2');
  });

  test('a meter is shared with what else counts on it', () => {
    const meter = new Meter({ ...DEFAULT_LIMITS, steps: 100 });
    meter.spend(98);
    const { render: again } = compileTemplate('$a$b$c');
    expect(() => again(new Map(), { meter })).toThrow(TemplateError);
  });
});

describe('no way to the host', () => {
  test.each([
    '$input.constructor',
    '$input["__proto__"]',
    '$input.properties',
    '$util.constructor("x")',
    '$util.escapeJavaScript.constructor("return process")()',
    '$s.constructor.constructor("return process")()',
    '$s.class.forName("java.lang.Runtime")',
    '$context.constructor.constructor',
    '$stageVariables["__proto__"].polluted',
    '$foreach.constructor',
    '#foreach($i in [1])$foreach.constructor$foreach.storage$foreach["__proto__"]#end',
    '$list.constructor$list.length$list.push(1)$list.map',
    '$__proto__$constructor$hasOwnProperty$toString',
    '#set($stageVariables["__proto__"].polluted = 1)#set($m = {})$m.polluted',
  ])('%s', template => {
    expect(render(template).replace(/[()]/g, '')).toBe('');
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

describe('for every text', () => {
  /** Pieces that mean something, in any order. */
  const pieces = fc.array(
    fc.oneof(
      fc.constantFrom(...'$#(){}[]\\"\'!.,:=+-*/%<>&| \n\r\t1a@'),
      fc.constantFrom(
        '$s',
        '${s}',
        '$!s',
        '$list',
        '#if(',
        '#set(',
        '#foreach(',
        '#end',
        '#else',
        '#macro(',
        '#m(',
        '##',
        '#*',
        '*#',
        '#[[',
        ']]#',
        '#define(',
        '#evaluate(',
        '#@m(',
        ' in ',
        '..',
        '$x',
        '== ',
        '"$s"',
        '#stop',
        '#break',
        '#{',
        '.get(0)',
        '.replaceAll("',
      ),
      fc.string({ maxLength: 4 }),
    ),
    { maxLength: 25 },
  );

  test('reading and rendering end in a text or in a coded error, and twice in the same', () => {
    fc.assert(
      fc.property(pieces, parts => {
        const template = parts.join('');
        const once = outcome(template);
        expect(outcome(template)).toEqual(once);
      }),
      { numRuns: 3000 },
    );
  });

  test('a text without "$", "#" and backslashes before them is itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 50 }), text => {
        const plain = text.replace(/[$#]/g, '');
        expect(compileTemplate(plain).render()).toBe(plain);
        expect(compileTemplate(`${plain}\n#if(true)x#end`).render()).toBe(`${plain}\nx`);
      }),
    );
  });

  test('what no dialect prints otherwise comes out the same in both', () => {
    for (const template of generatedTemplates(5, 100)) {
      const quiet = template.replace(/\$(?![!\s{])/g, '$!').replace(/\$\{/g, '$!{');
      const both = [VELOCITY, undefined].map(dialect => {
        try {
          return compileTemplate(quiet, dialect === undefined ? {} : { dialect }).render(variables());
        } catch (error) {
          return (error as TemplateError).code;
        }
      });
      expect(typeof both[0]).toBe(typeof both[1]);
    }
  });

  function outcome(template: string): string {
    try {
      return compileTemplate(template).render(variables(), { limits: { steps: 50_000 } });
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
      return error.message;
    }
  }
});

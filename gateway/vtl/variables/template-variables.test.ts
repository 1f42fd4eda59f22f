/** The rows of apigateway.md 3.1 to 3.6, each with its evidence: what templates of API Gateway see of a request. */
import { describe, expect, test } from 'vitest';
import { DEFAULT_LIMITS, Meter } from '../meter.ts';
import { compileTemplate } from '../template.ts';
import { TemplateError } from '../template-error.ts';
import type { ValueMap } from '../values.ts';
import { type ContextFields, contextVariable } from './context.ts';
import { requestOverrides, responseOverrides } from './overrides.ts';
import { templateVariables } from './template-variables.ts';

interface Given {
  readonly body?: string;
  readonly path?: Readonly<Record<string, readonly string[]>>;
  readonly querystring?: Readonly<Record<string, readonly string[]>>;
  readonly header?: Readonly<Record<string, readonly string[]>>;
  readonly stageVariables?: Readonly<Record<string, string>>;
  readonly context?: ValueMap;
}

function render(template: string, given: Given = {}): string {
  const { body = '', path = {}, querystring = {}, header = {}, stageVariables = {} } = given;
  const variables = templateVariables({
    body,
    path: new Map(Object.entries(path)),
    querystring: new Map(Object.entries(querystring)),
    header: new Map(Object.entries(header)),
    stageVariables,
    context: given.context ?? contextVariable({}),
  });
  return compileTemplate(template).render(variables);
}

function failure(template: string, given: Given = {}): TemplateError {
  try {
    render(template, given);
  } catch (error) {
    if (error instanceof TemplateError) return error;
    throw error;
  }
  throw new Error('the template did not fail');
}

describe('3.1 [R]: what a value of a payload prints', () => {
  const RESULT = '#set($result = $input.path("$.json"))';
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
    ['{"body": $result, "nested": $result.nested}', '[]', '{"body": [], "nested": }'],
    ['{"body": $result, "nested": $result.nested}', 'null', '{"body": , "nested": }'],
    ['#if($result == $null)a#{else}b#end#if($result == "")c#{else}d#end', 'null', 'ac'],
    ['#if($result == $null)a#{else}b#end#if($result == "")c#{else}d#end', '[]', 'bd'],
  ])('%s of %s', (template, json, printed) => {
    expect(render(RESULT + template, { body: `{"json": ${json}}` })).toBe(printed);
  });

  test('a path that leads nowhere prints nothing, and is both null and empty', () => {
    const template = '#set($r = $input.path("$.none"))[$r]#if($r == $null)a#end#if($r == "")b#end';
    expect(render(template)).toBe('[]ab');
  });

  test.each([
    ['$p.keySet()', '[name, tags, n]'],
    ["$p.get('name')", 'Rex'],
    ["$p.put('new', 1)$p.new", '1'],
    ['$p.tags.size()', '2'],
    ["$p.tags.contains('a')", 'true'],
    ['$p.tags.isEmpty()', 'false'],
    ["$p.name.replaceAll('e', 'a')", 'Rax'],
    ['$p.name.substring(1)', 'ex'],
    ["$p.name.split('e')[1]", 'x'],
    ["$p.name.equals('Rex')", 'true'],
    ["$p.name.matches('R.*')", 'true'],
    ['$p.name.length()', '3'],
    ['$p.n', '1.50'.replace('0', '')],
    ['#foreach($tag in $p.tags)$tag#if($foreach.hasNext),#end#end', 'a,b'],
    ['#foreach($key in $p.keySet())$key=$p.get($key);#end', 'name=Rex;tags=["a","b"];n=1.5;'],
  ])('[D]: values of a payload have the methods of Java: %s', (template, printed) => {
    const body = '{"name":"Rex","tags":["a","b"],"n":1.50}';
    expect(render(`#set($p = $input.path('$'))${template}`, { body })).toBe(printed);
  });

  test('[D]: more than 1,000 turns of one #foreach end it', () => {
    const body = JSON.stringify(Array.from({ length: 1001 }, (_, at) => at));
    expect(failure("#foreach($i in $input.path('$'))$i#end", { body }).code).toBe('TEMPLATE_LIMIT');
    expect(render("#foreach($i in $input.path('$[0:1000]'))x#end", { body })).toBe('x'.repeat(1000));
  });
});

describe('3.2: $input', () => {
  test.each([
    // [R]: an empty body reads as an empty object.
    ['$input.body', '', '{}'],
    ['$util.urlEncode($input.body)', '', '%7B%7D'],
    ["$input.json('$')", '', '{}'],
    ['$input.body', ' {"a": 1} ', ' {"a": 1} '],
    ['$input.body', 'no JSON', 'no JSON'],
    // [R]: a text has no members.
    ['[$input.body.a]', '{"a":1}', '[]'],
    // [D]: JSON text.
    [
      "$input.json('$')",
      ' { "b" : [ 1.0, "é", null, true ], "a" : {} } ',
      '{"b":[1.0,"é",null,true],"a":{}}',
    ],
    ["$input.json('$.b[0]')", '{"b":["x"]}', '"x"'],
    ["$input.json('$.b[*].c')", '{"b":[{"c":1},{"c":2}]}', '[1,2]'],
    ["$input.json('$.b')", '{"b":null}', 'null'],
    ["$input.json('b')", '{"b":9007199254740993}', '9007199254740993'],
    // [L]: missing paths, and payloads that are no JSON.
    ["$input.json('$.x')", '{}', '""'],
    ["$input.json('$')", 'no JSON', '""'],
    ["[$input.path('$.x')]", '{}', '[]'],
    ["[$input.path('$')]", 'no JSON', '[]'],
    ["[$input.path('$.a[0]')]", '{"a":{}}', '[]'],
    ["#set($p = $input.path('$.a'))$p.b", '{"a":{"b":"x"}}', 'x'],
    ["$input.path('$.l').size()", '{"l":[1,2]}', '2'],
    ["$input.path('$.l.length()')", '{"l":[1,2]}', '2'],
    ['[$input.json()][$input.path()][$input.json(1)]', '{}', '[][][]'],
  ])('%s of %j', (template, body, printed) => {
    expect(render(template, { body })).toBe(printed);
  });

  test('[D]: params in all its forms', () => {
    const given: Given = {
      path: { id: ['7'], both: ['path'] },
      querystring: { q: ['a', 'b c'], both: ['query'], two: ['query'] },
      header: { 'X-Trace': ['t'], two: ['header'], both: ['header'] },
    };
    const shows = (template: string): string => render(template, given);
    expect(shows("$input.params('id')")).toBe('7');
    // First path, then query, then header; of repeated ones the last [L].
    expect(shows("$input.params('both') $input.params('two') $input.params('q')")).toBe('path query b c');
    expect(shows("$input.params('X-Trace') [$input.params('x-trace')] [$input.params('none')]")).toBe(
      't [] []',
    );
    expect(shows('$input.params().keySet()')).toBe('[path, querystring, header]');
    expect(shows('$input.params().path.id $input.params().querystring.get("q")')).toBe('7 b c');
    expect(shows("$input.params().header.get('X-Trace')")).toBe('t');
    expect(shows('$input.params().path')).toBe('{id=7, both=path}');
    expect(
      shows(
        '#foreach($type in $input.params().keySet())#set($all = $input.params().get($type))$type:#foreach($name in $all.keySet()) $name#end;#end',
      ),
    ).toBe('path: id both;querystring: q both two;header: X-Trace two both;');
    expect(render("[$input.params('id')][$input.params().path]")).toBe('[][{}]');
  });

  test('a path that is no path ends the rendering, and says where', () => {
    const error = failure("{\n  $input.json('$.a b')}");
    expect(error.code).toBe('TEMPLATE_FAILED');
    expect(error.line).toBe(2);
    expect(error.reason).toContain('the JSONPath $.a b cannot be used: a blank stands in the path');
  });

  test('a payload is parsed once, and only when it is asked for', () => {
    const body = JSON.stringify(Array.from({ length: 50_000 }, (_, id) => ({ id, name: 'x'.repeat(20) })));
    const asking = `#foreach($i in [1..300])$input.path('$[10].id')#end`;
    expect(render(asking, { body })).toBe('10'.repeat(300));
    expect(render('$input.params("x")', { body: `${'['.repeat(100_000)}` })).toBe('');
  });

  test('work that paths make counts as work of the template', () => {
    const body = JSON.stringify(
      Array.from({ length: 2000 }, () => [
        [[1], [2]],
        [[3], [4]],
      ]),
    );
    expect(failure("#foreach($i in [1..1000])$input.path('$..*..*')#end", { body }).code).toBe(
      'TEMPLATE_LIMIT',
    );
  });

  test('names that JavaScript knows are names like any other', () => {
    expect(render("[$input.constructor][$input['__proto__']][$input.toString.x]")).toBe('[][][]');
    expect(render("[$input.params('constructor')][$input.params().constructor]")).toBe('[][]');
    expect(render("$input.path('$').constructor", { body: '{"constructor":1}' })).toBe('1');
    expect(render("$input.json('$.__proto__')", { body: '{"__proto__":{"a":1}}' })).toBe('{"a":1}');
  });
});

test.each([
  ['$stageVariables.name'],
  ["$stageVariables['name']"],
  ["${stageVariables['name']}"],
  ['${stageVariables.name}'],
  ["$stageVariables.get('name')"],
])('3.3 [D]: %s', template => {
  expect(render(template, { stageVariables: { name: 'v1' } })).toBe('v1');
  // [R]: undefined ones are empty.
  expect(render(`[${template}]`)).toBe('[]');
});

describe('3.4: $util', () => {
  test.each([
    [
      "$util.escapeJavaScript($input.path('$.s'))",
      `{"s":"it's \\"q\\"\\n/ä"}`,
      `it\\'s \\"q\\"\\n\\/\\u00E4`,
    ],
    // What AWS recommends.
    [`$util.escapeJavaScript($input.path('$.s')).replaceAll("\\\\'","'")`, `{"s":"it's"}`, `it's`],
    ["$util.escapeJavaScript($input.json('$'))", '{"s":1}', '{\\"s\\":1}'],
    // [L]: null, and what is no text.
    ["$util.escapeJavaScript($input.path('$.x'))", '{}', 'null'],
    ["$util.escapeJavaScript($input.path('$.n'))", '{"n":1.5}', '1.5'],
    ["$util.parseJson($input.path('$.s')).a[1].b", '{"s":"{\\"a\\":[0,{\\"b\\":\\"c\\"}]}"}', 'c'],
    ["$util.parseJson('[1,2]').size() $util.parseJson('\"x\"') $util.parseJson('1.0')", '', '2 x 1.0'],
    // [R]
    ['$util.urlEncode($input.body)', '{"some": "value"}', '%7B%22some%22%3A+%22value%22%7D'],
    ["$util.urlDecode('%7B%22some%22%3A+%22value%22%7D')", '', '{"some": "value"}'],
    ['[$util.urlEncode($none)][$util.urlDecode($none)]', '', '[][]'],
    ["$util.base64Encode('ä€') $util.base64Decode('w6Tigqw=')", '', 'w6Tigqw= ä€'],
    ['[$util.base64Encode($none)][$util.base64Decode($none)][$util.parseJson($none)]', '', '[][][]'],
    // No others exist.
    ["[$util.toJson('x')][$util.time.nowISO8601()][$util.constructor][$util.urlEncode()]", '', '[][][][]'],
  ])('%s', (template, body, printed) => {
    expect(render(template, { body })).toBe(printed);
  });

  test.each([
    ["$util.parseJson('{a}')", 'parseJson was given what is no JSON'],
    ["$util.urlDecode('%zz')", 'urlDecode was given "%zz"'],
    ["$util.base64Decode('a')", 'base64Decode was given what is no Base64'],
  ])('%s ends the rendering', (template, reason) => {
    expect(failure(template).reason).toContain(reason);
  });
});

test('3.5 [D]: $context by all ways to read it', () => {
  const fields: ContextFields = {
    apiId: 'abcdefghij',
    identity: { sourceIp: '127.0.0.1' },
    authorizer: {
      principalId: 'me',
      properties: { role_name: 'admin' },
      claims: { sub: 's-1', email: 'a@b.c' },
    },
    isCanaryRequest: true,
    requestTimeEpoch: 1_583_349_317_135,
  };
  const shows = (template: string): string => render(template, { context: contextVariable(fields) });
  expect(shows('$context.apiId ${context.identity.sourceIp} $context["identity"]["sourceIp"]')).toBe(
    'abcdefghij 127.0.0.1 127.0.0.1',
  );
  expect(shows('$context.authorizer.principalId $context.authorizer.role_name')).toBe('me admin');
  expect(
    shows("$context.authorizer.claims.sub $context.authorizer.claims['email'] [$context.authorizer.claims]"),
  ).toBe('s-1 a@b.c []');
  expect(shows('$context.requestTimeEpoch $context.isCanaryRequest')).toBe('1583349317135 true');
  expect(shows('[$context.identity.userArn][$context.none.at.all][$context.ApiId]')).toBe('[][][]');
  expect(render('[$context.isCanaryRequest]')).toBe('[]');
});

describe('3.6 [R]: overrides', () => {
  const meter = new Meter(DEFAULT_LIMITS);
  test.each([
    ['#set($context.responseOverride.status = 400)', 400],
    ['#set($context.responseOverride.status = 600)', undefined],
    ['#set($context["responseOverride"]["status"] = 204)', 204],
    ['$context.responseOverride.put("status", 201)', 201],
    ["#set($context.responseOverride.status = $input.path('$.code'))", 418],
  ])('%s', (template, status) => {
    const context = contextVariable({});
    render(template, { context, body: '{"code":418}' });
    expect(responseOverrides(context, meter).status).toBe(status);
  });

  test.each([
    '#set($context.requestOverride.querystring.x = "v")',
    '#set($name = "x")#set($context.requestOverride.querystring[$name] = "v")',
    '#set($context["requestOverride"].querystring["x"] = "v")',
    '#set($query = $context.requestOverride.querystring)#set($query.x = "v")',
    '$context.requestOverride.querystring.put("x", "v")',
  ])('%s', template => {
    const context = contextVariable({});
    expect(render(template, { context })).toBe('');
    expect(requestOverrides(context, meter).querystring).toEqual(new Map([['x', 'v']]));
    // 2.5: what the request template set, the response template reads.
    expect(render('$context.requestOverride.querystring.x', { context })).toBe('v');
  });

  test('2.5: a response override may be set by the request template, and unknown members live on', () => {
    const context = contextVariable({});
    render(
      '#set($context.responseOverride.status = 444)#set($context.responseOverride.header.foo = "bar")#set($context.responseOverride.custom = "kept"){"statusCode": 200}',
      { context },
    );
    expect(render('$context.responseOverride.custom', { context })).toBe('kept');
    expect(responseOverrides(context, meter)).toEqual({ status: 444, header: new Map([['foo', 'bar']]) });
  });

  test('[D]: a list is a header of several values', () => {
    const context = contextVariable({});
    render('#set($context.responseOverride.header.v = ["a", "b"])', { context });
    expect(responseOverrides(context, meter).header).toEqual(new Map([['v', 'a,b']]));
  });
});

import { expect, test } from 'vitest';
import type { Json } from '../contract/json/value.ts';
import type { Contract } from '../contract/model.ts';
import { contractFromValue } from '../contract/read.ts';
import { gatewayTarget } from './target.ts';

/** Twice 160 paths, under a tag each, and one without. */
function largeContract(): Contract {
  const responses: Json = { '204': { description: 'x' } };
  const paths: Record<string, Json> = { '/other': { get: { responses } } };
  for (let index = 0; index < 320; index += 1) {
    paths[`/p${index}`] = { get: { tags: [index % 2 === 0 ? 'Even Ones' : 'Odd'], responses } };
  }
  const { contract } = contractFromValue({ openapi: '3.1.1', info: { title: 'Large', version: '1' }, paths });
  if (contract === undefined) throw new Error('no contract');
  return contract;
}

const input = (choices: Record<string, unknown>): Parameters<typeof gatewayTarget.emit>[0] => ({
  name: 'large',
  contract: largeContract(),
  spec: '../large.yaml',
  language: 'ts',
  choices,
});

test('what is too large is refused, with the plan of a split', () => {
  expect(() => gatewayTarget.emit(input({}))).toThrow(
    expect.objectContaining({
      code: 'TARGET_REQUIREMENT',
      message: expect.stringMatching(/makes 322 resources.*Even Ones: 160 operations, 161 resources/s),
    }),
  );
});

test('a glance is enough to refuse it, and nothing is refused that may be large', () => {
  expect(() => gatewayTarget.refuse?.(input({}))).toThrow(/makes 322 resources/);
  for (const choices of [{ anySize: true }, { split: 'tag' }])
    expect(() => gatewayTarget.refuse?.(input(choices))).not.toThrow();
});

test('each tag is a document of its own', () => {
  const files = gatewayTarget.emit(input({ split: 'tag' }));
  expect(files.map(({ path }) => path)).toEqual([
    'large.untagged.openapi.json',
    'large.even-ones.openapi.json',
    'large.odd.openapi.json',
  ]);
  const titles = files.map(({ text }) => (JSON.parse(text) as { info: { title: string } }).info.title);
  expect(titles).toEqual(['Large untagged', 'Large Even Ones', 'Large Odd']);
});

test('with raised quotas it is one', () => {
  const files = gatewayTarget.emit(input({ anySize: true, yaml: true, format: 'swagger' }));
  expect(files.map(({ path }) => path)).toEqual(['large.swagger.yaml']);
  expect(files[0]?.text).toMatch(/^# Made by rehearsal generate gateway .*\nswagger: "2.0"\n/);
});

test('a stage has a folder, its integrations, and its authorizers', () => {
  const { contract } = contractFromValue({
    openapi: '3.1.1',
    info: { title: 'T', version: '1' },
    paths: {
      '/a': { get: { security: [{ who: [] }], responses: { '204': { description: 'x' } } } },
      '/b': { get: { 'x-amazon-apigateway-integration': { type: 'http_proxy' }, responses: { '204': {} } } },
    },
    components: { securitySchemes: { who: { type: 'http', scheme: 'basic' } } },
  });
  if (contract === undefined) throw new Error('no contract');
  const of = (provider: string, settings: object): readonly unknown[] => {
    const [file] = gatewayTarget.emit({
      ...input({}),
      contract,
      stage: { name: 'prod', provider, settings },
    });
    const { paths, ...rest } = JSON.parse(file?.text ?? '') as {
      paths: Record<string, Record<string, never>>;
    };
    const types = Object.values(paths).map(({ get }) => get?.['x-amazon-apigateway-integration']['type']);
    return [file?.path, rest, types, paths['/a']?.['get']?.['security']];
  };
  const secured = of('aws', { integration: 'aws_proxy', authorizers: { who: 'iam' } });
  expect(secured).toEqual([
    'prod/large.openapi.json',
    expect.objectContaining({ 'x-rehearsal': expect.stringContaining('from ../../large.yaml.') }),
    ['aws_proxy', 'http_proxy'],
    [{ who: [] }],
  ]);
  expect(of('local', {}).slice(2)).toEqual([['mock', 'mock'], undefined]);
  expect(of('aws', {}).slice(2)).toEqual([['mock', 'http_proxy'], undefined]);
  const some = { integration: 'mock', integrations: { operations: { 'GET /b': 'http' } } };
  expect(of('local', some).slice(2)).toEqual([['mock', 'http'], undefined]);
});

import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Example } from '../model.ts';
import { type Answer, mockPlan } from '../plan/mock-plan.ts';
import { type LoadOptions, loadContracts } from './load-contracts.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rehearsal-external-'));
  mkdirSync(join(folder, 'specs/files'), { recursive: true });
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});
const put = (name: string, bytes: string | Uint8Array): void => writeFileSync(join(folder, name), bytes);
const document = (address: string, mediaType: string, schema = '{}'): string =>
  `openapi: 3.1.1\ninfo: { title: T, version: '1' }\npaths:\n  /a:\n    get:\n      responses:\n        '200':\n          description: a\n          content:\n            ${mediaType}:\n              schema: ${schema}\n              examples:\n                kept: { externalValue: '${address}' }\n`;

interface Loaded {
  readonly example: Example | undefined;
  readonly answer: Answer | undefined;
  readonly problems: readonly string[];
  readonly files: readonly string[];
}

async function load(options: LoadOptions = {}): Promise<Loaded> {
  const [loaded] = await loadContracts(['specs/api.yaml'], { cwd: folder, ...options });
  const [operation] = loaded?.contract?.operations ?? [];
  const plan = operation && mockPlan(operation);
  const answer = plan?.answers[0];
  void answer?.body;
  return {
    example: operation?.responses[0]?.content[0]?.examples[0],
    answer,
    problems: (plan?.problems ?? []).map(({ rule, message }) => `${rule}: ${message}`),
    files: (loaded?.files ?? []).map(file => file.slice(folder.length + 1)),
  };
}

const textOf = (answer: Answer | undefined): string => new TextDecoder().decode(answer?.body);

describe('what is answered with', () => {
  test('bytes as they are, with the name of the example', async () => {
    const bytes = Uint8Array.of(0x89, 0x50, 0xff, 0x00, 0x0a);
    put('specs/files/logo.png', bytes);
    put('specs/api.yaml', document('./files/logo.png', 'image/png'));
    const { answer, problems, files } = await load();
    expect(new Uint8Array(answer?.body ?? [])).toEqual(bytes);
    expect([answer?.name, answer?.origin, answer?.headers]).toEqual([
      'kept',
      'example',
      [['Content-Type', 'image/png']],
    ]);
    expect(problems).toEqual([]);
    expect(files).toEqual(['specs/api.yaml', 'specs/files/logo.png']);
  });

  test('JSON that keeps to its schema, byte for byte', async () => {
    put('specs/pets.json', '{ "id":  1 }\n');
    put('specs/api.yaml', document('pets.json', 'application/json', '{ required: [id] }'));
    expect(textOf((await load()).answer)).toBe('{ "id":  1 }\n');
  });

  test('an address is taken relative to the file it stands in', async () => {
    put('specs/files/example.yaml', 'externalValue: ./text.txt\n');
    put('specs/files/text.txt', 'here');
    put(
      'specs/api.yaml',
      document('x', 'text/plain').replace("{ externalValue: 'x' }", "{ $ref: 'files/example.yaml' }"),
    );
    const { answer, files } = await load();
    expect(textOf(answer)).toBe('here');
    expect(files.toSorted()).toEqual(['specs/api.yaml', 'specs/files/example.yaml', 'specs/files/text.txt']);
  });

  test.each([
    ['application/json', '{ required: [id] }', '{}', /^example-invalid: The example "kept" .*must have/],
    ['application/json', '{ type: object }', '{"a":', /^example-invalid: The example "kept" .*JSON/],
    ['application/json', '{ type: object }', '\u00ff', /^example-invalid: /],
    ['text/plain', '{ type: string, maxLength: 3 }', 'long', /^example-invalid: /],
    ['text/plain', '{ type: integer }', 'x', /^example-invalid: /],
    ['multipart/mixed', '{ type: object }', '--x\r\n', /^example-invalid: .*boundary/],
  ])('not with what breaks the contract: %s %s', async (mediaType, schema, text, problem) => {
    put('specs/kept', Buffer.from(text, 'latin1'));
    put('specs/api.yaml', document('kept', mediaType, schema));
    const { answer, problems } = await load();
    expect(answer?.name).toBeUndefined();
    expect(problems[0]).toMatch(problem);
  });

  test('text of a number or a text is what its schema says', async () => {
    put('specs/kept', '42');
    put('specs/api.yaml', document('kept', 'text/plain', '{ type: integer }'));
    expect(textOf((await load()).answer)).toBe('42');
  });
});

describe('what is not read', () => {
  test.each([
    ['a file above', '../secret.txt', "it lies outside the document's folder"],
    ['a file above, encoded', '%2e%2e/secret.txt', "it lies outside the document's folder"],
    ['an absolute path', '/etc/hostname', "it lies outside the document's folder"],
    ['a file URL', 'file:///etc/hostname', "it lies outside the document's folder"],
    ['a link that leads out', 'link.txt', "it lies outside the document's folder"],
    ['a device', 'file:///dev/zero', "it lies outside the document's folder"],
    ['a slash that is encoded', '..%2fsecret.txt', 'it names no file'],
    ['a folder', 'files', 'it is no file'],
    ['a missing file', 'none.txt', 'there is no such file'],
    ['a URL', 'https://example.com/a.txt', 'it is a URL, and URLs are not fetched'],
    ['another scheme', 'data:text/plain,hi', 'it names no file'],
  ])('%s', async (_what, address, reason) => {
    put('secret.txt', 'secret');
    symlinkSync('../secret.txt', join(folder, 'specs/link.txt'));
    put('specs/api.yaml', document(address, 'text/plain', '{ type: string }'));
    const { example, answer, problems } = await load();
    expect(example?.external).toMatchObject({ unavailable: expect.stringContaining(reason) });
    expect(answer?.name).toBeUndefined();
    expect(textOf(answer)).not.toContain('secret');
    expect(problems[0]).toMatch(/^example-external: /);
    expect(problems.join()).not.toContain(folder);
  });

  test('outside files are read when told', async () => {
    put('secret.txt', 'shared');
    put('specs/api.yaml', document('../secret.txt', 'text/plain'));
    expect(textOf((await load({ allowOutside: true })).answer)).toBe('shared');
  });

  test('words in data that look the same do no harm', async () => {
    put(
      'specs/api.yaml',
      document('none.txt', 'text/plain', '{ type: object, example: { externalValue: 5 } }'),
    );
    expect((await load()).problems[0]).toMatch(/^example-external: /);
  });
});

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RehearsalError } from '../errors.ts';
import type { Contract } from '../model.ts';
import { type LoadOptions, loadContracts } from './load-contracts.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rehearsal-load-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const put = (files: Readonly<Record<string, string | Uint8Array>>): void => {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
};
const doc = (schemas = '', title = 'T'): string =>
  `openapi: 3.1.1\ninfo: {title: ${title}, version: "1"}\npaths: {}\ncomponents:\n  schemas:\n    ${schemas || 'A: {}'}\n`;
const load = (specs: readonly string[], options: LoadOptions = {}): ReturnType<typeof loadContracts> =>
  loadContracts(specs, { cwd: folder, ...options });
const codeOf = async (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'none',
    (error: RehearsalError) => error.code ?? String(error),
  );

/** Reads every schema; `severity rule` and where, of what was met. */
const problemsOf = (contract: Contract | undefined): readonly string[] => {
  for (const schema of contract?.schemas.values() ?? []) {
    void schema.types;
    for (const property of schema.properties.values()) void property.types;
  }
  return (contract?.problems ?? []).map(({ severity, rule }) => `${severity} ${rule}`);
};

describe('what a person may type', () => {
  it('takes files, folders, globs and each file once', async () => {
    put({
      'specs/b.yaml': doc(),
      'specs/a.json': '{"info": {"title": "x"}, "openapi": "3.0.0", "paths": {}}',
      'specs/part.yaml': 'type: object',
      'specs/notes.txt': 'openapi: 3.1.1',
      'specs/deep/c.yml': doc(),
    });
    const names = async (...specs: string[]): Promise<readonly string[]> =>
      (await load(specs)).map(({ name }) => name);
    expect(await names('specs/b.yaml')).toEqual(['specs/b.yaml']);
    expect(await names('specs')).toEqual(['specs/a.json', 'specs/b.yaml']);
    expect(await names('specs/b.yaml', 'specs', './specs/b.yaml')).toEqual(['specs/b.yaml', 'specs/a.json']);
    expect(await names('specs/**/*.yml')).toEqual(['specs/deep/c.yml']);
    expect(await names(join(folder, 'specs/b.yaml'))).toEqual([join(folder, 'specs/b.yaml')]);
  });

  it('takes a file whose name looks like a glob', async () => {
    put({ 'a[1].yaml': doc() });
    expect((await load(['a[1].yaml'])).length).toBe(1);
  });

  it.each<[string, readonly string[], string]>([
    ['a missing file', ['none.yaml'], 'DOCUMENT_NOT_FOUND'],
    ['a folder without documents', ['empty'], 'DOCUMENT_EMPTY_FOLDER'],
    ['a second folder without documents', ['good.yaml', 'empty'], 'DOCUMENT_EMPTY_FOLDER'],
    ['a glob without matches', ['*.json'], 'DOCUMENT_NO_MATCH'],
    ['a URL without leave', ['https://example.com/api.yaml'], 'DOCUMENT_REMOTE'],
    ['a path through a file', ['good.yaml/x.yaml'], 'DOCUMENT_NOT_FOUND'],
    ['bytes that are no text', ['bytes.yaml'], 'DOCUMENT_UNREADABLE'],
  ])('refuses %s', async (_what, specs, code) => {
    put({ 'good.yaml': doc(), 'empty/readme.md': '#', 'bytes.yaml': Uint8Array.of(0xff, 0xfe, 0x00, 0xd8) });
    expect(await codeOf(load(specs))).toBe(code);
  });

  it('refuses a text beyond the limit without reading it', async () => {
    put({ 'big.yaml': '' });
    execFileSync('truncate', ['-s', '100M', join(folder, 'big.yaml')]);
    const error = await load(['big.yaml']).catch((caught: RehearsalError) => caught);
    expect((error as RehearsalError).message).toBe(
      'big.yaml has 100 MB; documents of up to 64 MB are read. Split the document, or take recorded bodies out of its examples.',
    );
  });

  it.skipIf(process.platform === 'win32')(
    'refuses a pipe instead of waiting for it, and passes over it in a folder',
    async () => {
      put({ 'specs/good.yaml': doc() });
      execFileSync('mkfifo', [join(folder, 'specs/pipe.yaml')]);
      expect(await codeOf(load(['specs/pipe.yaml']))).toBe('DOCUMENT_UNREADABLE');
      expect((await load(['specs'])).map(({ name }) => name)).toEqual(['specs/good.yaml']);
    },
  );

  it('takes no notice of other files in a folder, whatever is in them', async () => {
    put({
      'specs/good.yaml': doc(),
      'specs/bytes.json': Uint8Array.of(0x89, 0x50, 0xff, 0x00),
      'specs/data.json': '{"not": ["openapi"]}',
    });
    execFileSync('truncate', ['-s', '100M', join(folder, 'specs/recording.json')]);
    expect((await load(['specs'])).map(({ name }) => name)).toEqual(['specs/good.yaml']);
  });

  it('does not let one unreadable document hide the others', async () => {
    put({ 'specs/a.yaml': doc(), 'specs/b.yaml': Buffer.from(`\uFEFF${doc()}`, 'utf16le') });
    const loaded = await load(['specs']);
    expect(
      loaded.map(({ name, contract, problems }) => [name, contract?.title, problems.map(({ rule }) => rule)]),
    ).toEqual([
      ['specs/a.yaml', 'T', []],
      ['specs/b.yaml', undefined, ['document-unreadable']],
    ]);
  });

  it('finds a document behind a byte order mark', async () => {
    put({ 'specs/a.yaml': `\uFEFF${doc()}`, 'specs/b.json': '\uFEFF{"openapi": "3.1.1", "paths": {}}' });
    expect((await load(['specs'])).map(({ contract }) => contract?.dialect)).toEqual(['3.1', '3.1']);
  });

  it('does not pass over a broken document in a folder', async () => {
    put({
      'specs/broken.yaml': 'openapi: 3.1.1\npaths: [\n',
      'specs/broken.json': '{"info": {}, "openapi": "3.1.1", }',
    });
    const loaded = await load(['specs']);
    expect(loaded.map(({ name, problems }) => `${name} ${problems[0]?.rule}`)).toEqual([
      'specs/broken.json document-syntax',
      'specs/broken.yaml document-syntax',
    ]);
  });
});

describe('several files', () => {
  it('follows references from file to file, relative to the file they stand in', async () => {
    put({
      'api.yaml': doc(
        "A: {$ref: 'parts/a.yaml'}\n    B: {$ref: './parts/b.json#/defs/B'}\n    C: {$ref: './with space.yaml'}\n    D: {$ref: './with%20space.yaml#'}\n    E: {$ref: './%70lain.yaml'}\n    F: {$ref: 'parts/../plain.yaml'}",
      ),
      'parts/a.yaml':
        "type: object\nproperties:\n  up: {$ref: '../plain.yaml'}\n  side: {$ref: 'b.json#/defs/B'}\n  back: {$ref: '../api.yaml#/components/schemas/A'}\n",
      'parts/b.json': '{"defs": {"B": {"type": "integer", "maximum": 9223372036854775807}}}',
      'plain.yaml': 'type: boolean',
      'with space.yaml': 'type: string',
    });
    const [loaded] = await load(['api.yaml']);
    const { contract } = loaded ?? {};
    expect(problemsOf(contract)).toEqual([]);
    const types = Object.fromEntries(
      [...(contract?.schemas ?? [])].map(([name, schema]) => [name, schema.types?.[0]]),
    );
    expect(types).toEqual({
      A: 'object',
      B: 'integer',
      C: 'string',
      D: 'string',
      E: 'boolean',
      F: 'boolean',
    });
    const a = contract?.schemas.get('A');
    expect(a?.properties.get('up')?.types).toEqual(['boolean']);
    expect(a?.properties.get('side')?.types).toEqual(['integer']);
    expect(a?.properties.get('back')).toBe(a);
    expect(a?.source.document.name).toBe('parts/a.yaml');
    expect(loaded?.files.map(file => file.slice(folder.length + 1)).toSorted()).toEqual([
      'api.yaml',
      'parts/a.yaml',
      'parts/b.json',
      'plain.yaml',
      'with space.yaml',
    ]);
  });

  it('reads parameters, path items and examples from other files', async () => {
    put({
      'api.yaml': "openapi: 3.0.4\ninfo: {title: T, version: '1'}\npaths:\n  /a: {$ref: './paths.yaml#/a'}\n",
      'paths.yaml':
        "a:\n  get:\n    parameters: [{$ref: '#/limit'}]\n    responses:\n      '200': {description: x, content: {application/json: {examples: {one: {$ref: 'one.yaml'}}}}}\nlimit: {name: limit, in: query, schema: {type: integer}}\n",
      'one.yaml': 'value: {id: 1}\n',
    });
    const [loaded] = await load(['api.yaml']);
    const [operation] = loaded?.contract?.operations ?? [];
    expect(operation?.parameters.map(({ name }) => name)).toEqual(['limit']);
    expect(operation?.responses[0]?.content[0]?.examples[0]?.value).toEqual({ id: 1 });
    expect(loaded?.contract?.problems).toEqual([]);
  });

  it('takes produces of the root document for an operation in another file', async () => {
    put({
      'api.yaml': "swagger: '2.0'\nproduces: [text/plain]\npaths:\n  /a: {$ref: './a.yaml'}\n",
      'a.yaml': "get: {responses: {'200': {description: x, schema: {type: string}}}}\n",
    });
    const [loaded] = await load(['api.yaml']);
    expect(loaded?.contract?.operations[0]?.responses[0]?.content.map(({ mediaType }) => mediaType)).toEqual([
      'text/plain',
    ]);
  });

  it('leaves examples alone that look like references', async () => {
    put({
      'api.yaml': doc(
        "A: {type: object, properties: {example: {$ref: './e.yaml'}}, example: {$ref: './nothing.yaml'}, default: {$ref: '../../etc/passwd'}}",
      ),
      'e.yaml': 'type: integer',
    });
    const [loaded] = await load(['api.yaml']);
    expect(problemsOf(loaded?.contract)).toEqual([]);
    expect(loaded?.contract?.schemas.get('A')?.properties.get('example')?.types).toEqual(['integer']);
    expect(loaded?.files.length).toBe(2);
  });

  it.each<[string, string, string]>([
    ['a missing file', './none.yaml', 'fatal reference-file'],
    ['a missing pointer of a file', './good.yaml#/nothing', 'fatal reference-missing'],
    ['a broken file', './broken.yaml', 'fatal document-unreadable'],
    ['bytes', './bytes.yaml', 'fatal reference-file'],
    ['a folder', './sub', 'fatal reference-file'],
    ['a file above', '../secret.yaml', 'fatal reference-outside'],
    ['a file above, encoded', './%2e%2e/secret.yaml', 'fatal reference-outside'],
    ['a file above, through a folder', 'sub/../../secret.yaml', 'fatal reference-outside'],
    ['a file above, its slash encoded', '..%2fsecret.yaml', 'fatal reference-file'],
    ['an absolute path', '/etc/hostname', 'fatal reference-outside'],
    ['a file URL', 'file:///etc/hostname', 'fatal reference-outside'],
    ['a link that leads out', './link.yaml', 'fatal reference-outside'],
    ['a folder link that leads out', './out/secret.yaml', 'fatal reference-outside'],
    ['a missing file above', '../none.yaml', 'fatal reference-outside'],
    ['a URL', 'https://example.com/a.yaml', 'fatal reference-remote'],
    ['a URL without scheme', '//example.com/a.yaml', 'fatal reference-file'],
    ['an odd scheme', 'ftp://example.com/a.yaml', 'fatal reference-file'],
  ])('refuses %s', async (_what, ref, problem) => {
    put({
      'specs/api.yaml': doc(`A: {$ref: '${ref}'}`),
      'specs/good.yaml': 'type: string',
      'specs/broken.yaml': 'a: [',
      'specs/sub/x.yaml': '',
      'secret.yaml': 'type: string',
      'specs/bytes.yaml': Uint8Array.of(0xff, 0xff),
    });
    symlinkSync('../secret.yaml', join(folder, 'specs/link.yaml'));
    symlinkSync('..', join(folder, 'specs/out'));
    const [loaded] = await load(['specs/api.yaml']);
    expect(problemsOf(loaded?.contract)).toEqual([problem]);
    expect(loaded?.contract?.problems[0]?.source.pointer).toBe('/components/schemas/A/$ref');
    expect(JSON.stringify(loaded?.problems.map(({ message, fix }) => message + fix))).not.toContain(folder);
  });

  it('reads outside files when told', async () => {
    put({ 'specs/api.yaml': doc("A: {$ref: '../shared.yaml#/A'}"), 'shared.yaml': 'A: {type: integer}' });
    const [loaded] = await load(['specs/api.yaml'], { allowOutside: true });
    expect(problemsOf(loaded?.contract)).toEqual([]);
    expect(loaded?.contract?.schemas.get('A')?.types).toEqual(['integer']);
  });

  it('places the fault of another file in that file', async () => {
    put({ 'api.yaml': doc("A: {$ref: './broken.yaml'}"), 'broken.yaml': 'a: 1\nb: [\n' });
    const [loaded] = await load(['api.yaml']);
    problemsOf(loaded?.contract);
    expect(loaded?.contract?.problems[0]?.message).toMatch(/^broken\.yaml:\d+:\d+: /);
  });

  it('places what is wrong in a part in that part', async () => {
    put({ 'api.yaml': doc("A: {$ref: './part.yaml#/P'}"), 'part.yaml': 'P:\n  type: text\n' });
    const [loaded] = await load(['api.yaml']);
    problemsOf(loaded?.contract);
    const [problem] = loaded?.contract?.problems ?? [];
    const { line, column } = problem?.source.document.locate(problem.source.pointer) ?? {};
    expect(`${problem?.source.document.name}:${line}:${column}`).toBe('part.yaml:2:9');
  });
});

describe('the network, when told', () => {
  let server: Server;
  let base = '';
  beforeEach(async () => {
    const texts: Readonly<Record<string, string>> = {
      '/v1/api.yaml': doc("A: {$ref: './a.yaml'}\n    B: {$ref: '/gone.yaml'}"),
      '/v1/a.yaml': 'type: integer',
    };
    server = createServer((request, response) => {
      const text = texts[request.url ?? ''];
      if (request.url === '/moved') response.writeHead(302, { location: '/v1/api.yaml' }).end();
      else if (request.url === '/loop') response.writeHead(302, { location: '/loop' }).end();
      else response.writeHead(text === undefined ? 404 : 200).end(text);
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(() => void server.close());

  it('reads a document and the parts beside it', async () => {
    const [loaded] = await load([`${base}/v1/api.yaml`], { allowRemote: true });
    expect(loaded?.contract?.schemas.get('A')?.types).toEqual(['integer']);
    expect(problemsOf(loaded?.contract)).toEqual(['fatal reference-file']);
    expect(loaded?.contract?.problems[0]?.message).toContain('the server answers 404');
    expect(loaded?.files).toEqual([]);
  });

  it('follows a redirect, but not for ever', async () => {
    expect((await load([`${base}/moved`], { allowRemote: true }))[0]?.contract?.title).toBe('T');
    expect(await codeOf(load([`${base}/loop`], { allowRemote: true }))).toBe('DOCUMENT_UNREADABLE');
  });

  it('does not let a document reach into this machine', async () => {
    put({ 'api.yaml': doc(`A: {$ref: '${base}/v1/a.yaml'}`) });
    const [loaded] = await load(['api.yaml'], { allowRemote: true });
    expect(problemsOf(loaded?.contract)).toEqual(['fatal reference-file']);
    expect(loaded?.contract?.problems[0]?.message).toContain('private network');
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isArray, isObject, type Json, type JsonObject, own } from '../../contract/json/value.ts';
import { contractFromText } from '../../contract/read.ts';
import type { GeneratedFile, MergedFile } from '../../contract/target.ts';
import { postmanTarget } from '../target.ts';
import { BLOCK_ENDS } from './merge-scripts.ts';

const PATHS = `
  /pets:
    get: { tags: [pets], responses: { "200": { description: ok } } }
    post: { tags: [pets], responses: { "201": { description: made } } }
  /shops: { get: { tags: [shops], responses: { "200": { description: ok } } } }`;
const CHANGED = `${PATHS}
  /toys: { get: { tags: [toys], responses: { "200": { description: ok } } } }`.replace(
  '"200": { description: ok } } }\n    post',
  '"200": { description: ok }, "404": { description: none } } }\n    delete: { tags: [pets], responses: { "204": { description: gone } } }\n    post',
);

function filesOf(paths: string): readonly GeneratedFile[] {
  const { contract } = contractFromText(
    `openapi: 3.1.1\ninfo: { title: Pets, version: "1" }\nservers: [{ url: https://pets.example/v1 }]\nsecurity: [{ key: [] }]\ncomponents: { securitySchemes: { key: { type: apiKey, in: header, name: X-Key } } }\npaths:${paths}\n`,
  );
  if (contract === undefined) throw new Error('no contract');
  return postmanTarget.emit({
    name: 'pets',
    contract,
    spec: '../pets.yaml',
    language: 'ts',
    depth: 'examples',
  });
}

const [BEFORE, MOCK] = filesOf(PATHS) as [GeneratedFile, GeneratedFile];
const [AFTER] = filesOf(CHANGED) as [GeneratedFile];

type Tree = Record<string, unknown> & { item: Node[]; event: { script: { exec: string[] } }[] };
type Node = Record<string, unknown> & {
  name: string;
  item?: Node[];
  event?: { script: { exec: string[] } }[];
};

/** The collection as somebody has changed it. */
function edited(change: (tree: Tree) => void, file: GeneratedFile = BEFORE): GeneratedFile {
  const tree = JSON.parse(file.text) as Tree;
  change(tree);
  return { ...file, text: JSON.stringify(tree) };
}

function merged(before: GeneratedFile, made: GeneratedFile = AFTER): MergedFile {
  if (postmanTarget.merge === undefined) throw new Error('no merge');
  return postmanTarget.merge(before, made);
}

/** `folder/folder/item` of everything, in order. */
function outline(text: string): readonly string[] {
  const walk = (node: Json | undefined, above: string): readonly string[] => {
    const items = own(node, 'item');
    return isArray(items)
      ? items.filter(isObject).flatMap(one => {
          const name = `${above}${String(own(one, 'name'))}`;
          return own(one, 'item') === undefined ? [name] : [name, ...walk(one, `${name}/`)];
        })
      : [];
  };
  return walk(JSON.parse(text) as JsonObject, '');
}

function nodeAt(tree: Tree, ...names: readonly string[]): Node {
  let node: Node = { ...tree, name: '' };
  for (const name of names) {
    const next = node.item?.find(one => one.name.startsWith(name));
    if (next === undefined) throw new Error(name);
    node = next;
  }
  return node;
}

describe('nobody has changed anything', () => {
  test('then the file is what was made, byte for byte', () => {
    expect(merged(BEFORE)).toEqual({ text: AFTER.text, notes: [] });
    expect(merged(BEFORE, BEFORE)).toEqual({ text: BEFORE.text, notes: [] });
  });
});

describe('somebody has', () => {
  test('added items and folders, which stay where they are', () => {
    const before = edited(tree => {
      tree.item.unshift({ name: 'mine', item: [{ name: 'first', request: 'https://a.example' }] });
      nodeAt(tree, 'pets', '/pets').item?.push({ name: 'second', request: 'https://a.example' });
    });
    const { text, notes } = merged(before);
    const lines = outline(text);
    expect(lines.slice(0, 2)).toEqual(['mine', 'mine/first']);
    expect(lines).toContain('pets//pets/second');
    expect(lines.filter(line => line.includes('/toys'))).not.toEqual([]);
    expect(notes).toEqual(['keeps 2 items of your own']);
  });

  test('written tests, which stay beside the newest of ours', () => {
    const before = edited(tree => {
      nodeAt(tree, 'pets', '/pets', 'GET').event?.[0]?.script.exec.push('pm.test("mine", () => {});');
      tree.event[0]?.script.exec.unshift('// mine above');
      tree.event[0]?.script.exec.push('// mine below');
    });
    const tree = JSON.parse(merged(before).text) as Tree;
    expect(nodeAt(tree, 'pets', '/pets', 'GET').event?.[0]?.script.exec).toEqual([
      expect.stringMatching(/^rehearsal\(/),
      'pm.test("mine", () => {});',
    ]);
    const script = tree.event[0]?.script.exec ?? [];
    expect([script[0], ...script.slice(-2)]).toEqual(['// mine above', BLOCK_ENDS, '// mine below']);
    const made = (JSON.parse(AFTER.text) as Tree).event[0]?.script.exec.join('\n') ?? '';
    expect(script.join('\n')).toContain(made);
  });

  test('renamed, moved and removed items', () => {
    const before = edited(tree => {
      const pets = nodeAt(tree, 'pets', '/pets');
      nodeAt(tree, 'pets').name = 'animals';
      nodeAt(tree, 'animals', '/pets', 'GET').name = 'All of them';
      const post = pets.item?.findIndex(({ name }) => name.startsWith('POST')) ?? -1;
      tree.item.push(...(pets.item?.splice(post, 1) ?? []));
      tree.item.splice(
        tree.item.findIndex(({ name }) => name === 'shops'),
        1,
      );
    });
    const { text, notes } = merged(before);
    const lines = outline(text);
    expect(lines).toContain('animals//pets/All of them');
    expect(lines.filter(line => line.includes('DELETE'))[0]).toMatch(/^animals\/\/pets\/DELETE/);
    expect(lines.filter(line => line.includes('POST'))).toEqual([expect.stringMatching(/^POST/)]);
    expect(lines.filter(line => line.includes('shops'))).toEqual([]);
    expect(notes).toEqual(['keeps 1 item changed by hand', 'leaves out 1 item removed by hand']);
  });

  test('saved responses and requests; what the document asks for no more stays only where it was changed', () => {
    const before = edited(tree => {
      const get = nodeAt(tree, 'shops', '/shops', 'GET');
      get['response'] = [{ name: 'mine', code: 200 }];
    }, AFTER);
    const { text, notes } = merged(
      before,
      filesOf('\n  /pets: { get: { responses: { "200": { description: ok } } } }')[0],
    );
    const lines = outline(text);
    expect(lines.filter(line => line.includes('/shops/'))).toHaveLength(1);
    expect(lines.filter(line => line.includes('toys'))).toEqual([]);
    expect(notes).toEqual(['keeps 1 item changed by hand that the document asks for no more']);
  });

  test('copied an item with its id, so that two have it', () => {
    const before = edited(tree => {
      const pets = nodeAt(tree, 'pets', '/pets');
      pets.item?.push({ ...structuredClone(nodeAt(tree, 'pets', '/pets', 'GET')), name: 'copy' });
    });
    const { text } = merged(before);
    expect(outline(text).filter(line => line.endsWith('/copy'))).toHaveLength(1);
    expect(outline(text).filter(line => /\/GET \/pets/.test(line))).toHaveLength(1);
  });

  test('had Postman write it, with ids of its own: items are known by what their scripts say', () => {
    const before = edited(tree => {
      nodeAt(tree, 'pets', '/pets', 'GET')['id'] = 'another';
      nodeAt(tree, 'pets', '/pets', 'GET').name = 'Mine';
    });
    expect(outline(merged(before).text).filter(line => /GET \/pets|Mine/.test(line))).toEqual([
      'pets//pets/Mine',
    ]);
  });
});

test('whatever is changed, a second run changes nothing more', () => {
  const count = outline(BEFORE.text).length;
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(count), fc.constantFrom('remove', 'rename', 'copy', 'script', 'move'))),
      steps => {
        const before = edited(tree => {
          for (const [at, how] of steps) change(tree, at, how);
        });
        const once = merged(before).text;
        expect(merged({ ...BEFORE, text: once }).text).toBe(once);
      },
    ),
    { numRuns: 60 },
  );
});

function change(tree: Tree, at: number, how: string): void {
  const all: { readonly list: Node[]; readonly index: number }[] = [];
  const walk = (list: Node[]): void => {
    for (const [index, node] of list.entries()) {
      all.push({ list, index });
      if (node.item !== undefined) walk(node.item);
    }
  };
  walk(tree.item);
  const { list, index } = all[at % Math.max(1, all.length)] ?? { list: [], index: 0 };
  const node = list[index];
  if (node === undefined) return;
  if (how === 'remove') list.splice(index, 1);
  if (how === 'rename') node.name = `${node.name}!`;
  if (how === 'copy') list.push(structuredClone(node));
  if (how === 'script') node.event?.[0]?.script.exec.push('// mine');
  if (how === 'move') tree.item.unshift(...list.splice(index, 1));
}

describe('what cannot be merged is refused', () => {
  test('half a file, with the place', () => {
    const half = { ...BEFORE, text: BEFORE.text.slice(0, 500) };
    expect(() => merged(half)).toThrow(/is no JSON any more: line \d+, column \d+/);
  });

  test('a collection without its record', () => {
    const before = edited(tree => void tree.event.pop());
    expect(() => merged(before)).toThrow('does not say what was generated in it last');
  });
});

describe('an environment', () => {
  const filled = (key: string, value: string): GeneratedFile => {
    const { values, ...rest } = JSON.parse(MOCK.text) as { values: { key: string; value: string }[] };
    const others = values.some(one => one.key === key)
      ? []
      : [{ key, value, type: 'default', enabled: true }];
    const all = values.map(one => (one.key === key ? { ...one, value } : one));
    return { ...MOCK, text: JSON.stringify({ ...rest, values: [...all, ...others] }) };
  };
  const valueIn = (text: string, key: string): string | undefined =>
    (JSON.parse(text) as { values: { key: string; value: string }[] }).values.find(one => one.key === key)
      ?.value;

  test('keeps a secret that was filled in, and says so without saying it', () => {
    const { text, notes } = merged(filled('key', 'a-real-secret'), MOCK);
    expect(valueIn(text, 'key')).toBe('a-real-secret');
    expect(notes).toEqual([expect.stringMatching(/^holds the value of key, which stays.*--env-var/)]);
    expect(notes.join()).not.toContain('a-real-secret');
    expect(postmanTarget.removable?.(filled('key', 'a-real-secret'))).toBe(false);
  });

  test('keeps an address of another server and variables of somebody’s own, and renews the base path', () => {
    expect(valueIn(merged(filled('baseUrl', 'http://10.0.0.1/v9'), MOCK).text, 'baseUrl')).toBe(
      'http://10.0.0.1/v9',
    );
    expect(valueIn(merged(filled('mine', 'x'), MOCK).text, 'mine')).toBe('x');
    const fresh = valueIn(MOCK.text, 'baseUrl') ?? '';
    const stale = filled('baseUrl', fresh.replace('/v1', '/v0'));
    expect(valueIn(merged(stale, MOCK).text, 'baseUrl')).toBe(fresh);
  });
});

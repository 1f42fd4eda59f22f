import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStore } from './store.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gateway-store-'));
});
afterEach(() => rm(folder, { recursive: true }));

const deployment = (id: string) => ({ id, createdDate: 1 });

test('records are read back in the order of their first writing, by a fresh store too', () => {
  const file = join(folder, 'deep', 'gateway.db');
  const { store } = openStore(file);
  for (const id of ['b', 'a', 'c']) store.put('deployment', 'api', id, deployment(id));
  store.put('deployment', 'api', 'b', { ...deployment('b'), description: 'changed' });
  expect(store.list('deployment', 'api').map(({ id }) => id)).toEqual(['b', 'a', 'c']);
  store.close();

  const again = openStore(file);
  expect(again.setAside).toBeUndefined();
  expect(again.store.get('deployment', 'api', 'b')).toEqual({ ...deployment('b'), description: 'changed' });
  expect(again.store.list('deployment', 'api').map(({ id }) => id)).toEqual(['b', 'a', 'c']);
  again.store.close();
});

test('a transaction that throws leaves nothing behind', () => {
  const { store } = openStore(undefined);
  store.put('deployment', 'api', 'a', deployment('a'));
  const { version } = store;
  const before = version();
  expect(() =>
    store.transaction(() => {
      store.put('deployment', 'api', 'b', deployment('b'));
      store.remove('deployment', 'api', 'a');
      throw new Error('no');
    }),
  ).toThrow('no');
  expect(store.list('deployment', 'api')).toEqual([deployment('a')]);
  expect(version()).toBe(before);
  store.transaction(() => store.transaction(() => store.put('deployment', 'api', 'b', deployment('b'))));
  expect(store.list('deployment', 'api')).toHaveLength(2);
  expect(version()).toBe(before + 1);
  store.close();
});

test('the second gateway on one file is refused with the file named', () => {
  const file = join(folder, 'gateway.db');
  const { store } = openStore(file);
  expect(() => openStore(file)).toThrow(
    expect.objectContaining({ code: 'GATEWAY_STORE_IN_USE', message: expect.stringContaining(file) }),
  );
  store.close();
  openStore(file).store.close();
});

test('a damaged file is set aside byte for byte, and a new one begun', () => {
  const file = join(folder, 'gateway.db');
  const damaged = Buffer.alloc(9000, 'no database ');
  writeFileSync(file, damaged);
  const { store, setAside } = openStore(file);
  expect(setAside).toBe(`${file}.damaged-1`);
  expect(readFileSync(`${file}.damaged-1`)).toEqual(damaged);
  expect(store.list('rest-api', '')).toEqual([]);
  store.close();
});

test('a file whose pages are damaged is set aside too', () => {
  const file = join(folder, 'gateway.db');
  const { store } = openStore(file);
  for (let id = 0; id < 400; id += 1) store.put('deployment', 'api', `d${id}`, deployment(`d${id}`));
  store.close();
  const bytes = readFileSync(file);
  bytes.fill(0xff, 4096 + 8, bytes.length - 4096);
  writeFileSync(file, bytes);
  const opened = openStore(file);
  expect(opened.setAside).toBe(`${file}.damaged-1`);
  opened.store.close();
});

test('the database of another program, and one of a newer Rehearsal, are left alone', () => {
  const file = join(folder, 'gateway.db');
  const { DatabaseSync } = process.getBuiltinModule('node:sqlite');
  const other = new DatabaseSync(file);
  other.exec('CREATE TABLE things (name TEXT)');
  other.close();
  const before = readFileSync(file);
  expect(() => openStore(file)).toThrow(expect.objectContaining({ code: 'GATEWAY_STORE_FOREIGN' }));
  expect(readFileSync(file)).toEqual(before);

  const ours = join(folder, 'ours.db');
  openStore(ours).store.close();
  const newer = new DatabaseSync(ours);
  newer.exec('PRAGMA user_version = 99');
  newer.close();
  expect(() => openStore(ours)).toThrow(expect.objectContaining({ code: 'GATEWAY_STORE_NEWER' }));
});

test('a folder that cannot be written is named', () => {
  const file = join(folder, 'file');
  writeFileSync(file, '');
  expect(() => openStore(join(file, 'gateway.db'))).toThrow(
    expect.objectContaining({ code: 'GATEWAY_STORE_UNUSABLE' }),
  );
});

/**
 * The gateway's memory: records by kind, scope (an API's id, or the empty text) and id, in one SQLite file with a
 * write-ahead log. A transaction that returned is on file, whatever becomes of the process. The store knows records,
 * not what they mean.
 */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { openDatabase } from './database.ts';
import type { Kind, Records } from './records.ts';

export interface Store {
  readonly get: <K extends Kind>(kind: K, scope: string, id: string) => Records[K] | undefined;
  /** In the order in which they were first put. */
  readonly list: <K extends Kind>(kind: K, scope: string) => readonly Records[K][];
  readonly put: <K extends Kind>(kind: K, scope: string, id: string, record: Records[K]) => void;
  /** True when there was one. */
  readonly remove: (kind: Kind, scope: string, id: string) => boolean;
  /** Everything of one API. */
  readonly removeScope: (scope: string) => void;
  /**
   * Runs changes as one: all of them are on file when this returns, and none when `work` throws. Inside another
   * transaction it is part of that one.
   */
  readonly transaction: <T>(work: () => T) => T;
  /** Goes up with each transaction that changed something, so that who keeps a record knows when to look again. */
  readonly version: () => number;
  readonly close: () => void;
}

/**
 * Opens the store in a file, or in memory only.
 *
 * @param file - the file's path, or undefined for memory; its folder is made if it is missing
 * @throws RehearsalError GATEWAY_STORE_IN_USE, GATEWAY_STORE_NEWER, GATEWAY_STORE_FOREIGN, GATEWAY_STORE_UNUSABLE
 * @example
 * ```ts
 * import { openStore } from './gateway/local/state/store.ts';
 *
 * const { store } = openStore(undefined);
 * store.transaction(() =>
 *   store.put('deployment', 'a1b2c3d4e5', 'x7y8z9', { id: 'x7y8z9', createdDate: 1_700_000_000 }),
 * );
 * console.log(store.list('deployment', 'a1b2c3d4e5').length); // 1
 * store.close();
 * ```
 */
export function openStore(file: string | undefined): OpenedStore {
  const { database, setAside } = openDatabase(file);
  return { store: storeOn(database), setAside };
}

export interface OpenedStore {
  readonly store: Store;
  /** Where a damaged file was moved to, if there was one. */
  readonly setAside: string | undefined;
}

function storeOn(database: DatabaseSync): Store {
  const one = database.prepare('SELECT body FROM records WHERE kind = ? AND scope = ? AND id = ?');
  const all = database.prepare('SELECT body FROM records WHERE kind = ? AND scope = ? ORDER BY position');
  const insert = database.prepare(
    'INSERT INTO records (kind, scope, id, body) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET body = excluded.body',
  );
  const remove = database.prepare('DELETE FROM records WHERE kind = ? AND scope = ? AND id = ?');
  const removeAll = database.prepare('DELETE FROM records WHERE scope = ?');
  let version = 0;
  let inside = false;
  let changed = false;

  const write = (statement: StatementSync, ...values: readonly string[]): boolean => {
    const { changes } = statement.run(...values);
    changed ||= changes !== 0;
    if (!inside) settle();
    return changes !== 0;
  };
  const settle = (): void => {
    if (changed) version += 1;
    changed = false;
  };

  return {
    get: <K extends Kind>(kind: K, scope: string, id: string) => {
      const row = one.get(kind, scope, id);
      return row === undefined ? undefined : (JSON.parse(String(row['body'])) as Records[K]);
    },
    list: <K extends Kind>(kind: K, scope: string) =>
      all.all(kind, scope).map(row => JSON.parse(String(row['body'])) as Records[K]),
    put: (kind, scope, id, record) => {
      write(insert, kind, scope, id, JSON.stringify(record));
    },
    remove: (kind, scope, id) => write(remove, kind, scope, id),
    removeScope: scope => {
      write(removeAll, scope);
    },
    transaction: work => {
      if (inside) return work();
      database.exec('BEGIN IMMEDIATE');
      inside = true;
      try {
        const result = work();
        database.exec('COMMIT');
        settle();
        return result;
      } catch (error) {
        changed = false;
        if (database.isTransaction) database.exec('ROLLBACK');
        throw error;
      } finally {
        inside = false;
      }
    },
    version: () => version,
    close: () => database.close(),
  };
}

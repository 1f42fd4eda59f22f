/**
 * Opens the SQLite file: one process at a time, with a write-ahead log. A file that is damaged is moved aside and
 * named; one that is somebody else's, or of a newer Rehearsal, is left alone.
 */
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { RehearsalError } from '../../../contract/errors.ts';

export interface OpenedDatabase {
  readonly database: DatabaseSync;
  readonly setAside: string | undefined;
}

/** `RHRS`: tells our files from others'. */
const APPLICATION_ID = 0x52_48_52_53;
const FORMAT = 1;

// Primary result codes of SQLite (sqlite.org/rescode.html); the extended ones carry them in their low byte.
const BUSY = 5;
const CORRUPT = 11;
const NOT_A_DATABASE = 26;

/** Opens a file, or memory only. */
export function openDatabase(file: string | undefined): OpenedDatabase {
  if (file === undefined) return { database: prepared(':memory:'), setAside: undefined };
  try {
    mkdirSync(dirname(file), { recursive: true });
    return { database: prepared(file), setAside: undefined };
  } catch (error) {
    if (!isDamage(error)) throw reasonFor(error, file);
    const setAside = moveAside(file);
    return { database: prepared(file), setAside };
  }
}

function prepared(file: string): DatabaseSync {
  // Loaded on use: only this command needs it.
  const { DatabaseSync } = process.getBuiltinModule('node:sqlite');
  const database = new DatabaseSync(file, { timeout: 0 });
  try {
    // Before anything that writes, and the switch to a log does.
    refuseForeign(database, file);
    // The lock is the operating system's, so it goes with the process, however that ends.
    database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
    database.exec('BEGIN IMMEDIATE');
    if (file !== ':memory:') refuseDamaged(database);
    database.exec(
      `CREATE TABLE IF NOT EXISTS records (
         position INTEGER PRIMARY KEY,
         kind TEXT NOT NULL,
         scope TEXT NOT NULL,
         id TEXT NOT NULL,
         body TEXT NOT NULL,
         UNIQUE (kind, scope, id)
       ) STRICT;
       CREATE INDEX IF NOT EXISTS records_scope ON records (scope);
       PRAGMA application_id = ${APPLICATION_ID};
       PRAGMA user_version = ${FORMAT};
       COMMIT`,
    );
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function refuseForeign(database: DatabaseSync, file: string): void {
  const isNew = numberOf(database, 'SELECT count(*) FROM sqlite_schema') === 0;
  if (isNew) return;
  if (numberOf(database, 'PRAGMA application_id') !== APPLICATION_ID) {
    throw new RehearsalError('GATEWAY_STORE_FOREIGN', { file });
  }
  if (numberOf(database, 'PRAGMA user_version') > FORMAT) {
    throw new RehearsalError('GATEWAY_STORE_NEWER', { file });
  }
}

function refuseDamaged(database: DatabaseSync): void {
  const [first] = database.prepare('PRAGMA quick_check(1)').all();
  const verdict = String(Object.values(first ?? {})[0]);
  if (verdict !== 'ok') throw new DamagedFile(verdict);
}

class DamagedFile extends Error {}

function numberOf(database: DatabaseSync, question: string): number {
  return Number(Object.values(database.prepare(question).get() ?? {})[0]);
}

function resultCode(error: unknown): number | undefined {
  return error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : undefined;
}

function isDamage(error: unknown): boolean {
  const code = resultCode(error);
  return error instanceof DamagedFile || code === CORRUPT || code === NOT_A_DATABASE;
}

function reasonFor(error: unknown, file: string): Error {
  if (error instanceof RehearsalError) return error;
  if (resultCode(error) === BUSY) return new RehearsalError('GATEWAY_STORE_IN_USE', { file });
  const reason = error instanceof Error ? error.message : String(error);
  return new RehearsalError('GATEWAY_STORE_UNUSABLE', { file, reason });
}

/** The log goes with its file: on its own it would be read into the next one. */
function moveAside(file: string): string {
  let number = 1;
  while (existsSync(`${file}.damaged-${number}`)) number += 1;
  const target = `${file}.damaged-${number}`;
  renameSync(file, target);
  for (const ending of ['-wal', '-shm']) {
    if (existsSync(`${file}${ending}`)) renameSync(`${file}${ending}`, `${target}${ending}`);
  }
  return target;
}

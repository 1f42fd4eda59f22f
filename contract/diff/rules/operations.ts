/** Rules about operations themselves: which there are, how they are called, and whether they are on their way out. */
import { isArray, type Json } from '../../json/value.ts';
import type { Operation } from '../../model.ts';
import { below, type Source } from '../../source.ts';
import { type DiffRule, withOperation } from '../rule.ts';
import type { Collector, Spot } from '../spot.ts';

const ok = "{ responses: { '200': { description: OK } } }";
const deprecated = "{ deprecated: true, responses: { '200': { description: OK } } }";
const BOTH = `paths:\n  /pets:\n    get: ${ok}\n    post: ${ok}\n`;
const ONE = `paths:\n  /pets:\n    get: ${ok}\n`;
const SUNSET = "x-sunset: '2030-06-30'";

export const pathRemoved: DiffRule = {
  name: 'path-removed',
  severity: 'breaking',
  title: 'A path is gone with all its operations.',
  why: 'Clients that call it find nothing.',
  before: `${ONE}  /cats:\n    get: ${ok}\n`,
  after: ONE,
};

export const operationRemoved: DiffRule = {
  name: 'operation-removed',
  severity: 'breaking',
  title: 'A method of a path is gone.',
  why: 'Clients that call it are refused.',
  before: BOTH,
  after: ONE,
};

export const deprecatedOperationRemoved: DiffRule = {
  name: 'deprecated-operation-removed',
  severity: 'risky',
  title: 'An operation that was deprecated is gone.',
  why: 'Clients were told, and those that still call it are refused.',
  before: `paths:\n  /pets:\n    get: ${ok}\n    post: ${deprecated}\n`,
  after: ONE,
};

export const operationAdded: DiffRule = {
  name: 'operation-added',
  severity: 'safe',
  title: 'An operation is new.',
  why: 'Nobody calls it yet.',
  before: ONE,
  after: BOTH,
};

export const operationIdChanged: DiffRule = {
  name: 'operation-id-changed',
  severity: 'risky',
  title: 'The operationId is another one, or is gone.',
  why: 'Generated clients name their functions by it, and links refer to it.',
  before: withOperation('operationId: listPets'),
  after: withOperation('operationId: getPets'),
};

export const pathVariableRenamed: DiffRule = {
  name: 'path-variable-renamed',
  severity: 'safe',
  title: 'A variable of a path has another name.',
  why: 'Requests look as before; generated clients may name an argument differently.',
  before: `paths:\n  /pets/{id}:\n    get: ${ok}\n`,
  after: `paths:\n  /pets/{petId}:\n    get: ${ok}\n`,
};

export const operationDeprecated: DiffRule = {
  name: 'operation-deprecated',
  severity: 'safe',
  title: 'An operation is deprecated.',
  why: 'Nothing changes for clients yet.',
  before: withOperation(''),
  after: withOperation('deprecated: true'),
};

export const operationNotDeprecated: DiffRule = {
  name: 'operation-no-longer-deprecated',
  severity: 'safe',
  title: 'An operation is not deprecated any more.',
  why: 'Nothing changes for clients.',
  before: operationDeprecated.after,
  after: operationDeprecated.before,
};

export const sunsetEarlier: DiffRule = {
  name: 'sunset-earlier',
  severity: 'breaking',
  title: 'The day on which a deprecated operation goes (`x-sunset`) is an earlier one.',
  why: 'Clients were promised more time.',
  before: withOperation(`deprecated: true\n${SUNSET}`),
  after: withOperation("deprecated: true\nx-sunset: '2030-01-31'"),
};

export const sunsetChanged: DiffRule = {
  name: 'sunset-changed',
  severity: 'safe',
  title: 'The day on which a deprecated operation goes is new, or a later one.',
  why: 'Clients have the time they were promised.',
  before: sunsetEarlier.after,
  after: sunsetEarlier.before,
};

export const sunsetRemoved: DiffRule = {
  name: 'sunset-removed',
  severity: 'risky',
  title: 'The day on which a deprecated operation goes is not told any more.',
  why: 'Clients do not know how long they can rely on it.',
  before: withOperation(`deprecated: true\n${SUNSET}`),
  after: withOperation('deprecated: true'),
};

export const tagsChanged: DiffRule = {
  name: 'tags-changed',
  severity: 'safe',
  title: 'The tags of an operation are others.',
  why: 'Requests look as before; generated clients may group operations differently.',
  before: withOperation('tags: [pets]'),
  after: withOperation('tags: [animals]'),
};

export const OPERATION_RULES: readonly DiffRule[] = [
  pathRemoved,
  operationRemoved,
  deprecatedOperationRemoved,
  operationAdded,
  pathVariableRenamed,
  operationIdChanged,
  operationDeprecated,
  operationNotDeprecated,
  sunsetEarlier,
  sunsetChanged,
  sunsetRemoved,
  tagsChanged,
];

/** What is said of an operation beside its parts. */
export function compareOperationWords(
  old: Operation,
  now: Operation,
  spot: Spot,
  { report }: Collector,
): void {
  const places = [old.source, now.source] as const;
  if (old.path !== now.path)
    report(pathVariableRenamed, spot, `the path ${old.path} became ${now.path}`, ...places);
  if (old.id !== undefined && old.id !== now.id) {
    const is = now.id === undefined ? 'is gone' : `became ${now.id}`;
    report(
      operationIdChanged,
      spot,
      `the operationId ${old.id} ${is}`,
      at(old, 'operationId'),
      at(now, 'operationId'),
    );
  }
  if (now.deprecated && !old.deprecated)
    report(operationDeprecated, spot, 'the operation is deprecated now', ...places);
  if (old.deprecated && !now.deprecated)
    report(operationNotDeprecated, spot, 'the operation is not deprecated any more', ...places);
  compareSunset(old, now, spot, report);
  const [tags, others] = [old.tags.toSorted().join(', '), now.tags.toSorted().join(', ')];
  if (tags !== others)
    report(tagsChanged, spot, `the tags ${tags || 'none'} became ${others || 'none'}`, ...places);
}

function compareSunset(old: Operation, now: Operation, spot: Spot, report: Collector['report']): void {
  const [was, is] = [sunsetOf(old), sunsetOf(now)];
  if (was === is) return;
  const places = [at(old, 'x-sunset'), at(now, 'x-sunset')] as const;
  if (is === undefined) {
    report(sunsetRemoved, spot, `the day on which it goes, ${was}, is not told any more`, ...places);
  } else if (was === undefined) {
    report(sunsetChanged, spot, `the operation goes on ${is}`, ...places);
  } else {
    const rule = isEarlier(is, was) ? sunsetEarlier : sunsetChanged;
    report(rule, spot, `the day on which it goes, ${was}, became ${is}`, ...places);
  }
}

function sunsetOf({ extensions }: Operation): string | undefined {
  const value: Json | undefined = extensions.get('x-sunset');
  return value === undefined || value === null || isArray(value) || typeof value === 'object'
    ? undefined
    : String(value);
}

/** Days as RFC 3339 writes them compare as texts; whatever cannot be read may be earlier. */
function isEarlier(day: string, other: string): boolean {
  const [a, b] = [Date.parse(day), Date.parse(other)];
  return Number.isNaN(a) || Number.isNaN(b) || a < b;
}

function at({ source }: Operation, key: string): Source {
  return below(source, key);
}

import { expect, test } from 'vitest';
import type { Json } from '../../../contract/json/value.ts';
import { withEntry, withMember, withoutEntry } from './members.ts';
import { applyPatches, type PatchTable, plainRefusal, typedRefusal } from './patch.ts';
import { patchOperationsOf } from './patch-operations.ts';

interface Thing {
  readonly name: string;
  readonly note?: string;
  readonly marks?: Readonly<Record<string, string>>;
}

const ROWS: PatchTable<Thing>['rows'] = [
  {
    path: '/name',
    ops: ['replace'],
    apply: (thing, { value }) => withMember(thing, 'name', value ?? ''),
  },
  {
    path: '/note',
    ops: ['replace'],
    apply: (thing, { value }) => withMember(thing, 'note', value),
  },
];
const TYPED: PatchTable<Thing> = { rows: ROWS, refusal: typedRefusal };
const PLAIN: PatchTable<Thing> = {
  rows: [
    ...ROWS,
    {
      path: '/marks/*',
      ops: ['add', 'replace'],
      apply: (thing, { names: [key = ''], value = '' }) =>
        withMember(thing, 'marks', withEntry(thing.marks, key, value)),
    },
    {
      path: '/marks/*',
      ops: ['remove'],
      apply: (thing, { names: [key = ''] }) => withMember(thing, 'marks', withoutEntry(thing.marks, key)),
    },
  ],
  refusal: plainRefusal,
};

const THING: Thing = { name: 'a' };
const patch = (table: PatchTable<Thing>, ...patchOperations: Json[]): Thing =>
  applyPatches(THING, patchOperationsOf({ input: { patchOperations } }, 'updateThingInput'), table);

test('operations apply in order, and a path names one entry with its escapes undone', () => {
  const result = patch(
    PLAIN,
    { op: 'replace', path: '/name', value: 'b' },
    { op: 'add', path: '/marks/a~1b~0c', value: '1' },
    { op: 'add', path: '/marks/__proto__', value: '2' },
    { op: 'replace', path: '/marks/a~1b~0c', value: '3' },
  );
  expect(result.name).toBe('b');
  expect(Object.entries(result.marks ?? {})).toEqual([
    ['a/b~c', '3'],
    ['__proto__', '2'],
  ]);
  expect(THING).toEqual({ name: 'a' });
});

test('a member whose last entry is removed, or that is replaced by nothing, is absent', () => {
  const emptied = patch(
    PLAIN,
    { op: 'add', path: '/marks/x', value: '1' },
    { op: 'remove', path: '/marks/x' },
    { op: 'replace', path: '/note', value: 'n' },
    { op: 'replace', path: '/note', value: null },
  );
  expect(emptied).toStrictEqual({ name: 'a' });
});

test('no operations change nothing', () => {
  expect(patch(PLAIN)).toBe(THING);
  expect(patchOperationsOf({ input: {} }, 'updateThingInput')).toEqual([]);
});

test.each([
  ['add', '/name', "Invalid patch path  '/name' specified for op 'add'. Please choose supported operations"],
  [
    'add',
    '/other',
    "Invalid patch path  '/other' specified for op 'add'. Please choose supported operations",
  ],
  [
    'replace',
    '/other',
    "Invalid patch path  '/other' specified for op 'replace'. Must be one of: [/name, /note]",
  ],
  [
    'replace',
    undefined,
    "Invalid patch path  'null' specified for op 'replace'. Must be one of: [/name, /note]",
  ],
])('section 13.4: typed resources refuse %s of %s in their words', (op, path, message) => {
  expect(() => patch(TYPED, { op, ...(path !== undefined && { path }), value: '1' })).toThrow(
    expect.objectContaining({ type: 'BadRequestException', message }),
  );
});

test.each([
  ['add', '/other', 'Invalid patch path /other'],
  ['add', '/marks', 'Invalid patch path /marks'],
  ['add', '/marks/application/json', 'Invalid patch path /marks/application/json'],
  ['add', 'name', 'Invalid patch path name'],
  ['replace', undefined, 'Invalid patch path null'],
  ['add', '/name', 'Invalid patch operation specified. Must be one of: [replace]'],
  ['test', '/name', 'Invalid patch operation specified. Must be one of: [replace]'],
])('section 13.4: the other resources refuse %s of %s in theirs', (op, path, message) => {
  expect(() => patch(PLAIN, { op, ...(path !== undefined && { path }), value: '1' })).toThrow(
    expect.objectContaining({ type: 'BadRequestException', message }),
  );
});

test('section 13.4: every unknown op is told, before any path is looked at', () => {
  const set = 'Member must satisfy enum value set: [add, remove, move, test, replace, copy]';
  expect(() =>
    patch(PLAIN, { op: 'wrong', path: '/x' }, { op: 'add', path: '/y' }, { op: 'odd', path: '/name' }),
  ).toThrow(
    expect.objectContaining({
      type: 'ValidationException',
      message:
        `2 validation errors detected: Value 'wrong' at 'updateThingInput.patchOperations.1.member.op' failed to ` +
        `satisfy constraint: ${set}; Value 'odd' at 'updateThingInput.patchOperations.3.member.op' failed to ` +
        `satisfy constraint: ${set}`,
    }),
  );
});

test('section 13.1: a value that is no text cannot be deserialised', () => {
  expect(() => patch(PLAIN, { op: 'replace', path: '/name', value: true })).toThrow(
    expect.objectContaining({
      type: 'SerializationException',
      message: 'class java.lang.Boolean can not be converted to an String',
    }),
  );
  expect(() => patch(PLAIN, 'replace')).toThrow(expect.objectContaining({ type: 'SerializationException' }));
});

/**
 * The methods of `java.util.List`, and of the sets, collections and arrays that have some of them. What changes a list
 * changes it in place, for everything that holds it.
 */
import type { Meter } from '../meter.ts';
import { javaEquals } from '../value-text.ts';
import {
  HostObject,
  isIndexed,
  isList,
  isMap,
  JavaArray,
  JavaCollection,
  JavaSet,
  type Value,
} from '../values.ts';
import { failure, isInt, type Method, type Methods, takesNone } from './method.ts';

type ListMethod = Method<Value[]>;

function outside(self: readonly Value[], index: number): never {
  return failure(`index ${index} is outside of a list of ${self.length}`);
}

/** Velocity gives arrays `get`, `set`, `size` and `isEmpty`, and no more. */
function notOfArrays(method: ListMethod): ListMethod {
  return (self, args, meter) => (self instanceof JavaArray ? undefined : method(self, args, meter));
}

/** What only lists have, not sets and collections. */
function ofLists(method: ListMethod): ListMethod {
  return notOfArrays((self, args, meter) => (isIndexed(self) ? method(self, args, meter) : undefined));
}

function plain(act: (self: Value[]) => Value): ListMethod {
  return (self, args) => {
    takesNone(args);
    return act(self);
  };
}

const get: ListMethod = (self, args) => {
  const [index] = args;
  if (args.length !== 1 || !isInt(index) || !isIndexed(self)) return undefined;
  return index >= 0 && index < self.length ? (self[index] ?? null) : outside(self, index);
};

const set: ListMethod = (self, args) => {
  const [index, value] = args;
  if (args.length !== 2 || !isInt(index) || value === undefined || !isIndexed(self)) return undefined;
  if (index < 0 || index >= self.length) outside(self, index);
  const before = self[index] ?? null;
  self[index] = value;
  return before;
};

const add: ListMethod = (self, args, meter) => {
  meter.spend(1);
  const [first, second] = args;
  if (self instanceof JavaCollection || self instanceof JavaSet) return undefined;
  if (args.length === 1 && first !== undefined) {
    self.push(first);
    return true;
  }
  if (args.length !== 2 || !isInt(first) || second === undefined) return undefined;
  if (first < 0 || first > self.length) outside(self, first);
  meter.spend(self.length);
  self.splice(first, 0, second);
  return '';
};

const addAll: ListMethod = (self, args, meter) => {
  const [first, second] = args;
  const [at, more] = args.length === 2 ? [first, second] : [self.length, first];
  if (args.length === 0 || args.length > 2 || !isInt(at) || !isList(more)) return undefined;
  if (more instanceof JavaArray || self instanceof JavaCollection || self instanceof JavaSet)
    return undefined;
  if (at < 0 || at > self.length) outside(self, at);
  meter.spend(self.length + more.length);
  const items = [...self.slice(0, at), ...more, ...self.slice(at)];
  replaceItems(self, items);
  return more.length > 0;
};

/** Without `push(...items)`, which has no room for many. */
function replaceItems(self: Value[], items: readonly Value[]): void {
  self.length = 0;
  for (const item of items) self.push(item);
}

function indexOf(self: readonly Value[], wanted: Value, meter: Meter): number {
  meter.spend(self.length);
  return self.findIndex(item => javaEquals(item, wanted, meter));
}

function withValue(act: (self: Value[], value: Value, meter: Meter) => Value): ListMethod {
  return (self, args, meter) => {
    const [value] = args;
    return args.length === 1 && value !== undefined ? act(self, value, meter) : undefined;
  };
}

function withList(act: (self: Value[], list: readonly Value[], meter: Meter) => Value): ListMethod {
  return (self, args, meter) => {
    const [list] = args;
    return args.length === 1 && isList(list) && !(list instanceof JavaArray)
      ? act(self, list, meter)
      : undefined;
  };
}

function keep(self: Value[], wanted: (item: Value) => boolean): boolean {
  const kept = self.filter(wanted);
  const changed = kept.length < self.length;
  replaceItems(self, kept);
  return changed;
}

/** An Integer is an index for lists, and an item for everything else. */
const remove: ListMethod = (self, args, meter) => {
  const [wanted] = args;
  if (args.length !== 1 || wanted === undefined) return undefined;
  meter.spend(self.length);
  if (isInt(wanted) && isIndexed(self)) {
    if (wanted < 0 || wanted >= self.length) outside(self, wanted);
    return self.splice(wanted, 1)[0] ?? null;
  }
  const index = indexOf(self, wanted, meter);
  if (index !== -1) self.splice(index, 1);
  return index !== -1;
};

const subList: ListMethod = (self, args, meter) => {
  const [from, to] = args;
  if (args.length !== 2 || !isInt(from) || !isInt(to)) return undefined;
  if (from < 0) outside(self, from);
  if (to > self.length) outside(self, to);
  if (from > to) failure(`begin ${from} is behind end ${to}`);
  meter.spend(to - from);
  return self.slice(from, to);
};

const iterator: ListMethod = (self, args) => {
  takesNone(args);
  let next = 0;
  return new HostObject('iterator', {
    methods: {
      hasNext: () => next < self.length,
      next: () => {
        if (next >= self.length) failure('an iterator has no next item');
        next += 1;
        return self[next - 1] ?? null;
      },
    },
    items: () => self.slice(next),
  });
};

export const LIST_METHODS: Methods<Value[]> = new Map<string, ListMethod>([
  ['add', notOfArrays(add)],
  ['addAll', notOfArrays(addAll)],
  [
    'clear',
    notOfArrays((self, args) => {
      takesNone(args);
      self.length = 0;
      return '';
    }),
  ],
  ['contains', notOfArrays(withValue((self, value, meter) => indexOf(self, value, meter) !== -1))],
  [
    'containsAll',
    notOfArrays(withList((self, list, meter) => list.every(item => indexOf(self, item, meter) !== -1))),
  ],
  ['get', get],
  ['indexOf', ofLists(withValue(indexOf))],
  ['isEmpty', plain(self => self.length === 0)],
  ['iterator', notOfArrays(iterator)],
  [
    'lastIndexOf',
    ofLists(
      withValue((self, value, meter) => {
        meter.spend(self.length);
        return self.findLastIndex(item => javaEquals(item, value, meter));
      }),
    ),
  ],
  ['remove', notOfArrays(remove)],
  [
    'removeAll',
    notOfArrays(withList((self, list, meter) => keep(self, item => indexOf(list, item, meter) === -1))),
  ],
  [
    'retainAll',
    notOfArrays(withList((self, list, meter) => keep(self, item => indexOf(list, item, meter) !== -1))),
  ],
  ['set', set],
  ['size', plain(self => self.length)],
  ['subList', ofLists(subList)],
  ['toArray', notOfArrays((self, args) => (args.length === 0 ? JavaArray.from(self) : undefined))],
]);

/** The items a map gives as a set or a collection, without the constructor that takes one number for a length. */
export function filled<T extends Value[]>(list: T, items: Iterable<Value>): T {
  for (const item of items) list.push(item);
  return list;
}

/** `count()` stands in AWS's documents as a method of lists; Java has none. */
export const GATEWAY_LIST_METHODS: Methods<Value[]> = new Map<string, ListMethod>([
  ['count', (self, args) => (args.length === 0 && !isMap(self) ? self.length : undefined)],
]);

/** The methods of `java.util.Map` and of its entries. */

import type { Meter } from '../meter.ts';
import { javaEquals } from '../value-text.ts';
import { isMap, JavaCollection, JavaSet, MapEntry, type Value, type ValueMap } from '../values.ts';
import { filled } from './list-methods.ts';
import { type Method, type Methods, takesNone } from './method.ts';

type MapMethod = Method<ValueMap>;

/** The key under which a map holds what equals `key`: doubles and lists are one key when they are equal. */
export function keyIn(map: ValueMap, key: Value, meter: Meter): Value {
  if (typeof key !== 'object' || key === null || map.has(key)) return key;
  meter.spend(map.size);
  for (const known of map.keys())
    if (typeof known === 'object' && javaEquals(known, key, meter)) return known;
  return key;
}

function withKey(act: (self: ValueMap, key: Value) => Value): MapMethod {
  return (self, args, meter) => {
    const [key] = args;
    return args.length === 1 && key !== undefined ? act(self, keyIn(self, key, meter)) : undefined;
  };
}

function plain(act: (self: ValueMap) => Value): MapMethod {
  return (self, args, meter) => {
    takesNone(args);
    meter.spend(1);
    return act(self);
  };
}

/** What is copied costs as much as there is of it. */
function copied(act: (self: ValueMap) => Value): MapMethod {
  return (self, args, meter) => {
    takesNone(args);
    meter.spend(self.size);
    return act(self);
  };
}

const put: MapMethod = (self, args, meter) => {
  const [key, value] = args;
  if (args.length !== 2 || key === undefined || value === undefined) return undefined;
  meter.spend(1);
  const found = keyIn(self, key, meter);
  const before = self.get(found) ?? null;
  self.set(found, value);
  return before;
};

const putIfAbsent: MapMethod = (self, args, meter) => {
  const before = args.length === 2 ? (self.get(keyIn(self, args[0] ?? null, meter)) ?? null) : null;
  return before ?? put(self, args, meter);
};

const replace: MapMethod = (self, args, meter) =>
  args.length === 2 && !self.has(keyIn(self, args[0] ?? null, meter)) ? null : put(self, args, meter);

const putAll: MapMethod = (self, args, meter) => {
  const [other] = args;
  if (args.length !== 1 || !isMap(other)) return undefined;
  meter.spend(other.size);
  for (const [key, value] of other) self.set(keyIn(self, key, meter), value);
  return '';
};

export const MAP_METHODS: Methods<ValueMap> = new Map<string, MapMethod>([
  [
    'clear',
    plain(self => {
      self.clear();
      return '';
    }),
  ],
  ['containsKey', withKey((self, key) => self.has(key))],
  [
    'containsValue',
    (self, [value], meter) => {
      meter.spend(self.size);
      return value === undefined
        ? undefined
        : [...self.values()].some(item => javaEquals(item, value, meter));
    },
  ],
  [
    'entrySet',
    copied(self =>
      filled(
        new JavaSet(),
        [...self].map(([key, value]) => new MapEntry(key, value)),
      ),
    ),
  ],
  ['get', withKey((self, key) => self.get(key) ?? null)],
  [
    'getOrDefault',
    (self, args, meter) => {
      const [key, otherwise] = args;
      if (args.length !== 2 || key === undefined || otherwise === undefined) return undefined;
      const found = keyIn(self, key, meter);
      return self.has(found) ? (self.get(found) ?? null) : otherwise;
    },
  ],
  ['isEmpty', plain(self => self.size === 0)],
  ['keySet', copied(self => filled(new JavaSet(), self.keys()))],
  ['put', put],
  ['putAll', putAll],
  ['putIfAbsent', putIfAbsent],
  [
    'remove',
    withKey((self, key) => {
      const before = self.get(key) ?? null;
      self.delete(key);
      return before;
    }),
  ],
  ['replace', replace],
  ['size', plain(self => self.size)],
  ['values', copied(self => filled(new JavaCollection(), self.values()))],
]);

export const ENTRY_METHODS: Methods<MapEntry> = new Map<string, Method<MapEntry>>([
  ['getKey', ({ key }, args) => (args.length === 0 ? key : undefined)],
  ['getValue', ({ value }, args) => (args.length === 0 ? value : undefined)],
]);

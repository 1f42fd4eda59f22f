/** What the recorded templates were rendered with: the same as in Record.java, fresh for each, since they change it. */
import { Double, type Value } from '../../gateway/vtl/values.ts';

export function variables(): ReadonlyMap<string, Value> {
  const object = new Map<Value, Value>([
    ['a', 1],
    ['b', 'two'],
  ]);
  const deep = new Map<Value, Value>([
    ['list', [1, 'x', [true]]],
    ['map', object],
    ['none', null],
  ]);
  return new Map<string, Value>([
    ['s', 'hello'],
    ['i', 7],
    ['long', 5000000000n],
    ['d', new Double(1.5)],
    ['yes', true],
    ['no', false],
    ['empty', ''],
    ['list', [1, 'b', new Double(2.5)]],
    ['nulls', ['x', null, 'y']],
    ['o', object],
    ['deep', deep],
  ]);
}

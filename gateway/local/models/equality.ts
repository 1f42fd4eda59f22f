/** When two values are the same to `enum` and `uniqueItems`: numbers by what they are worth, objects in any order. */
import { decimalOf } from '../../vtl/json-path/decimal.ts';
import type { Meter } from '../../vtl/meter.ts';
import { Double, isList, isMap, type Value } from '../../vtl/values.ts';

/** A text that is the same for equal values, and for no others. The depth of a payload bounds the recursion. */
export function canonical(value: Value, meter: Meter): string {
  meter.spend(1);
  if (typeof value === 'string') {
    meter.spendText(value.length);
    return JSON.stringify(value);
  }
  if (typeof value === 'number' || typeof value === 'bigint' || value instanceof Double) {
    const decimal = decimalOf(String(value instanceof Double ? value.value : value));
    return decimal === undefined
      ? 'infinite'
      : `${decimal.negative ? '-' : ''}${decimal.digits}e${decimal.exponent}`;
  }
  if (isList(value)) return `[${value.map(item => canonical(item, meter)).join()}]`;
  if (!isMap(value)) return String(value);
  const members = [...value].map(([key, member]) => `${canonical(key, meter)}:${canonical(member, meter)}`);
  return `{${members.sort().join()}}`;
}

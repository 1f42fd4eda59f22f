/** What kinds of values two schemas allow, and which values they list. */
import type { Json } from '../../json/value.ts';
import { type Atom, allows, atomsOf, finiteValues, placeOf } from './conjunction.ts';
import type { Finding, Pair } from './finding.ts';
import { kindsInWords, valuesInWords } from './words.ts';

export interface ComparedKinds {
  readonly findings: readonly Finding[];
  /** The kinds that both allow; for other keywords than these nothing has to be asked. */
  readonly common: ReadonlySet<Atom>;
  /** The listed values say it all. */
  readonly settled: boolean;
}

/** Types, `null`, `enum` and `const`. */
export function compareKinds(pair: Pair): ComparedKinds {
  const { before, after, beforeParts, afterParts, direction } = pair;
  const [old, now] = [atomsOf(beforeParts), atomsOf(afterParts)];
  const common = old.intersection(now);
  const values = {
    before: finiteValues(before, beforeParts, direction),
    after: finiteValues(after, afterParts, direction),
  };
  const listed = values.before !== undefined || values.after !== undefined;
  if (listed && (common.size > 0 || (values.before !== undefined && values.after !== undefined)))
    return { findings: compareListed(pair, values), common, settled: true };
  return { findings: compareTypes(pair, old, now), common, settled: common.size === 0 };
}

function compareTypes(pair: Pair, old: ReadonlySet<Atom>, now: ReadonlySet<Atom>): readonly Finding[] {
  const [lost, won] = [old.difference(now), now.difference(old)];
  if (lost.size + won.size === 0) return [];
  const places = {
    before: placeOf(pair.beforeParts, pair.before, 'types', 'enum', 'const'),
    after: placeOf(pair.afterParts, pair.after, 'types', 'enum', 'const'),
  };
  if (lost.size + won.size === 1 && (lost.has('null') || won.has('null'))) {
    return [
      lost.size > 0
        ? { what: 'null-removed', effect: 'narrowed', message: 'null is not allowed any more', ...places }
        : { what: 'null-added', effect: 'widened', message: 'null is allowed now', ...places },
    ];
  }
  const effect = won.size === 0 ? 'narrowed' : lost.size === 0 ? 'widened' : 'changed';
  const message = `the type ${kindsInWords(old)} became ${kindsInWords(now)}`;
  return [{ what: `type-${effect}`, effect, message, ...places }];
}

/** Where a side lists its values, each of them is put to the other side. */
function compareListed(
  { before, after, beforeParts, afterParts, direction }: Pair,
  values: { readonly before: readonly Json[] | undefined; readonly after: readonly Json[] | undefined },
): readonly Finding[] {
  const places = {
    before: placeOf(beforeParts, before, 'enum', 'const', 'types'),
    after: placeOf(afterParts, after, 'enum', 'const', 'types'),
  };
  const findings: Finding[] = [];
  const lost = values.before?.filter(value => !allows(after, value, direction)) ?? [];
  const won = values.after?.filter(value => !allows(before, value, direction)) ?? [];
  if (lost.length > 0) {
    const message = `no longer allowed: ${valuesInWords(lost)}`;
    findings.push({ what: 'enum-value-removed', effect: 'narrowed', message, ...places });
  }
  if (won.length > 0) {
    const message = `allowed now: ${valuesInWords(won)}`;
    findings.push({ what: 'enum-value-added', effect: 'widened', message, ...places });
  }
  if (values.before === undefined) {
    const message = `only these are allowed now: ${valuesInWords(values.after ?? [])}`;
    findings.push({ what: 'enum-added', effect: 'narrowed', message, ...places });
  } else if (values.after === undefined) {
    const message = `other values are allowed now than ${valuesInWords(values.before)}`;
    findings.push({ what: 'enum-removed', effect: 'widened', message, ...places });
  }
  return findings;
}

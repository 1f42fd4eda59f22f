/**
 * `anyOf` and `oneOf`: which alternatives are the same ones, which came and which went. An alternative is known again by
 * what it allows, else by its name; only what is left over counts as added or removed.
 */
import type { Schema } from '../../model.ts';
import { below, type Source } from '../../source.ts';
import { atomsOf, namesMentioned, partsTogether, sourceOf } from './conjunction.ts';
import { areDisjoint } from './disjoint.ts';
import type { Compared, Conjunction, Finding, Pair, Step } from './finding.ts';

/** Whether nothing at all distinguishes two schemas. */
export type Same = (before: Conjunction, after: Conjunction) => boolean;

interface Union {
  readonly kind: 'anyOf' | 'oneOf';
  readonly members: readonly Conjunction[];
  readonly source: Source;
  /** A tag tells which one is meant, so that no value can fit two. */
  readonly tagged: boolean;
}

/**
 * The unions of both sides. A schema beside a union that is all there is on the other side is a union of one:
 * `Cat` that became `oneOf: [Cat, Dog]` allows more now, and not something else.
 *
 * @returns undefined `whole` unless the unions are all there is to compare
 */
export function compareUnions(pair: Pair, same: Same): Compared & { readonly whole: boolean } {
  const [old, now] = [unionsOf(pair.beforeParts), unionsOf(pair.afterParts)];
  if (old.length === 0 && now.length === 0) return { findings: [], steps: [], whole: false };
  const lone = loneUnions(pair, old, now);
  if (lone !== undefined) return { ...compareUnion(pair, ...lone, same), whole: true };
  const findings: Finding[] = [];
  const steps: Step[] = [];
  for (let index = 0; index < Math.max(old.length, now.length); index++) {
    const [a, b] = [old[index], now[index]];
    if (a !== undefined && b !== undefined) {
      const compared = compareUnion(pair, a, b, same);
      findings.push(...compared.findings);
      steps.push(...compared.steps);
    } else if (b !== undefined) {
      const message = `a choice of ${b.members.length} alternatives is prescribed now`;
      const places = { before: sourceOf(pair.before), after: b.source };
      findings.push({ what: 'alternatives-narrowed', effect: 'narrowed', message, ...places });
    } else if (a !== undefined) {
      const message = `the choice of ${a.members.length} alternatives is gone`;
      const places = { before: a.source, after: sourceOf(pair.after) };
      findings.push({ what: 'alternatives-widened', effect: 'widened', message, ...places });
    }
  }
  return { findings, steps, whole: false };
}

function unionsOf(parts: readonly Schema[]): readonly Union[] {
  return parts.flatMap(part =>
    (['anyOf', 'oneOf'] as const).flatMap((kind): readonly Union[] => {
      const members = part[kind];
      // One member alone, and no tag: it holds together with the rest.
      if (members === undefined || (members.length === 1 && part.discriminator === undefined)) return [];
      const source = below(part.source, kind);
      return [
        {
          kind,
          source,
          tagged: part.discriminator !== undefined,
          members: members.map(member => ({ schemas: [member], at: source })),
        },
      ];
    }),
  );
}

/** One union on each side, where at least one side is a union and nothing else and the other has none. */
function loneUnions(
  { before, after, beforeParts, afterParts }: Pair,
  old: readonly Union[],
  now: readonly Union[],
): readonly [Union, Union] | undefined {
  const [a, b] = [old[0], now[0]];
  if (old.length === 0 && now.length === 1 && b !== undefined && isBare(afterParts))
    return [{ ...b, source: sourceOf(before), members: [before] }, b];
  if (now.length === 0 && old.length === 1 && a !== undefined && isBare(beforeParts))
    return [a, { ...a, source: sourceOf(after), members: [after] }];
  return undefined;
}

/** Keywords that leave a value as it is. */
const SILENT: ReadonlySet<string> = new Set([
  'anyOf',
  'oneOf',
  'allOf',
  '$ref',
  'discriminator',
  'title',
  'description',
  'default',
  'example',
  'examples',
  'deprecated',
  'externalDocs',
]);

/** True when the parts say nothing but which alternatives there are. */
function isBare(parts: readonly Schema[]): boolean {
  return parts.every(part => {
    const { types, properties, required, additionalProperties, items, always, not } = part;
    const told = [types, additionalProperties, items, always, not, part.enum, part.const, part.if];
    const counted = [part.minimum, part.maximum, part.minLength, part.maxLength, part.pattern, part.format];
    return (
      properties.size === 0 &&
      required.length === 0 &&
      [...told, ...counted].every(value => value === undefined) &&
      keywordsOf(part).every(keyword => SILENT.has(keyword) || keyword.startsWith('x-'))
    );
  });
}

function keywordsOf({ source }: Schema): readonly string[] {
  let value: unknown = source.document.value;
  for (const token of source.pointer.split('/').slice(1)) {
    if (typeof value !== 'object' || value === null) return [];
    value = (value as Record<string, unknown>)[token.replaceAll('~1', '/').replaceAll('~0', '~')];
  }
  return typeof value === 'object' && value !== null ? Object.keys(value) : [];
}

function compareUnion(pair: Pair, a: Union, b: Union, same: Same): Compared {
  const findings: Finding[] = [];
  const outer = new Set([...pair.outer, ...ownNames(pair.beforeParts), ...ownNames(pair.afterParts)]);
  const matched = matchMembers(a, b, same);
  const step = ([before, after]: readonly [Conjunction, Conjunction], index: number): Step => ({
    before,
    after,
    path: b.members.length > 1 ? `(${nameOf(after) ?? b.kind + String(index)})` : '',
    outer,
  });
  const steps = [...matched.equal, ...matched.changed].map(step);
  for (const member of matched.removed) {
    const message = `the alternative ${nameOf(member) ?? 'without a name'} is gone`;
    const places = { before: sourceOf(member), after: b.source };
    findings.push({ what: 'alternative-removed', effect: 'narrowed', message, ...places });
  }
  for (const member of matched.added) {
    const message = `the alternative ${nameOf(member) ?? 'without a name'} is new`;
    const places = { before: a.source, after: sourceOf(member) };
    findings.push({ what: 'alternative-added', effect: 'widened', message, ...places });
  }
  const places = { before: a.source, after: b.source };
  if (a.kind !== b.kind && a.members.length > 1 && b.members.length > 1) {
    const message = `${a.kind} became ${b.kind}`;
    findings.push({ what: 'alternatives-changed', effect: 'changed', message, ...places });
  }
  const touched = [...matched.changed.flat(), ...matched.removed, ...matched.added];
  if (touched.length > 0 && [a, b].some(union => mayOverlap(union, touched, pair))) {
    const message =
      'of oneOf exactly one alternative must hold, and those that changed may hold beside others';
    findings.push({ what: 'alternatives-overlap', effect: 'changed', message, ...places });
  }
  return { findings, steps };
}

/** What stands around the alternatives and is documented there. */
function ownNames(parts: readonly Schema[]): readonly string[] {
  const unions = parts.filter(({ anyOf, oneOf }) => anyOf !== undefined || oneOf !== undefined);
  if (unions.length > 1) return [...namesMentioned(parts)];
  return parts.flatMap(part => [...part.properties.keys(), ...part.required]);
}

interface Matched {
  readonly equal: readonly (readonly [Conjunction, Conjunction])[];
  readonly changed: readonly (readonly [Conjunction, Conjunction])[];
  readonly removed: readonly Conjunction[];
  readonly added: readonly Conjunction[];
}

function matchMembers(a: Union, b: Union, same: Same): Matched {
  const removed = new Set(a.members);
  const added = new Set(b.members);
  const equal: (readonly [Conjunction, Conjunction])[] = [];
  const changed: (readonly [Conjunction, Conjunction])[] = [];
  const pair = (list: typeof equal, fits: (old: Conjunction, now: Conjunction) => boolean): void => {
    for (const old of removed) {
      const found = [...added].find(now => fits(old, now));
      if (found === undefined) continue;
      list.push([old, found]);
      removed.delete(old);
      added.delete(found);
    }
  };
  const named = (old: Conjunction, now: Conjunction): boolean =>
    nameOf(old) !== undefined && nameOf(old) === nameOf(now);
  pair(equal, (old, now) => named(old, now) && same(old, now));
  pair(equal, same);
  pair(changed, named);
  const [old, now] = [[...removed][0], [...added][0]];
  if (removed.size === 1 && added.size === 1 && old !== undefined && now !== undefined && alike(old, now))
    return { equal, changed: [...changed, [old, now]], removed: [], added: [] };
  return { equal, changed, removed: [...removed], added: [...added] };
}

function alike(old: Conjunction, now: Conjunction): boolean {
  const [a, b] = [atomsOf(partsTogether(old)), atomsOf(partsTogether(now))];
  return a.intersection(b).size > 0;
}

function nameOf({ schemas: [schema] }: Conjunction): string | undefined {
  return schema?.name ?? schema?.reference?.name ?? schema?.title;
}

/** True when a value may fit an alternative that changed and another one, which `oneOf` refuses. */
function mayOverlap({ kind, members, tagged }: Union, touched: readonly Conjunction[], pair: Pair): boolean {
  if (kind !== 'oneOf' || tagged) return false;
  return members.some(
    member =>
      touched.includes(member) &&
      members.some(other => other !== member && !areDisjoint(member, other, pair.direction)),
  );
}

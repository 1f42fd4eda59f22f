/** Properties: which there are, which are required, and what is said of those that nobody names. */
import type { Schema } from '../../model.ts';
import { relaxedNames } from '../../schema/keywords/direction.ts';
import { below, type Source } from '../../source.ts';
import { isNever, namesMentioned, placeOf, propertyOf, restOf, sourceOf } from './conjunction.ts';
import type { Compared, Conjunction, Finding, Pair, Step } from './finding.ts';

/** Everything that is said of objects, but for how many properties they have. */
export function compareObjects(pair: Pair): Compared {
  const findings: Finding[] = [];
  const steps: Step[] = [];
  compareProperties(pair, findings, steps);
  compareRest(pair, findings, steps);
  comparePatterns(pair, findings, steps);
  compareNames(pair, findings, steps);
  compareDependencies(pair, findings);
  return { findings, steps };
}

function compareProperties(pair: Pair, findings: Finding[], steps: Step[]): void {
  const { before, after, beforeParts, afterParts, direction, outer } = pair;
  const required = {
    before: requiredNames(before, beforeParts, direction),
    after: requiredNames(after, afterParts, direction),
  };
  const declared = { before: declaredNames(beforeParts), after: declaredNames(afterParts) };
  const mentioned = { before: namesMentioned(beforeParts), after: namesMentioned(afterParts) };
  const told = new Set<string>();
  for (const name of declared.before.union(declared.after)) {
    const old = propertyOf(beforeParts, name, sourceOf(before));
    const now = propertyOf(afterParts, name, sourceOf(after));
    const places = { before: sourceOf(old), after: sourceOf(now) };
    const isNew = !declared.before.has(name) && !mentioned.before.has(name) && !outer.has(name);
    const isGone = !declared.after.has(name) && !mentioned.after.has(name) && !outer.has(name);
    if (isNew && (old.schemas.length === 0 || isNever(old)) && !isNever(now)) {
      told.add(name);
      findings.push(addedProperty(name, required.after.has(name), isNever(old), places));
    } else if (isGone && (now.schemas.length === 0 || isNever(now)) && !isNever(old)) {
      told.add(name);
      findings.push(removedProperty(name, required.before.has(name), isNever(now), places));
    } else {
      steps.push({ before: old, after: now, path: `.${name}` });
      findings.push(...compareTravel(name, old, now));
    }
  }
  for (const [name, source] of required.after) {
    if (required.before.has(name) || told.has(name)) continue;
    const message = `the property "${name}" is required now`;
    const place = { before: sourceOf(before), after: source };
    findings.push({ what: 'property-became-required', effect: 'narrowed', message, ...place });
  }
  for (const [name, source] of required.before) {
    if (required.after.has(name) || told.has(name)) continue;
    const message = `the property "${name}" is optional now`;
    const place = { before: source, after: sourceOf(after) };
    findings.push({ what: 'property-became-optional', effect: 'widened', message, ...place });
  }
}

interface Places {
  readonly before: Source;
  readonly after: Source;
}

function addedProperty(name: string, required: boolean, closed: boolean, places: Places): Finding {
  if (required) {
    const message = `the required property "${name}" is new`;
    return { what: 'required-property-added', effect: closed ? 'changed' : 'narrowed', message, ...places };
  }
  const message = `the property "${name}" is new`;
  return { what: 'property-added', effect: closed ? 'widened' : 'narrowed', message, ...places };
}

function removedProperty(name: string, required: boolean, closed: boolean, places: Places): Finding {
  if (closed) {
    const message = `the ${required ? 'required ' : ''}property "${name}" is gone and refused`;
    const what = required ? 'required-property-refused' : 'property-refused';
    return { what, effect: required ? 'changed' : 'narrowed', message, ...places };
  }
  const message = `the ${required ? 'required ' : ''}property "${name}" is gone`;
  return {
    what: required ? 'required-property-removed' : 'property-removed',
    effect: 'widened',
    message,
    ...places,
  };
}

/** `readOnly` and `writeOnly` say in which direction a property travels. */
function compareTravel(name: string, old: Conjunction, now: Conjunction): readonly Finding[] {
  return (['readOnly', 'writeOnly'] as const).flatMap((keyword): readonly Finding[] => {
    const [was, is] = [old.schemas.some(says(keyword)), now.schemas.some(says(keyword))];
    if (was === is) return [];
    const word = keyword === 'readOnly' ? 'read-only' : 'write-only';
    return [
      {
        what: is ? `property-became-${word}` : `property-no-longer-${word}`,
        effect: 'changed',
        message: `the property "${name}" is ${is ? `${word} now` : `not ${word} any more`}`,
        before: sourceOf(old),
        after: sourceOf(now),
      },
    ];
  });
}

function says(keyword: 'readOnly' | 'writeOnly'): (schema: Schema) => boolean {
  return schema => schema[keyword] || schema.reference?.[keyword] === true;
}

/** Names that must be there in the direction, each with its place. */
function requiredNames(
  { schemas }: Conjunction,
  parts: readonly Schema[],
  direction: Pair['direction'],
): ReadonlyMap<string, Source> {
  const relaxed = new Set(schemas.flatMap(schema => [...relaxedNames(schema, direction)]));
  const names = new Map<string, Source>();
  for (const part of parts) {
    for (const name of part.required)
      if (!relaxed.has(name) && !names.has(name)) names.set(name, below(part.source, 'required'));
  }
  return names;
}

function declaredNames(parts: readonly Schema[]): ReadonlySet<string> {
  return new Set(parts.flatMap(part => [...part.properties.keys()]));
}

function compareRest(pair: Pair, findings: Finding[], steps: Step[]): void {
  const { before, after, beforeParts, afterParts } = pair;
  const old = restOf(beforeParts, sourceOf(before));
  const now = restOf(afterParts, sourceOf(after));
  if (isNever(old) && isNever(now)) return;
  const places = { before: sourceOf(old), after: sourceOf(now) };
  if (isNever(now)) {
    const message = 'properties that it does not name are refused now';
    findings.push({ what: 'additional-properties-closed', effect: 'narrowed', message, ...places });
  } else if (isNever(old)) {
    const message = 'properties that it does not name are allowed now';
    findings.push({ what: 'additional-properties-opened', effect: 'widened', message, ...places });
  } else if (old.schemas.length + now.schemas.length > 0) {
    steps.push({ before: old, after: now, path: '.*' });
  }
}

function comparePatterns(pair: Pair, findings: Finding[], steps: Step[]): void {
  const patterns = (parts: readonly Schema[]): ReadonlyMap<string, readonly Schema[]> => {
    const all = parts.flatMap(part => [...part.patternProperties]);
    const grouped = Map.groupBy(all, ([pattern]) => pattern);
    return new Map([...grouped].map(([pattern, list]) => [pattern, list.map(([, schema]) => schema)]));
  };
  const [old, now] = [patterns(pair.beforeParts), patterns(pair.afterParts)];
  for (const pattern of new Set([...old.keys(), ...now.keys()])) {
    const [was, is] = [old.get(pattern), now.get(pattern)];
    const before = { schemas: was ?? [], at: sourceOf(pair.before) };
    const after = { schemas: is ?? [], at: sourceOf(pair.after) };
    if (was !== undefined && is !== undefined) {
      steps.push({ before, after, path: `./${pattern}/` });
      continue;
    }
    const message = `the rule for properties like ${pattern} is ${is === undefined ? 'gone' : 'new'}`;
    const places = { before: sourceOf(before), after: sourceOf(after) };
    findings.push({ what: 'pattern-properties-changed', effect: 'changed', message, ...places });
  }
}

function compareNames(pair: Pair, findings: Finding[], steps: Step[]): void {
  const names = (parts: readonly Schema[]): readonly Schema[] =>
    parts.flatMap(({ propertyNames }) => (propertyNames === undefined ? [] : [propertyNames]));
  const before = { schemas: names(pair.beforeParts), at: sourceOf(pair.before) };
  const after = { schemas: names(pair.afterParts), at: sourceOf(pair.after) };
  if (before.schemas.length + after.schemas.length === 0) return;
  if (before.schemas.length > 0 && after.schemas.length > 0) {
    steps.push({ before, after, path: ' (names)' });
    return;
  }
  const isNew = before.schemas.length === 0;
  findings.push({
    what: isNew ? 'property-names-narrowed' : 'property-names-widened',
    effect: isNew ? 'narrowed' : 'widened',
    message: isNew
      ? 'names of properties are restricted now'
      : 'names of properties are not restricted any more',
    before: sourceOf(before),
    after: sourceOf(after),
  });
}

function compareDependencies({ before, after, beforeParts, afterParts }: Pair, findings: Finding[]): void {
  const needed = (parts: readonly Schema[]): ReadonlyMap<string, string> =>
    new Map(
      parts.flatMap(part =>
        [...part.dependentRequired].flatMap(([name, others]) =>
          others.map(other => [JSON.stringify([name, other]), `"${other}" beside "${name}"`] as const),
        ),
      ),
    );
  const [old, now] = [needed(beforeParts), needed(afterParts)];
  const places = {
    before: placeOf(beforeParts, before, 'dependentRequired'),
    after: placeOf(afterParts, after, 'dependentRequired'),
  };
  for (const [key, words] of now)
    if (!old.has(key))
      findings.push({
        what: 'dependency-narrowed',
        effect: 'narrowed',
        message: `${words} is required now`,
        ...places,
      });
  for (const [key, words] of old)
    if (!now.has(key))
      findings.push({
        what: 'dependency-widened',
        effect: 'widened',
        message: `${words} is not required any more`,
        ...places,
      });
}

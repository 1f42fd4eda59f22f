/** Conditions, exclusions, discriminators and what is left unevaluated. Where nobody can tell what a change does, it says so. */
import type { Schema } from '../../model.ts';
import { inPlaceSubschemas } from '../../schema/subschemas.ts';
import { namesMentioned, placeOf, sourceOf } from './conjunction.ts';
import type { Compared, Conjunction, Finding, Pair, Step } from './finding.ts';

/** All that is neither a limit nor a part of the value nor a union. */
export function compareCombinations(pair: Pair): Compared {
  const findings: Finding[] = [];
  const steps: Step[] = [];
  compareExclusions(pair, findings, steps);
  compareConditions(pair, findings, steps);
  compareDependentSchemas(pair, findings, steps);
  compareDiscriminators(pair, findings, steps);
  compareUnevaluated(pair, findings);
  return { findings, steps };
}

/** More that must hold narrows, less widens; what stands on both sides is compared further. */
function compareLists(
  pair: Pair,
  keyword: 'not' | 'if',
  words: readonly [isNew: string, isGone: string],
  findings: Finding[],
): readonly (readonly [Schema, Schema])[] {
  const has = (part: Schema): boolean => part[keyword] !== undefined;
  const [old, now] = [pair.beforeParts.filter(has), pair.afterParts.filter(has)];
  const places = {
    before: placeOf(old, pair.before, keyword),
    after: placeOf(now, pair.after, keyword),
  };
  const what = keyword === 'not' ? 'exclusion' : 'condition';
  if (now.length > old.length)
    findings.push({ what: `${what}-narrowed`, effect: 'narrowed', message: words[0], ...places });
  if (now.length < old.length)
    findings.push({ what: `${what}-widened`, effect: 'widened', message: words[1], ...places });
  return old.flatMap((part, index) => {
    const other = now[index];
    return other === undefined ? [] : [[part, other] as const];
  });
}

function compareExclusions(pair: Pair, findings: Finding[], steps: Step[]): void {
  const words = ['some values are excluded now', 'some values are not excluded any more'] as const;
  for (const [old, now] of compareLists(pair, 'not', words, findings))
    steps.push({ ...together(old.not, now.not, pair), path: '(not)', twisted: true });
}

function compareConditions(pair: Pair, findings: Finding[], steps: Step[]): void {
  const words = ['a condition is prescribed now', 'a condition is gone'] as const;
  for (const [old, now] of compareLists(pair, 'if', words, findings)) {
    steps.push({ ...together(old.if, now.if, pair), path: '(if)', twisted: true });
    steps.push({ ...together(old.then, now.then, pair), path: '(then)', outer: namesAround(pair) });
    steps.push({ ...together(old.else, now.else, pair), path: '(else)', outer: namesAround(pair) });
  }
}

function compareDependentSchemas(pair: Pair, findings: Finding[], steps: Step[]): void {
  const schemas = (parts: readonly Schema[]): ReadonlyMap<string, Schema> =>
    new Map(parts.flatMap(({ dependentSchemas }) => [...dependentSchemas]));
  const [old, now] = [schemas(pair.beforeParts), schemas(pair.afterParts)];
  const places = {
    before: placeOf(pair.beforeParts, pair.before, 'dependentSchemas'),
    after: placeOf(pair.afterParts, pair.after, 'dependentSchemas'),
  };
  for (const name of new Set([...old.keys(), ...now.keys()])) {
    const [was, is] = [old.get(name), now.get(name)];
    if (was !== undefined && is !== undefined) {
      steps.push({ ...together(was, is, pair), path: `(beside ${name})`, outer: namesAround(pair) });
    } else if (is !== undefined) {
      const message = `more is prescribed beside "${name}" now`;
      findings.push({ what: 'dependency-narrowed', effect: 'narrowed', message, ...places });
    } else {
      const message = `nothing is prescribed beside "${name}" any more`;
      findings.push({ what: 'dependency-widened', effect: 'widened', message, ...places });
    }
  }
}

function together(
  old: Schema | undefined,
  now: Schema | undefined,
  pair: Pair,
): { readonly before: Conjunction; readonly after: Conjunction } {
  return {
    before: { schemas: old === undefined ? [] : [old], at: sourceOf(pair.before) },
    after: { schemas: now === undefined ? [] : [now], at: sourceOf(pair.after) },
  };
}

function namesAround({ outer, beforeParts, afterParts }: Pair): ReadonlySet<string> {
  return new Set([...outer, ...namesMentioned(beforeParts), ...namesMentioned(afterParts)]);
}

function compareDiscriminators(pair: Pair, findings: Finding[], steps: Step[]): void {
  const tagged = (parts: readonly Schema[]): Schema | undefined =>
    parts.find(({ discriminator }) => discriminator !== undefined);
  const [old, now] = [tagged(pair.beforeParts)?.discriminator, tagged(pair.afterParts)?.discriminator];
  if (old === undefined && now === undefined) return;
  const places = {
    before: old?.source ?? sourceOf(pair.before),
    after: now?.source ?? sourceOf(pair.after),
  };
  const finding = (what: string, effect: Finding['effect'], message: string): void => {
    findings.push({ what, effect, message, ...places });
  };
  if (old?.propertyName !== now?.propertyName) {
    const names = [old, now].map(one => (one === undefined ? 'none' : `"${one.propertyName}"`));
    finding('discriminator-changed', 'changed', `the discriminator ${names[0]} became ${names[1]}`);
    return;
  }
  for (const [tag, target] of old?.mapping ?? []) {
    const other = now?.mapping.get(tag);
    if (other === undefined)
      finding('discriminator-value-removed', 'narrowed', `the discriminator's value "${tag}" is gone`);
    else steps.push({ ...together(target, other, pair), path: `(${tag})`, outer: namesAround(pair) });
  }
  for (const tag of now?.mapping.keys() ?? []) {
    if (old?.mapping.has(tag) !== true)
      finding('discriminator-value-added', 'widened', `the discriminator's value "${tag}" is new`);
  }
}

/** What is left over for `unevaluated…` depends on alternatives and conditions, so any change of those may matter. */
function compareUnevaluated({ before, after, beforeParts, afterParts }: Pair, findings: Finding[]): void {
  const [old, now] = [shapeOf(beforeParts), shapeOf(afterParts)];
  if (old === now) return;
  const isComplex = (parts: readonly Schema[]): boolean =>
    parts.some(part => inPlaceSubschemas(part).some(other => !parts.includes(other)));
  if (!isComplex(beforeParts) && !isComplex(afterParts)) return;
  findings.push({
    what: 'unevaluated-changed',
    effect: 'changed',
    message: 'what alternatives and conditions leave unevaluated may be something else now',
    before: placeOf(beforeParts, before, 'unevaluatedProperties', 'unevaluatedItems'),
    after: placeOf(afterParts, after, 'unevaluatedProperties', 'unevaluatedItems'),
  });
}

/** Everything that evaluates properties or items; empty where nothing asks for it. */
function shapeOf(parts: readonly Schema[]): string {
  const all = new Set(parts);
  for (const schema of all) for (const other of inPlaceSubschemas(schema)) all.add(other);
  const asks = (part: Schema): boolean =>
    part.unevaluatedProperties !== undefined || part.unevaluatedItems !== undefined;
  if (![...all].some(asks)) return '';
  const shape = [...all].map(part => [
    [...part.properties.keys()].toSorted(),
    [...part.patternProperties.keys()].toSorted(),
    part.additionalProperties !== undefined,
    part.prefixItems?.length ?? 0,
    [part.items, part.contains, part.unevaluatedItems, part.unevaluatedProperties].map(
      one => one !== undefined,
    ),
  ]);
  return JSON.stringify(shape.map(one => JSON.stringify(one)).toSorted());
}

import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Resource } from '../state/records.ts';
import { routerOf } from './route.ts';

const NAMES = ['a', 'b', 'c'];
const VERBS = ['GET', 'POST', 'ANY'];

/** A path of resources, greedy only at its end. */
const path = fc
  .tuple(fc.array(fc.constantFrom(...NAMES, ''), { maxLength: 3 }), fc.boolean())
  .map(([parts, greedy]) => [...parts.map((part, at) => part || `{p${at}}`), ...(greedy ? ['{g+}'] : [])]);
const resources = fc.uniqueArray(
  fc.tuple(path, fc.uniqueArray(fc.constantFrom(...VERBS), { minLength: 1 })),
  {
    maxLength: 8,
    selector: ([parts]) => parts.join('/'),
  },
);

type Candidate = readonly [parts: readonly string[], verbs: readonly string[]];

const rank = (part: string | undefined): number =>
  part === undefined ? 0 : part === '{g+}' ? 2 : part.startsWith('{') ? 1 : 0;

function matches(parts: readonly string[], segments: readonly string[]): boolean {
  if (parts.at(-1) === '{g+}') {
    const before = parts.slice(0, -1);
    return segments.length > before.length && matches(before, segments.slice(0, before.length));
  }
  return (
    parts.length === segments.length &&
    parts.every((part, at) => part.startsWith('{') || part === segments[at])
  );
}

/** The rule of 16.3 in one sentence after another, without a tree. */
function expected(all: readonly Candidate[], verb: string, segments: readonly string[]): string | undefined {
  const [best] = all
    .filter(([parts, verbs]) => matches(parts, segments) && (verbs.includes(verb) || verbs.includes('ANY')))
    .toSorted(([one], [other]) => {
      for (let at = 0; at < Math.max(one.length, other.length); at += 1) {
        const difference = rank(one[at]) - rank(other[at]);
        if (difference !== 0) return difference;
      }
      return 0;
    });
  if (best === undefined) return undefined;
  return `${best[1].includes(verb) ? verb : 'ANY'} /${best[0].join('/')}`;
}

test('16.3: the tree finds what the rule says, for any resources and any path', () => {
  fc.assert(
    fc.property(
      resources,
      fc.constantFrom('GET', 'POST', 'PUT'),
      fc.array(fc.constantFrom(...NAMES, 'd'), { maxLength: 5 }),
      (all, verb, segments) => {
        const records = all.map(([parts]): Resource => ({ id: parts.join(), path: `/${parts.join('/')}` }));
        const verbsOf = new Map(all.map(([parts, verbs]) => [`/${parts.join('/')}`, verbs]));
        const router = routerOf(
          records,
          ({ path: at }) => new Map((verbsOf.get(at) ?? []).map(each => [each, `${each} ${at}`])),
        );
        const route = router.find(verb, `/${segments.join('/')}`);
        expect(route?.method).toBe(expected(all, verb, segments));
        // Parameters, put into the template, are the path again.
        const filled = route?.method
          .split(' ')[1]
          ?.replaceAll(/\{(\w+)\+?\}/g, (_whole, name: string) => route.pathParameters.get(name)?.[0] ?? '');
        if (filled !== undefined) expect(filled).toBe(`/${segments.join('/')}`);
      },
    ),
  );
});

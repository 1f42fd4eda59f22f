/** A row of references prints what its parts print one by one. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileTemplate } from './template.ts';
import { HostObject, toValue, type Value } from './values.ts';

function variables(): ReadonlyMap<string, Value> {
  const owner = { name: 'Ann', none: null, price: 1.5, tags: ['a', 1] };
  return new Map<string, Value>([
    ['pet', toValue({ id: 7, name: 'Rex', owner, open: true })],
    ['other', toValue({ owner: { name: 'Bob' } })],
    ['host', new HostObject('host', { properties: { owner: () => toValue(owner) } })],
    ['word', 'word'],
  ]);
}

const BEFORE = [
  '#set($list = ["x"])',
  // Both change what others read, the second one from within a list.
  '#define($change)#set($count = $count + 1)#set($pet.owner = {"name": "new $count"})changed#end',
  '#set($count = 0)#set($inside = [$change])',
].join('');

const SIMPLE = new Set(['change', 'inside', 'list']);
const NAMES = ['pet', 'pet', 'pet', 'change', 'inside', 'other', 'host', 'word', 'none', 'list'];
const STEPS = [
  'owner.name',
  'owner.name',
  'owner.price',
  'owner.tags',
  'owner.none.x',
  'owner',
  'id',
  'id.bytes',
  '',
];

const REFERENCE = fc
  .tuple(fc.constantFrom('$', '$!'), fc.constantFrom(...NAMES), fc.constantFrom(...STEPS))
  .map(
    ([dollar, name, steps]) => `${dollar}{${SIMPLE.has(name) || steps === '' ? name : `${name}.${steps}`}}`,
  );

test('a row prints what its references print with something between them', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom('', ' ', 'text ', '$', '\\\\'), REFERENCE), { minLength: 1 }),
      fc.constantFrom('', ' end'),
      (pieces, rest) => {
        const row = pieces.map(piece => piece.join(''));
        const printed = (between: string): string =>
          compileTemplate(`${BEFORE}#if(true)${row.join(between)}${rest}#end`).render(variables());
        // A `#set` is no part of a row, so that each row has one reference.
        expect(printed('')).toBe(printed('#set($nothing = 1)'));
      },
    ),
    { numRuns: 2000 },
  );
});

test('a way that has no value stays without one for those that go on from it', () => {
  const { render } = compileTemplate('[$pet.gone.a][$pet.gone.b][$pet.owner.name][$none.a][$none.b]');
  expect(render(variables())).toBe('[][][Ann][][]');
});

import { expect, test } from 'vitest';
import type { Contract } from '../model.ts';
import { contractFromText } from '../read.ts';
import { type ConfiguredHints, wrongHints } from './hints.ts';
import { sequencePlan } from './sequence-plan.ts';

/** A resource that no path gives away: it is made elsewhere, and two properties may be its id. */
function petsWith(hints: string, more = ''): Contract {
  const { contract } = contractFromText(`openapi: 3.1.1
info: { title: Pets, version: 1.0.0 }
paths:
  /add-pet:
    post:
${hints}
      requestBody: { content: { application/json: { schema: { type: object, properties: { name: { type: string } } } } } }
      responses: { '201': { description: Made, content: { application/json: { schema: { type: object, properties: {
        key: { type: string }, code: { type: string } } } } } } }
  /pets/{petId}:
    parameters: [{ name: petId, in: path, required: true, schema: { type: string } }]
    get: { responses: { '200': { description: One } } }
    delete: {${more} responses: { '204': { description: Gone } } }
`);
  if (contract === undefined) throw new Error('no contract');
  return contract;
}

const ID = "      x-rehearsal-id: '$response.body#/key'\n";
const ITEM = "      x-rehearsal-item: '/pets/{petId}'\n";

const idsOf = (contract: Contract, hints: ConfiguredHints = {}): readonly string[] =>
  [...sequencePlan(contract, { hints })].map(({ id }) => id);

test('extensions say what is made, and where its id stands', () => {
  expect(idsOf(petsWith('      x-none: 1'))).toEqual([]);
  const sequences = [...sequencePlan(petsWith(ID + ITEM))];
  expect(sequences.map(({ id }) => id)).toEqual(
    expect.arrayContaining(['/pets/{petId} created', '/pets/{petId} deleted']),
  );
  const read = sequences[0]?.steps.find(({ name }) => name === 'read it');
  expect(read?.inputs.map(({ from }) => from)).toEqual([
    [{ kind: 'response-body', step: 1, pointer: '/key' }],
  ]);
  expect(sequences[0]?.cleanUp.map(({ operation }) => operation.key)).toEqual(['DELETE /pets/{petId}']);
});

test('Location is taken apart by the path of the item', () => {
  const [created] = sequencePlan(petsWith(`      x-rehearsal-id: $response.header.Location\n${ITEM}`));
  const read = created?.steps.find(({ name }) => name === 'read it');
  expect(read?.inputs.map(({ from }) => from)).toEqual([
    [{ kind: 'location', step: 1, path: '/pets/{petId}', name: 'petId' }],
  ]);
});

test('the configuration says the same, and stands over the document', () => {
  const hints = { 'POST /add-pet': { id: '$response.body#/key', item: '/pets/{petId}' } };
  expect(idsOf(petsWith('      x-none: 1'), hints)).toEqual(idsOf(petsWith(ID + ITEM)));
  expect(idsOf(petsWith(`      x-rehearsal-sequences: false\n`), hints)).toEqual(idsOf(petsWith(ID + ITEM)));
  expect(idsOf(petsWith(ID + ITEM), { 'POST /add-pet': false })).toEqual([]);
});

test('what is left out is named', () => {
  const plan = sequencePlan(petsWith(ID + ITEM, ' x-rehearsal-sequences: false,'));
  const ids = [...plan].map(({ id }) => id);
  expect(ids).toContain('/pets/{petId} created');
  expect(ids).not.toContain('/pets/{petId} deleted');
  expect(plan.unplanned).toContainEqual({ reason: 'left-out', what: 'DELETE /pets/{petId}' });
  expect([...plan.operations].map(({ key }) => key)).not.toContain('DELETE /pets/{petId}');
});

test.each([
  ['      x-rehearsal-id: data.key\n', '"x-rehearsal-id" is an expression such as $response.body#/id'],
  ['      x-rehearsal-id: 4\n', '"x-rehearsal-id" is a text.'],
  ['      x-rehearsal-item: /dogs/{id}\n', '"x-rehearsal-item" is a path of the document, and "/dogs/{id}"'],
  ['      x-rehearsal-item: /add-pet\n', '"x-rehearsal-item" ends with a variable'],
  ['      x-rehearsal-sequences: no thanks\n', '"x-rehearsal-sequences" is true or false.'],
])('%s is wrong and counts as no hint', (hint, message) => {
  const contract = petsWith(hint);
  expect(contract.operations.flatMap(wrongHints).map(wrong => wrong.message)).toEqual([
    expect.stringContaining(message),
  ]);
  expect(idsOf(contract)).toEqual([]);
});

test('only what makes something says what it makes', () => {
  const contract = petsWith(ITEM, ' x-rehearsal-id: $response.body#/id,');
  expect(contract.operations.flatMap(wrongHints).map(({ message }) => message)).toEqual([
    '"x-rehearsal-id" is for POST and PUT, not for DELETE /pets/{petId}.',
  ]);
});

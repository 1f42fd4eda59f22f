import { describe, expect, test } from 'vitest';
import type { Exchange } from '../exchange.ts';
import type { Contract } from '../model.ts';
import { casePlan } from '../plan/case-plan.ts';
import { contractFromText } from '../read.ts';
import { type Removal, type RemovalOptions, removals } from './removal.ts';

const PET = '{ type: object, properties: { id: { type: integer }, name: { type: string } } }';

function contractOf(paths: string): Contract {
  const { contract, problems } = contractFromText(
    `openapi: 3.1.1\ninfo: { title: T, version: "1" }\npaths:\n${paths}`,
  );
  if (contract === undefined || problems.length > 0) throw new Error(JSON.stringify(problems));
  return contract;
}

interface Answer {
  readonly status: number;
  readonly location?: string;
  readonly body?: unknown;
  /** In the place of what was sent. */
  readonly sent?: unknown;
  readonly path?: string;
}

/** How what an operation made is removed, when it answered so. */
function removalOf(
  contract: Contract,
  key: string,
  { status, location, body, sent, path }: Answer,
  options?: RemovalOptions,
): Removal | undefined {
  const operation = contract.operations.find(candidate => candidate.key === key);
  const [planned] = operation === undefined ? [] : casePlan(operation);
  if (planned === undefined) throw new Error(`${key} has no case`);
  const encode = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
  const exchange: Exchange = {
    case: {
      ...planned,
      request: {
        ...planned.request,
        ...(path === undefined ? {} : { path }),
        ...(sent === undefined ? {} : { body: encode(sent), contentType: 'application/json' }),
      },
    },
    response: {
      status,
      headers: [
        ...(location === undefined ? [] : [['Location', location] as const]),
        ...(body === undefined ? [] : [['Content-Type', 'application/json'] as const]),
      ],
      body: body === undefined ? new Uint8Array() : encode(body),
      ms: 1,
    },
  };
  return removals(contract, options)(exchange);
}

const requestOf = (removal: Removal | undefined): string =>
  removal?.kind === 'request'
    ? `${removal.planned.request.method} ${removal.planned.request.path}`
    : (removal?.reason ?? 'nothing');

const created = (status: string): string => `  /pets:
    post:
      requestBody: { required: true, content: { application/json: { schema: ${PET} } } }
      responses: { "${status}": { description: Made, content: { application/json: { schema: ${PET} } } } }
`;
const deleted = `  /pets/{petId}:
    parameters: [{ name: petId, in: path, required: true, schema: { type: integer } }]
    delete: { responses: { "204": { description: Gone } } }
`;

describe('the id', () => {
  const contract = contractOf(created('201') + deleted);

  test.each([
    ['of the body', { status: 201, body: { id: 7 } }, 'DELETE /pets/7'],
    ['of Location', { status: 201, location: 'https://elsewhere.example/v1/pets/8?x=1' }, 'DELETE /pets/8'],
    ['that the client chose', { status: 201, sent: { id: 9, name: 'Rex' } }, 'DELETE /pets/9'],
    ['nowhere', { status: 201, sent: { name: 'Rex' } }, 'no-id'],
  ] as const)('%s', (_where, answer, expected) => {
    expect(requestOf(removalOf(contract, 'POST /pets', answer))).toBe(expected);
  });

  test('that a hint names, in the document or in the configuration', () => {
    const hints = { 'POST /pets': { id: '$response.header.X-Id' } };
    const body = { id: 7 };
    expect(requestOf(removalOf(contract, 'POST /pets', { status: 201, body }, { hints }))).toBe('no-id');
    const inDocument = contractOf(
      created('201').replace('    post:', '    post:\n      x-rehearsal-id: $response.body#/name') + deleted,
    );
    const named = { status: 201, body: { id: 7, name: '12' } };
    expect(requestOf(removalOf(inDocument, 'POST /pets', named))).toBe('DELETE /pets/12');
  });

  test('of what it stands under was in the path', () => {
    const owned = contractOf(`  /owners/{owner}/pets:
    parameters: [{ name: owner, in: path, required: true, schema: { type: string } }]
    post: { responses: { "201": { description: Made } } }
  /owners/{ownerName}/pets/{id}:
    parameters:
      - { name: ownerName, in: path, required: true, schema: { type: string } }
      - { name: id, in: path, required: true, schema: { type: string } }
    delete: { responses: { "204": { description: Gone } } }
`);
    const answer = { status: 201, path: '/owners/ann%20b/pets', location: '/owners/ann%20b/pets/x%2Fy' };
    expect(requestOf(removalOf(owned, 'POST /owners/{owner}/pets', answer))).toBe(
      'DELETE /owners/ann%20b/pets/x%2Fy',
    );
  });
});

describe('whether anything was made', () => {
  test('is shown by 201 where that is documented, and by nothing else', () => {
    const contract = contractOf(created('201') + deleted);
    expect(requestOf(removalOf(contract, 'POST /pets', { status: 200, body: { id: 7 } }))).toBe('nothing');
    expect(requestOf(removalOf(contract, 'POST /pets', { status: 400, body: { id: 7 } }))).toBe('nothing');
    expect(requestOf(removalOf(contract, 'POST /pets', { status: 202 }))).toBe('promised');
  });

  test('is shown by any success where no 201 is documented, unless the client gave the name', () => {
    const contract = contractOf(created('200') + deleted);
    const body = { id: 7 };
    expect(requestOf(removalOf(contract, 'POST /pets', { status: 200, body, sent: {} }))).toBe(
      'DELETE /pets/7',
    );
    expect(requestOf(removalOf(contract, 'POST /pets', { status: 200, body, sent: body }))).toBe(
      'maybe-older',
    );
  });

  test('PUT makes something only when it says 201', () => {
    const contract = contractOf(`  /labels/{name}:
    parameters: [{ name: name, in: path, required: true, schema: { type: string } }]
    put: { responses: { "200": { description: Changed }, "201": { description: Made } } }
    delete: { responses: { "204": { description: Gone } } }
`);
    const put = (status: number): string =>
      requestOf(removalOf(contract, 'PUT /labels/{name}', { status, path: '/labels/red' }));
    expect([put(200), put(201)]).toEqual(['nothing', 'DELETE /labels/red']);
  });
});

describe('what stays', () => {
  test('has no DELETE, or one that is not to be used', () => {
    const alone = contractOf(created('201'));
    expect(requestOf(removalOf(alone, 'POST /pets', { status: 201, body: { id: 7 } }))).toBe('no-delete');
    const contract = contractOf(created('201') + deleted);
    const answer = { status: 201, body: { id: 7 } };
    for (const options of [{ mayRemove: () => false }, { hints: { 'DELETE /pets/{petId}': false } }] as const)
      expect(requestOf(removalOf(contract, 'POST /pets', answer, options))).toBe('no-delete');
  });
});

import { afterEach, describe, expect, test } from 'vitest';
import { contractFromText } from '../contract/read.ts';
import type { CleanUpSummary, RunSummary } from './events.ts';
import { startPets } from './pets.fixture.ts';
import { REPORTERS } from './reporters/index.ts';
import { reported } from './reporters/reporting.fixture.ts';
import { type RunOptions, run } from './run.ts';
import { type ShelterFault, type ShelterServer, shelterContract, startShelter } from './shelter.fixture.ts';
import { createTransport, type Transport } from './transport.ts';

const servers: { readonly close: () => Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map(server => server.close()));
});

async function serve(fault?: ShelterFault): Promise<ShelterServer> {
  const server = await startShelter(fault);
  servers.push(server);
  return server;
}

const contracts = [{ name: 'shelter.yaml', contract: shelterContract() }];
const single = { contracts, sequences: { off: true } } as const;

const stateOf = ({ state }: ShelterServer): readonly number[] =>
  [state.animals, state.notes, state.labels, state.keepers].map(({ size }) => size);

const leftFor = ({ cleanUp }: RunSummary, reason: string): CleanUpSummary['left'][number] | undefined =>
  cleanUp?.left.find(one => one.reason === reason);

describe('what single cases make', () => {
  test('is removed after them', async () => {
    const server = await serve();
    const summary = await run({ ...single, baseUrl: server.url });
    expect(stateOf(server)).toEqual([0, 0, 0, 0]);
    expect(summary.cleanUp?.removed).toBeGreaterThan(3);
    expect(summary.cleanUp?.left).toEqual([]);
    expect(summary.verdict).toBe('kept');
  });

  test('is removed after the sequences too, and counts as no case', async () => {
    const server = await serve();
    const sequences = { patienceMs: 0 };
    const summary = await run({ contracts, sequences, baseUrl: server.url });
    expect(stateOf(server)).toEqual([0, 0, 0, 0]);
    const kept = await run({ contracts, sequences, baseUrl: (await serve()).url, cleanUp: { off: true } });
    expect([summary.cases, kept.cleanUp]).toEqual([kept.cases, undefined]);
  });

  test('is removed by no more requests at once than the run has', async () => {
    let [open, most] = [0, 0];
    const real = createTransport();
    const transport: Transport = {
      send: async (baseUrl, request) => {
        open += 1;
        if (request.method === 'DELETE') most = Math.max(most, open);
        const sent = await real.send(baseUrl, request);
        open -= 1;
        return sent;
      },
      close: real.close,
    };
    await run({ ...single, baseUrl: (await serve()).url, transport, concurrency: 1 });
    expect(most).toBe(1);
    await run({ ...single, baseUrl: (await serve()).url, transport, concurrency: 8 });
    expect(most).toBeGreaterThan(1);
    real.close();
  });

  test('stays where nobody wants it removed', async () => {
    const server = await serve();
    const summary = await run({ ...single, baseUrl: server.url, cleanUp: { off: true } });
    expect(server.state.animals.size).toBeGreaterThan(0);
    expect(summary.cleanUp).toBeUndefined();
  });

  test('is removed with a DELETE that is not tested, but with none that may not be sent', async () => {
    const server = await serve();
    const select: RunOptions['select'] = ({ key }) => key === 'POST /animals';
    await run({ ...single, baseUrl: server.url, select });
    expect(server.state.animals.size).toBe(0);
    const mayRemove = (): boolean => false;
    const summary = await run({ ...single, baseUrl: server.url, select, cleanUp: { mayRemove } });
    expect(server.state.animals.size).toBeGreaterThan(0);
    const left = leftFor(summary, 'no-delete');
    expect(left?.count).toBeGreaterThan(0);
    expect(left?.examples[0]).toMatch(/^POST \/animals positive /);
  });

  test('is removed with what hooks put into requests', async () => {
    const server = await serve(({ method, headers }, usual) =>
      method === 'DELETE' && headers['x-pass'] !== 'open' ? { status: 403, body: 'no' } : usual(),
    );
    const summary = await run({
      ...single,
      baseUrl: server.url,
      hooks: {
        beforeCase: request => ({ ...request, headers: [...request.headers, ['X-Pass', 'open']] }),
      },
    });
    expect([stateOf(server), summary.cleanUp?.left]).toEqual([[0, 0, 0, 0], []]);
  });

  test('an interruption still removes it', async () => {
    const interruption = new AbortController();
    const server = await serve(({ method, path }, usual) => {
      const reply = usual();
      if (method === 'POST' && path === '/keepers' && reply.status === 201) interruption.abort();
      return reply;
    });
    const summary = await run({
      ...single,
      baseUrl: server.url,
      signal: interruption.signal,
      concurrency: 1,
    });
    expect(summary.stopped).toBe('interrupted');
    expect(summary.cleanUp?.removed).toBeGreaterThan(1);
    expect(stateOf(server)).toEqual([0, 0, 0, 0]);
  });

  test('what still holds something else is asked for again', async () => {
    let refused = 0;
    const server = await serve(({ method, path }, usual, { animals }) => {
      if (method !== 'DELETE' || !path.startsWith('/keepers/') || animals.size === 0) return usual();
      refused += 1;
      return { status: 409, body: 'it has animals' };
    });
    const select: RunOptions['select'] = ({ key }) => /^POST \/(animals|keepers)$/.test(key);
    const summary = await run({ ...single, baseUrl: server.url, select });
    expect(refused).toBeGreaterThan(0);
    expect([stateOf(server), summary.cleanUp?.left]).toEqual([[0, 0, 0, 0], []]);
  });
});

describe('what cannot be removed is counted and named', () => {
  test('DELETE is refused', async () => {
    const server = await serve(({ method, path }, usual) =>
      method === 'DELETE' && path.startsWith('/keepers/') ? { status: 409, body: 'never' } : usual(),
    );
    const summary = await run({ ...single, baseUrl: server.url });
    const left = leftFor(summary, 'refused');
    expect(left?.count).toBe(server.state.keepers.size);
    expect(left?.examples).toContain(`DELETE /keepers/${[...server.state.keepers.keys()][0]}: 409`);
  });

  test('the server has gone', async () => {
    const server = await serve();
    let making = 0;
    const summary = await run({
      ...single,
      baseUrl: server.url,
      concurrency: 1,
      select: ({ key }) => key === 'POST /keepers',
      hooks: {
        afterCase: async outcome => {
          if (outcome.kind === 'unanswered' || outcome.exchange.response.status !== 201) return;
          making += 1;
          if (making === 1) await server.close();
        },
      },
    });
    expect(summary.stopped).toBe('unreachable');
    expect(leftFor(summary, 'unanswered')).toMatchObject({ count: 1 });
  });

  test('nothing says which it is', async () => {
    const server = await serve(({ method, path }, usual) => {
      const reply = usual();
      return method === 'POST' && path === '/keepers' && reply.status === 201
        ? { status: 201, body: { data: { name: 'no id' } } }
        : reply;
    });
    const summary = await run({ ...single, baseUrl: server.url });
    expect(leftFor(summary, 'no-id')?.count).toBe(server.state.keepers.size);
  });
});

describe('nothing is removed', () => {
  test('that a server without a memory only says it made', async () => {
    const requests: string[] = [];
    const pets = await startPets(({ method, path, headers }) => {
      if (path.startsWith('/pets/') && headers['x-key'] !== undefined) requests.push(`${method} ${path}`);
      return undefined;
    });
    servers.push(pets);
    const { contract } = contractFromText(FORGETFUL);
    if (contract === undefined) throw new Error('no contract');
    const tested = { contracts: [{ name: 'pets.yaml', contract }], baseUrl: pets.url };
    const summary = await run({ ...tested, sequences: { patienceMs: 0 } });
    expect(summary.cleanUp).toEqual({ removed: 0, left: [] });
    const stateless = await run({ ...tested, sequences: { stateless: true } });
    expect(stateless.cleanUp).toBeUndefined();
  });

  test('where only safe methods are sent', async () => {
    const server = await serve();
    const summary = await run({
      contracts,
      baseUrl: server.url,
      plan: { safe: true },
      sequences: { safe: true },
    });
    expect(summary.cleanUp).toBeUndefined();
    expect(server.log.filter(line => !/^(GET|HEAD|OPTIONS) /.test(line))).toEqual([]);
  });
});

/** The server of the fixture finds every pet and shows none that was made. */
const FORGETFUL = `openapi: 3.1.1
info: { title: Pets, version: "1" }
paths:
  /pets:
    post:
      requestBody: { required: true, content: { application/json: { schema: { $ref: "#/components/schemas/Pet" } } } }
      security: [{ key: [] }]
      responses: { "201": { description: Made, content: { application/json: { schema: { $ref: "#/components/schemas/Pet" } } } } }
  /pets/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: integer, minimum: 1 } }]
    get: { responses: { "200": { description: A pet }, "404": { description: None } } }
    delete: { security: [{ key: [] }], responses: { "204": { description: Gone }, "404": { description: None } } }
components:
  securitySchemes: { key: { type: apiKey, in: header, name: X-Key } }
  schemas:
    Pet:
      type: object
      required: [name]
      additionalProperties: false
      properties: { id: { type: integer, readOnly: true }, name: { type: string, minLength: 1, maxLength: 20 } }
`;

test.each(REPORTERS.map(reporter => [reporter.name, reporter] as const))(
  '%s names what is left behind, with secrets masked',
  async (_name, reporter) => {
    // The server gives the thing the client's own key for an id.
    const key = '4711004711';
    const pets = await startPets(({ method, path }, reply) =>
      method === 'DELETE' && path === `/pets/${key}`
        ? { status: 409 }
        : reply.status === 201
          ? { body: `{"id":${key},"name":"Rex"}` }
          : undefined,
    );
    servers.push(pets);
    const text = await reported(reporter, pets.url, { key });
    expect(text).toMatch(/left behind: DELETE \/pets\/|"DELETE \/pets\//);
    expect(text.replace(/&#42;/g, '*')).toContain('/pets/***: 409');
    expect(text).not.toContain(key);
  },
);

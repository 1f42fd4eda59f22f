/** What holds of the gateway's state after any calls, and of what a fresh store reads of it. */
import { copyFileSync, existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isGreedy, pathBelow } from '../rules/path-part.ts';
import type { Kind, Method, Resource } from '../state/records.ts';
import { openStore, type Store } from '../state/store.ts';
import { answerControl } from './control-plane.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gateway-invariants-'));
});
afterAll(() => rm(folder, { recursive: true }));

const KINDS: readonly Kind[] = [
  'rest-api',
  'resource',
  'model',
  'request-validator',
  'authorizer',
  'gateway-response',
  'deployment',
  'snapshot',
  'stage',
];

/** A call, and numbers that choose among what there is. */
interface Step {
  readonly call: keyof typeof CALLS;
  readonly pick: number;
  readonly other: number;
}

/** What a step can refer to: each chooses among what is there, or names what is not. */
interface World {
  readonly api: string;
  /** The first one stays, so that calls go on meeting what others made. */
  readonly laterApi: string;
  readonly resource: string;
  readonly otherResource: string;
  readonly validator: string;
  readonly deployment: string;
  readonly part: string;
  readonly model: string;
  readonly stage: string;
  readonly verb: string;
}

type Asked = readonly [method: string, target: string, input?: unknown];
const patch = (target: string, op: string, path: string, value?: string): Asked => [
  'PATCH',
  target,
  { patchOperations: [{ op, path, value }] },
];
const resources = ({ api }: World): string => `/restapis/${api}/resources`;
const method = (world: World): string => `${resources(world)}/${world.resource}/methods/${world.verb}`;
const MODEL_PATH = '/requestModels/application~1json';

const CALLS = {
  createApi: () => ['POST', '/restapis', { name: 'pets' }],
  cloneApi: ({ api }) => ['POST', '/restapis', { name: 'clone', cloneFrom: api }],
  deleteApi: ({ laterApi }) => ['DELETE', `/restapis/${laterApi}`],
  createResource: world => ['POST', `${resources(world)}/${world.resource}`, { pathPart: world.part }],
  moveResource: world =>
    patch(`${resources(world)}/${world.resource}`, 'replace', '/parentId', world.otherResource),
  renameResource: world => patch(`${resources(world)}/${world.resource}`, 'replace', '/pathPart', world.part),
  deleteResource: world => ['DELETE', `${resources(world)}/${world.resource}`],
  putMethod: world => ['PUT', method(world), { authorizationType: 'NONE' }],
  putValidatedMethod: world => [
    'PUT',
    method(world),
    {
      authorizationType: 'NONE',
      requestValidatorId: world.validator,
      requestModels: { 'application/json': world.model },
    },
  ],
  useModel: world => patch(method(world), 'add', MODEL_PATH, world.model),
  leaveModel: world => patch(method(world), 'remove', MODEL_PATH),
  useValidator: world => patch(method(world), 'replace', '/requestValidatorId', world.validator),
  deleteMethod: world => ['DELETE', method(world)],
  putMethodResponse: world => [
    'PUT',
    `${method(world)}/responses/200`,
    { responseModels: { 'application/json': world.model } },
  ],
  putIntegration: world => ['PUT', `${method(world)}/integration`, { type: 'MOCK' }],
  putIntegrationResponse: world => ['PUT', `${method(world)}/integration/responses/200`, {}],
  deleteIntegration: world => ['DELETE', `${method(world)}/integration`],
  createModel: ({ api, model }) => [
    'POST',
    `/restapis/${api}/models`,
    { name: model, contentType: 'application/json', schema: '{"type":"object"}' },
  ],
  deleteModel: ({ api, model }) => ['DELETE', `/restapis/${api}/models/${model}`],
  createValidator: ({ api }) => ['POST', `/restapis/${api}/requestvalidators`, { name: 'all' }],
  deleteValidator: ({ api, validator }) => ['DELETE', `/restapis/${api}/requestvalidators/${validator}`],
  putGatewayResponse: ({ api }) => [
    'PUT',
    `/restapis/${api}/gatewayresponses/DEFAULT_5XX`,
    { statusCode: '599' },
  ],
  deploy: ({ api, stage }) => ['POST', `/restapis/${api}/deployments`, { stageName: stage }],
  deployCanary: ({ api, stage }) => [
    'POST',
    `/restapis/${api}/deployments`,
    { stageName: stage, canarySettings: { percentTraffic: 10 } },
  ],
  repointStage: ({ api, stage, deployment }) =>
    patch(`/restapis/${api}/stages/${stage}`, 'replace', '/deploymentId', deployment),
  deleteStage: ({ api, stage }) => ['DELETE', `/restapis/${api}/stages/${stage}`],
  deleteDeployment: ({ api, deployment }) => ['DELETE', `/restapis/${api}/deployments/${deployment}`],
} as const satisfies Readonly<Record<string, (world: World) => Asked>>;

const STEP: fc.Arbitrary<Step> = fc.record({
  call: fc.constantFrom(...(Object.keys(CALLS) as (keyof typeof CALLS)[])),
  pick: fc.nat(40),
  other: fc.nat(40),
});

/** One in eight names nothing. */
function chosen(all: readonly { readonly id: string }[], pick: number): string {
  return (pick % 8 === 7 ? undefined : all[pick % Math.max(all.length, 1)]?.id) ?? 'nothing';
}

function worldOf(store: Store, { pick, other }: Step): World {
  // Two APIs at most, so that calls meet.
  const api = chosen(store.list('rest-api', '').slice(0, 2), pick);
  const tree = store.list('resource', api);
  const oneOf = (...texts: readonly string[]): string => texts[other % texts.length] ?? '';
  return {
    api,
    laterApi: chosen(store.list('rest-api', '').slice(1), pick),
    resource: chosen(tree, other),
    otherResource: chosen(tree, pick),
    validator: chosen(store.list('request-validator', api), pick),
    deployment: chosen(store.list('deployment', api), other),
    part: oneOf('pets', 'dogs', '{id}', '{all+}'),
    model: oneOf('Empty', 'Error', 'Pet'),
    stage: oneOf('v1', 'v2'),
    verb: oneOf('GET', 'ANY'),
  };
}

/** Everything the store holds, to compare. */
function contents(store: Store): unknown {
  const scopes = ['', ...store.list('rest-api', '').map(({ id }) => id)];
  return scopes.map(scope => [scope, KINDS.map(kind => store.list(kind, scope))]);
}

function refuseDangling(store: Store, frozen: Map<string, string>): void {
  for (const { id: api, rootResourceId } of store.list('rest-api', '')) {
    const tree = new Map(store.list('resource', api).map(resource => [resource.id, resource]));
    expect(tree.get(rootResourceId)?.path).toBe('/');
    expect(new Set([...tree.values()].map(({ path }) => path)).size).toBe(tree.size);
    for (const resource of tree.values()) {
      refuseMisplaced(resource, tree, rootResourceId);
      for (const each of Object.values(resource.resourceMethods ?? {})) refuseUnknown(store, api, each);
    }
    for (const { deploymentId, canarySettings } of store.list('stage', api)) {
      expect(store.get('deployment', api, deploymentId)).toBeDefined();
      if (canarySettings === undefined) continue;
      expect(store.get('deployment', api, canarySettings.deploymentId)).toBeDefined();
    }
    expect(store.list('snapshot', api)).toHaveLength(store.list('deployment', api).length);
    for (const { id } of store.list('deployment', api)) {
      const snapshot = JSON.stringify(store.get('snapshot', api, id));
      expect(frozen.get(id) ?? snapshot).toBe(snapshot);
      frozen.set(id, snapshot);
    }
  }
}

function refuseMisplaced(resource: Resource, tree: ReadonlyMap<string, Resource>, root: string): void {
  if (resource.id === root) return;
  const parent = tree.get(resource.parentId ?? '');
  expect(parent).toBeDefined();
  if (parent === undefined) return;
  expect(resource.path).toBe(pathBelow(parent, resource.pathPart ?? ''));
  expect(isGreedy(parent.pathPart ?? '')).toBe(false);
}

function refuseUnknown(store: Store, api: string, each: Method): void {
  const models = [
    ...Object.values(each.requestModels ?? {}),
    ...Object.values(each.methodResponses ?? {}).flatMap(({ responseModels = {} }) =>
      Object.values(responseModels),
    ),
  ];
  for (const name of models) expect(store.get('model', api, name)).toBeDefined();
  if (each.requestValidatorId !== undefined) {
    expect(store.get('request-validator', api, each.requestValidatorId)).toBeDefined();
  }
}

/** So that most calls find something. */
const BEGINNING: readonly Step['call'][] = [
  'createApi',
  'createValidator',
  'createModel',
  'putMethod',
  'putIntegration',
  'putMethodResponse',
  'createResource',
  'deploy',
];

test('any calls leave nothing dangling, snapshots as they were, and a file that a fresh store reads back', () => {
  let number = 0;
  fc.assert(
    fc.property(fc.array(STEP, { minLength: 10, maxLength: 60, size: 'max' }), steps => {
      number += 1;
      const file = join(folder, `${number}.db`);
      const { store } = openStore(file);
      let ids = 0;
      const settings = {
        store,
        account: { accountId: '000000000000', region: 'us-east-1', partition: 'aws' },
        now: () => 1_700_000_000,
        chance: () => (ids = (ids + 0.618_034) % 1),
      };
      const frozen = new Map<string, string>();
      const begin: Step[] = BEGINNING.map(call => ({ call, pick: 0, other: 0 }));
      for (const step of [...begin, ...steps]) {
        const ask: (world: World) => Asked = CALLS[step.call];
        const [verb, target, input] = ask(worldOf(store, step));
        const before = JSON.stringify(contents(store));
        const body = input === undefined ? new Uint8Array() : Buffer.from(JSON.stringify(input));
        const { status } = answerControl({ method: verb, target, headers: {}, body }, settings);
        expect(status).toBeLessThan(500);
        // What is refused changes nothing.
        if (status >= 400) expect(JSON.stringify(contents(store))).toBe(before);
        refuseDangling(store, frozen);
      }
      // As if the process had ended here: the file and its log, without a last word of the store.
      const copy = join(folder, `${number}-copy.db`);
      for (const ending of ['', '-wal']) {
        if (existsSync(file + ending)) copyFileSync(file + ending, copy + ending);
      }
      const fresh = openStore(copy);
      expect(fresh.setAside).toBeUndefined();
      expect(contents(fresh.store)).toEqual(contents(store));
      fresh.store.close();
      store.close();
    }),
    { numRuns: 50 },
  );
});

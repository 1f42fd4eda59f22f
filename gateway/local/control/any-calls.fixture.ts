/** For properties: calls of the control plane in any order, and what holds of the state after each of them. */
import fc from 'fast-check';
import { expect } from 'vitest';
import { isGreedy, pathBelow } from '../rules/path-part.ts';
import type { Kind, Method, Resource } from '../state/records.ts';
import type { Store } from '../state/store.ts';

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
  'documentation-part',
];

/** A call, and numbers that choose among what there is. */
export interface Step {
  readonly call: string;
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

export type Asked = readonly [method: string, target: string, input?: unknown];
const patch = (target: string, op: string, path: string, value?: string): Asked => [
  'PATCH',
  target,
  { patchOperations: [{ op, path, value }] },
];
const resources = ({ api }: World): string => `/restapis/${api}/resources`;
const method = (world: World): string => `${resources(world)}/${world.resource}/methods/${world.verb}`;
const MODEL_PATH = '/requestModels/application~1json';

const CALLS: Readonly<Record<string, (world: World) => Asked>> = {
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
  promote: ({ api, stage }) => [
    'PATCH',
    `/restapis/${api}/stages/${stage}`,
    {
      patchOperations: [
        { op: 'replace', path: '/canarySettings/percentTraffic', value: '0.0' },
        { op: 'copy', from: '/canarySettings/stageVariableOverrides', path: '/variables' },
        { op: 'copy', from: '/canarySettings/deploymentId', path: '/deploymentId' },
      ],
    },
  ],
  giveUpCanary: ({ api, stage }) => patch(`/restapis/${api}/stages/${stage}`, 'remove', '/canarySettings'),
  setVariable: ({ api, stage, model }) =>
    patch(`/restapis/${api}/stages/${stage}`, 'replace', '/variables/color', model),
  // The second operation is refused, so that the first must be undone.
  setInVain: ({ api, stage, deployment }) => [
    'PATCH',
    `/restapis/${api}/stages/${stage}`,
    {
      patchOperations: [
        { op: 'replace', path: '/deploymentId', value: deployment },
        { op: 'replace', path: '/nowhere', value: 'x' },
      ],
    },
  ],
  importApi: world => ['POST', '/restapis?mode=import', definitionOf(world)],
  mergeApi: world => ['PUT', `/restapis/${world.api}?mode=merge`, definitionOf(world)],
  overwriteApi: world => ['PUT', `/restapis/${world.api}?mode=overwrite`, definitionOf(world)],
  deleteGatewayResponse: ({ api }) => ['DELETE', `/restapis/${api}/gatewayresponses/DEFAULT_5XX`],
  renameApi: ({ api, model }) => patch(`/restapis/${api}`, 'replace', '/name', model),
  deleteDeployment: ({ api, deployment }) => ['DELETE', `/restapis/${api}/deployments/${deployment}`],
};

export /** A method with a model, a validator and an authorizer of the document's own. */
function definitionOf({ part, model }: World): unknown {
  return {
    openapi: '3.0.1',
    info: { title: model, version: '1' },
    paths: {
      [`/${part}`]: {
        post: {
          requestBody: {
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Pet' } } },
          },
          responses: { 200: { description: 'fine' } },
          security: [{ token: [] }],
          'x-amazon-apigateway-request-validator': 'all',
          'x-amazon-apigateway-integration': { type: 'mock' },
        },
      },
    },
    components: {
      schemas: { Pet: { type: 'object', title: part } },
      securitySchemes: {
        token: {
          type: 'apiKey',
          name: 'Authorization',
          in: 'header',
          'x-amazon-apigateway-authorizer': { type: 'cognito_user_pools', providerARNs: [] },
        },
      },
    },
    'x-amazon-apigateway-request-validators': {
      all: { validateRequestBody: true, validateRequestParameters: true },
    },
  };
}

export const STEP: fc.Arbitrary<Step> = fc.record({
  call: fc.constantFrom(...Object.keys(CALLS)),
  pick: fc.nat(40),
  other: fc.nat(40),
});

/** One in eight names nothing. */
function chosen(all: readonly { readonly id: string }[], pick: number): string {
  return (pick % 8 === 7 ? undefined : all[pick % Math.max(all.length, 1)]?.id) ?? 'nothing';
}

/** What a step asks of what is there. */
export function askedBy(store: Store, step: Step): Asked {
  const ask = CALLS[step.call];
  if (ask === undefined) throw new Error(`There is no call ${step.call}.`);
  return ask(worldOf(store, step));
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
export function contents(store: Store): unknown {
  const scopes = ['', ...store.list('rest-api', '').map(({ id }) => id)];
  return scopes.map(scope => [scope, KINDS.map(kind => store.list(kind, scope))]);
}

export function refuseDangling(store: Store, frozen: Map<string, string>): void {
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
  if (each.authorizerId !== undefined) {
    expect(store.get('authorizer', api, each.authorizerId)).toBeDefined();
  }
  if (each.requestValidatorId !== undefined) {
    expect(store.get('request-validator', api, each.requestValidatorId)).toBeDefined();
  }
}

/** So that most calls find something. */
export const BEGINNING: readonly Step[] = (
  [
    'createApi',
    'createValidator',
    'createModel',
    'putMethod',
    'putIntegration',
    'putMethodResponse',
    'createResource',
    'deploy',
  ] as const
).map(call => ({ call, pick: 0, other: 0 }));

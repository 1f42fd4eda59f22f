/** For tests of the data plane: an API written as a sketch, deployed to the stage `test`, and asked over HTTP on loopback. */
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerControl } from '../control/control-plane.ts';
import { createLogGroups, type LogGroups } from '../observe/log-groups.ts';
import { observe } from '../observe/observation-paths.ts';
import { createStageObserver } from '../observe/stage-observer.ts';
import { createGatewayServer } from '../server.ts';
import type {
  Authorizer,
  GatewayResponse,
  Integration,
  IntegrationResponse,
  Method,
  Model,
  RequestValidator,
  Resource,
  RestApi,
  Snapshot,
  Stage,
} from '../state/records.ts';
import { writeSnapshot } from '../state/snapshot.ts';
import { openStore, type Store } from '../state/store.ts';
import { createDataPlane } from './data-plane.ts';

export interface Sketch {
  /** `GET /pets/{petId}` to what is special about the method. */
  readonly methods: Readonly<Record<string, MethodSketch>>;
  readonly restApi?: Partial<RestApi>;
  readonly models?: readonly Model[];
  readonly requestValidators?: readonly RequestValidator[];
  readonly authorizers?: readonly Authorizer[];
  readonly gatewayResponses?: readonly Partial<GatewayResponse>[];
  readonly stage?: Partial<Stage>;
}

export interface MethodSketch extends Partial<Omit<Method, 'methodIntegration'>> {
  readonly integration?: Partial<Omit<Integration, 'integrationResponses'>>;
  readonly responses?: Readonly<Record<string, Partial<IntegrationResponse>>>;
}

export interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly rawHeaders: readonly string[];
  readonly body: string;
  readonly bytes: Buffer;
}

export interface Asking {
  readonly headers?: Readonly<Record<string, string | string[]>>;
  readonly body?: string | Uint8Array;
  /** The whole target, where it is not below the stage. */
  readonly target?: string;
}

export interface Served {
  readonly store: Store;
  readonly logs: LogGroups;
  readonly port: number;
  readonly faults: readonly Error[];
  readonly ask: (method: string, path: string, asking?: Asking) => Promise<Reply>;
  readonly deploy: (deploymentId: string, sketch: Sketch) => void;
  readonly updateStage: (change: Partial<Stage>) => void;
  readonly close: () => Promise<void>;
}

export const API_ID = 'abcdefghij';

/** @param chances - what the canary's chance gives, one after another and again from the start */
export async function serve(
  sketch: Sketch,
  chances: readonly number[] = [0.5],
  folder?: string,
): Promise<Served> {
  const { store } = openStore(undefined);
  const account = { accountId: '000000000000', region: 'us-east-1', partition: 'aws' };
  const faults: Error[] = [];
  const onFault = (error: Error): void => {
    faults.push(error);
  };
  const logs = createLogGroups(folder, onFault);
  const observer = createStageObserver(logs);
  let taken = 0;
  const plane = createDataPlane({
    store,
    account,
    chance: () => chances[taken++ % chances.length] ?? 0,
    clock: () => Date.UTC(2026, 10, 25, 13, 57, 15),
    observer,
    onFault,
  });
  const { server } = createGatewayServer({
    control: request =>
      answerControl(request, { store, account, now: () => 1, chance: () => 0, testMethod: plane.testMethod }),
    stage: plane.answer,
    observe: (method, target) => observe(method, target, store, observer),
    onFault,
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const deploy = (deploymentId: string, deployed: Sketch): void => {
    const snapshot = snapshotOf(deployed);
    store.put('deployment', API_ID, deploymentId, { id: deploymentId, createdDate: 1 });
    store.put('snapshot', API_ID, deploymentId, snapshot);
    writeSnapshot(store, snapshot);
  };
  deploy('first1', sketch);
  const stage: Stage = {
    stageName: 'test',
    deploymentId: 'first1',
    cacheClusterEnabled: false,
    cacheClusterStatus: 'NOT_AVAILABLE',
    methodSettings: {},
    tracingEnabled: false,
    createdDate: 1,
    lastUpdatedDate: 1,
    ...sketch.stage,
  };
  store.put('stage', API_ID, 'test', stage);
  return {
    store,
    logs,
    port,
    faults,
    deploy,
    ask: (method, path, asking = {}) =>
      ask(port, method, asking.target ?? `/restapis/${API_ID}/test/_user_request_${path}`, asking),
    updateStage: change => {
      store.put('stage', API_ID, 'test', { ...(store.get('stage', API_ID, 'test') ?? stage), ...change });
    },
    close: async () => {
      await new Promise<void>(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      plane.close();
      await logs.close();
      store.close();
    },
  };
}

/** One request on a connection of its own. */
export function ask(
  port: number,
  method: string,
  target: string,
  { headers, body }: Asking = {},
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(
      { port, host: '127.0.0.1', method, path: target, headers: { ...headers }, agent: false },
      response => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const bytes = Buffer.concat(chunks);
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            rawHeaders: response.rawHeaders,
            body: bytes.toString(),
            bytes,
          });
        });
        response.on('error', reject);
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** The records of an API that was imported like this, one resource for each path and those above it. */
export function snapshotOf(sketch: Sketch): Snapshot {
  const resources = new Map<string, { -readonly [K in keyof Resource]: Resource[K] }>();
  const resourceAt = (path: string): { -readonly [K in keyof Resource]: Resource[K] } => {
    const known = resources.get(path);
    if (known !== undefined) return known;
    if (path !== '/') resourceAt(path.slice(0, path.lastIndexOf('/')) || '/');
    const made = { id: `r${resources.size}`.padEnd(6, '0'), path };
    resources.set(path, made);
    return made;
  };
  resourceAt('/');
  for (const [key, method] of Object.entries(sketch.methods)) {
    const [verb = '', path = ''] = key.split(' ');
    const resource = resourceAt(path);
    resource.resourceMethods = { ...resource.resourceMethods, [verb]: methodOf(verb, method) };
  }
  return {
    restApi: {
      id: API_ID,
      name: 'sketch',
      createdDate: 1,
      apiKeySource: 'HEADER',
      disableExecuteApiEndpoint: false,
      endpointConfiguration: { types: ['EDGE'], ipAddressType: 'ipv4' },
      rootResourceId: 'r00000',
      ...sketch.restApi,
    },
    resources: [...resources.values()],
    models: sketch.models ?? [],
    requestValidators: sketch.requestValidators ?? [],
    authorizers: sketch.authorizers ?? [],
    documentationParts: [],
    gatewayResponses: (sketch.gatewayResponses ?? []).map(response => ({
      responseType: 'DEFAULT_4XX',
      responseParameters: {},
      responseTemplates: { 'application/json': '{"message":$context.error.messageString}' },
      defaultResponse: false,
      ...response,
    })),
  };
}

/** A mock that answers 200 with nothing, unless it is told otherwise. */
function methodOf(httpMethod: string, { integration, responses, ...method }: MethodSketch): Method {
  const statuses = responses ?? { 200: {} };
  return {
    httpMethod,
    authorizationType: 'NONE',
    apiKeyRequired: false,
    methodResponses: Object.fromEntries(
      Object.keys(statuses).map(statusCode => [statusCode, { statusCode }]),
    ),
    ...method,
    methodIntegration: {
      type: 'MOCK',
      passthroughBehavior: 'WHEN_NO_MATCH',
      timeoutInMillis: 29_000,
      cacheNamespace: 'r00000',
      cacheKeyParameters: [],
      requestTemplates: { 'application/json': '{"statusCode": 200}' },
      ...integration,
      integrationResponses: Object.fromEntries(
        Object.entries(statuses).map(([statusCode, response]) => [statusCode, { statusCode, ...response }]),
      ),
    },
  };
}

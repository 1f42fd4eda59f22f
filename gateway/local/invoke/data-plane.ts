/**
 * The data plane as one value: a request to a stage in, what API Gateway answers out. It opens no socket towards
 * clients; what it notes of a request after the answer is the observer's.
 */
import type { AccountIdentity, TestMethod } from '../control/operation.ts';
import type { StageObserver } from '../observe/stage-observer.ts';
import type { Chance } from '../state/ids.ts';
import type { Store } from '../state/store.ts';
import { accessLine } from './access-log.ts';
import { compressed, decompressed } from './compression.ts';
import type { Entry } from './entry.ts';
import { cloudWatchLine, type ExecutionLog } from './execution-log.ts';
import { GatewayFailure } from './failure.ts';
import { createBackEnd } from './integrations/back-end.ts';
import { newInvocation } from './invocation.ts';
import { bareRefusal, refuseOversize } from './limits.ts';
import type { ClientRequest, Invocation, Release, StageAnswer } from './model.ts';
import { rawHeader } from './multi-values.ts';
import { pickRelease } from './pick-release.ts';
import { settingOf } from './release-settings.ts';
import { failed, runSteps } from './run-steps.ts';
import { createStagesServed } from './stages-served.ts';
import { testMethod } from './test-method.ts';

export interface DataPlaneParts {
  readonly store: Store;
  readonly account: AccountIdentity;
  readonly chance: Chance;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  readonly observer: StageObserver;
  readonly onFault: (error: Error) => void;
}

export interface DataPlane {
  /** @param tooLong - true for a body beyond the limit, of which nothing was kept */
  readonly answer: (
    entry: Entry,
    request: ClientRequest,
    tooLong: boolean,
  ) => StageAnswer | Promise<StageAnswer>;
  /** Tries a method of a working copy. */
  readonly testMethod: TestMethod;
  readonly close: () => void;
}

export function createDataPlane(parts: DataPlaneParts): DataPlane {
  const { store, account, chance, clock, observer, onFault } = parts;
  const stages = createStagesServed(store, observer);
  const backEnd = createBackEnd();
  const stepParts = { backEnd, onFault };

  const answer: DataPlane['answer'] = (entry, request, tooLong) => {
    const stage = stages.find(entry.apiId, entry.stageName);
    if (stage === undefined) return missing(store, entry);
    const release = pickRelease(stage, chance);
    const invocation = newInvocation(request, release, account, clock());
    const found = begin(invocation, tooLong);
    return found instanceof Promise ? found.then(done => end(invocation, done)) : end(invocation, found);
  };

  const begin = (invocation: Invocation, tooLong: boolean): StageAnswer | Promise<StageAnswer> => {
    const { request, release } = invocation;
    try {
      refuseOversize(invocation, tooLong);
      if (release.api.restApi.disableExecuteApiEndpoint) throw forbidden();
      invocation.verb = rawHeader(request.headers, 'x-http-method-override')?.toUpperCase() ?? request.verb;
      const route = release.api.find(invocation.verb, request.path);
      if (route === undefined) throw new GatewayFailure('MISSING_AUTHENTICATION_TOKEN');
      const { method, pathParameters } = route;
      invocation.method = method;
      invocation.pathParameters = pathParameters;
      invocation.log = logFor(release, invocation, clock);
      return runSteps(unpacked(invocation), method, stepParts);
    } catch (error) {
      return failed(invocation, error as Error, stepParts);
    }
  };

  const end = (invocation: Invocation, found: StageAnswer): StageAnswer => {
    const { release, request } = invocation;
    const sent = compressed(found, request.headers, release.api.restApi.minimumCompressionSize);
    sent.headers.push(
      'x-amzn-RequestId',
      invocation.requestId,
      'x-amz-apigw-id',
      invocation.extendedRequestId,
    );
    const latency = performance.now() - invocation.startedAt;
    release.counters?.add(sent.status, latency, invocation.integrationLatency);
    if (release.accessLogFormat !== undefined || invocation.log !== undefined) {
      writeLines(invocation, sent, latency);
    }
    return sent;
  };

  const writeLines = (invocation: Invocation, { status, body }: StageAnswer, latency: number): void => {
    const { release, requestId, log } = invocation;
    const { accessLogFormat: format } = release;
    const outcome = { status, length: Buffer.byteLength(body), latency };
    observer.write({
      apiId: release.apiId,
      stageName: release.stageName,
      isCanary: release.kind === 'canary',
      accessLine: format === undefined ? undefined : accessLine(format, invocation, outcome),
      executionLines: (log?.lines ?? []).map(line => cloudWatchLine(requestId, line)),
    });
  };

  const test = { ...stepParts, account, clock };
  return {
    answer,
    testMethod: async (snapshot, request) => ({ ...(await testMethod(snapshot, request, test)) }),
    close: () => backEnd.close(),
  };
}

/** What the stage wants to be told of this request; nothing unless it asked (8.3). */
function logFor(release: Release, { verb, method }: Invocation, now: () => number): ExecutionLog | undefined {
  if (method === undefined) return undefined;
  const setting = settingOf(release, method.resource.path, verb, method.method.httpMethod);
  const level = setting?.loggingLevel;
  if (level !== 'INFO' && level !== 'ERROR') return undefined;
  return {
    level,
    dataTrace: setting?.dataTraceEnabled === true && level === 'INFO',
    ofStage: true,
    now,
    lines: [],
  };
}

/** A request that came packed is as good as one that did not. @throws GatewayFailure */
function unpacked(invocation: Invocation): Invocation {
  const { request, release } = invocation;
  const { minimumCompressionSize } = release.api.restApi;
  if (minimumCompressionSize === undefined || request.body.length === 0) return invocation;
  const body = decompressed(request.body, request.headers, minimumCompressionSize);
  return body === request.body ? invocation : Object.assign(invocation, { request: { ...request, body } });
}

function forbidden(): GatewayFailure {
  return new GatewayFailure('DEFAULT_4XX', {
    status: 403,
    message: 'Forbidden',
    errorType: 'ForbiddenException',
  });
}

/** On AWS the name of an unknown API leads to no server at all; here it is said what is missing (5.4). */
function missing(store: Store, { apiId, stageName }: Entry): StageAnswer {
  if (store.get('rest-api', '', apiId) !== undefined || stageName === '') {
    return bareRefusal(403, 'ForbiddenException', 'Forbidden');
  }
  const answer = bareRefusal(404, 'NotFoundException', `No API of this gateway has the id ${apiId}`);
  answer.headers.push('x-rehearsal-refusal', 'unknown-api');
  return answer;
}

/**
 * TestInvokeMethod's engine: the steps of the data plane over a working copy, without authorisation, keys or a stage,
 * and with the log of all that happened (apigateway.md 10.4, 13.3).
 */
import type { AccountIdentity, MethodTest } from '../control/operation.ts';
import type { Snapshot } from '../state/records.ts';
import { compileApi } from './compiled-api.ts';
import { type ExecutionLog, testLine } from './execution-log.ts';
import { newInvocation } from './invocation.ts';
import type { CompiledMethod, Invocation, StageAnswer } from './model.ts';
import { type MultiValues, pairs } from './multi-values.ts';
import { textOf } from './payload.ts';
import { decoded } from './percent.ts';
import { routerOf } from './route.ts';
import { failed, runSteps, type StepParts } from './run-steps.ts';

export interface TestParts extends StepParts {
  readonly account: AccountIdentity;
  /** Epoch milliseconds. */
  readonly clock: () => number;
}

/** In the shape of the operation's answer. */
export interface MethodTestResult {
  readonly status: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly multiValueHeaders: Readonly<Record<string, readonly string[]>>;
  readonly log: string;
  /** Milliseconds. */
  readonly latency: number;
}

/** Where AWS's own console says it calls from. */
const TEST_STAGE = 'test-invoke-stage';
const TEST_SOURCE = 'test-invoke-source-ip';
const TEST_DOMAIN = 'testPrefix.testDomainName';

/**
 * Runs one method of a snapshot.
 *
 * @param test - its method must be one of the snapshot's
 */
export async function testMethod(
  snapshot: Snapshot,
  test: MethodTest,
  parts: TestParts,
): Promise<MethodTestResult> {
  const api = compileApi(snapshot);
  const method = api.methodOf(test.resourceId, test.verb);
  if (method === undefined) throw new Error(`There is no method ${test.verb} on ${test.resourceId}.`);
  const [path = '', query = ''] = split(test.pathWithQueryString ?? method.resource.path);
  const invocation = newInvocation(
    {
      verb: test.verb,
      path,
      query,
      headers: test.headers,
      body: Buffer.from(test.body),
      sourceIp: TEST_SOURCE,
      httpVersion: '1.1',
      domainName: TEST_DOMAIN,
      port: 0,
    },
    {
      kind: 'test',
      apiId: snapshot.restApi.id,
      stageName: TEST_STAGE,
      deploymentId: '',
      api,
      variables: test.stageVariables,
      isCanary: undefined,
      methodSettings: {},
      accessLogFormat: undefined,
      counters: undefined,
    },
    parts.account,
    parts.clock(),
  );
  const log: ExecutionLog = { level: 'INFO', dataTrace: true, ofStage: false, now: parts.clock, lines: [] };
  invocation.log = log;
  return resultOf(invocation, await run(invocation, method, path, parts), log);
}

function run(
  invocation: Invocation,
  method: CompiledMethod,
  path: string,
  parts: StepParts,
): StageAnswer | Promise<StageAnswer> {
  try {
    invocation.method = method;
    invocation.pathParameters = parametersOf(method, path);
    return runSteps(invocation, method, parts);
  } catch (error) {
    return failed(invocation, error as Error, parts);
  }
}

/** A path that is not the resource's has no parameters; braces are matched as they stand. */
function parametersOf({ resource }: CompiledMethod, path: string): MultiValues {
  const router = routerOf([resource], () => new Map([['ANY', true]]));
  // What is no encoding is refused here as it is on a stage.
  decoded(path);
  return router.find('ANY', path)?.pathParameters ?? new Map();
}

function split(target: string): readonly string[] {
  const question = target.indexOf('?');
  return question === -1 ? [target, ''] : [target.slice(0, question), target.slice(question + 1)];
}

function resultOf(invocation: Invocation, answer: StageAnswer, log: ExecutionLog): MethodTestResult {
  const isFailure = invocation.failure !== undefined;
  // Of a gateway response only its own headers are shown, and the trace comes before the rest.
  const shown = pairs(answer.headers)
    .filter(([name]) => !(isFailure && name === 'Content-Type'))
    .toSorted(([a], [b]) => Number(b === 'X-Amzn-Trace-Id') - Number(a === 'X-Amzn-Trace-Id'));
  const multi = new Map<string, string[]>();
  for (const [name, value] of shown) multi.set(name, [...(multi.get(name) ?? []), value]);
  return {
    status: answer.status,
    body: textOf(answer.body),
    headers: Object.fromEntries(shown),
    multiValueHeaders: Object.fromEntries(multi),
    log: `Execution log for request ${invocation.requestId}\n${log.lines.map(line => `${testLine(line)}\n`).join('')}`,
    latency: Math.round(performance.now() - invocation.startedAt),
  };
}

/** The list of integrations by their type. A new one is a file beside this one and its line here. */
import type { CompiledIntegration, IntegrationAnswer, Invocation } from '../model.ts';
import type { BackEnd } from './back-end.ts';
import { runHttp, runHttpProxy } from './http.ts';
import { runMock } from './mock.ts';
import { runUnserved } from './unserved.ts';

export interface IntegrationKind {
  /** True where the answer goes to the client without integration responses. */
  readonly proxy: boolean;
  /** @throws GatewayFailure */
  readonly run: (
    invocation: Invocation,
    integration: CompiledIntegration,
    backEnd: BackEnd,
  ) => IntegrationAnswer | Promise<IntegrationAnswer>;
}

const UNSERVED: IntegrationKind = { proxy: false, run: runUnserved };

const KINDS: ReadonlyMap<string, IntegrationKind> = new Map([
  ['MOCK', { proxy: false, run: runMock }],
  ['HTTP', { proxy: false, run: runHttp }],
  ['HTTP_PROXY', { proxy: true, run: runHttpProxy }],
  ['AWS', UNSERVED],
  ['AWS_PROXY', UNSERVED],
]);

/** @param type - as the control plane keeps it, in capitals */
export function integrationKind(type: string): IntegrationKind {
  return KINDS.get(type) ?? UNSERVED;
}

/**
 * The library: what `import … from 'rehearsal'` gives. The same functions that the command line is made of.
 *
 * @module
 */
export type { Check, CheckOptions, Failure } from '../contract/checks/check.ts';
export { CHECKS, DEFAULT_CHECKS } from '../contract/checks/index.ts';
export { RehearsalError } from '../contract/errors.ts';
export type { Exchange, ReceivedResponse } from '../contract/exchange.ts';
export type { Json } from '../contract/json/value.ts';
export { type Judgement, judge } from '../contract/judge.ts';
export { type LoadedContract, type LoadOptions, loadContracts } from '../contract/load/load-contracts.ts';
export type { Contract, Operation, Schema } from '../contract/model.ts';
export { type CasePlan, casePlan } from '../contract/plan/case-plan.ts';
export type { Case, CaseRequest, Skipped } from '../contract/plan/cases/case.ts';
export type { CasePlanOptions } from '../contract/plan/cases/options.ts';
export type { Problem } from '../contract/problem.ts';
export { contractFromText, contractFromValue, type ReadResult } from '../contract/read.ts';
export { type Sample, type SampleOptions, sample } from '../contract/schema/sample.ts';
export { isValid, type ValidateOptions, type Violation, validate } from '../contract/schema/validate.ts';
export { type Breach, violate } from '../contract/schema/violate.ts';
export { describeSource, type Source } from '../contract/source.ts';
export type { CaseOutcome, Listener, RunEvent, RunSummary } from '../contract-tests/events.ts';
export { type Hooks, type RunAdditions, withHeader } from '../contract-tests/hooks.ts';
export { type RunOptions, run } from '../contract-tests/run.ts';
export { logLine, type RequestEntry } from '../mock-server/request-log.ts';
export type { Served } from '../mock-server/served.ts';
export { createMockServer, type MockServerOptions, replaceDocuments } from '../mock-server/server.ts';

/** A generated collection, run by newman against a server, and what came of it. For tests. */
import newman, { type NewmanRunSummary } from 'newman';
import { parseJson } from '../contract/json/parse.ts';
import { isObject, type Json, type JsonObject } from '../contract/json/value.ts';
import type { Contract } from '../contract/model.ts';
import { postmanTarget } from '../postman/target.ts';

export interface NewmanOutcome {
  readonly requests: number;
  /** `case id: message`, of assertions and of scripts that broke. */
  readonly failures: readonly string[];
  readonly passed: number;
  readonly skipped: readonly string[];
}

/** @param variables - values of the environment, `baseUrl` among them */
export async function runNewman(
  collection: Json,
  variables: Readonly<Record<string, string>>,
): Promise<NewmanOutcome> {
  const summary = await new Promise<NewmanRunSummary>((resolve, reject) => {
    newman.run(
      {
        collection: collection as object,
        envVar: Object.entries(variables).map(([key, value]) => ({ key, value })),
        reporters: [],
      },
      (error, run) => (error === null ? resolve(run) : reject(error)),
    );
  });
  const { run } = summary;
  const assertions = run.executions.flatMap(({ assertions: made = [] }) => made);
  return {
    requests: run.stats.requests.total ?? 0,
    failures: run.failures.map(
      ({ error, source }) => `${source?.name}: ${error.test ?? error.name}: ${error.message}`,
    ),
    passed: assertions.filter(
      ({ error, skipped }: { error?: unknown; skipped?: boolean }) => error === undefined && skipped !== true,
    ).length,
    skipped: assertions
      .filter(({ skipped }: { skipped?: boolean }) => skipped === true)
      .map(({ assertion }) => assertion),
  };
}

/** The collection of a contract, read back from its text. */
export function collectionFor(contract: Contract, depth: 'examples' | 'standard'): JsonObject {
  const [made] = postmanTarget.emit({ name: 'api', contract, spec: undefined, language: 'ts', depth });
  const parsed = parseJson(made?.text ?? '');
  if (!('value' in parsed) || !isObject(parsed.value)) throw new Error('no collection');
  return parsed.value;
}

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
  /** By the name of each test, also of items that were skipped: `passed`, `failed: check, check`, `skipped: reason`. */
  readonly words: Readonly<Record<string, string>>;
  /** Lines of the console. */
  readonly console: readonly string[];
}

export interface NewmanChoices {
  /** Runs only what is in them. */
  readonly folders?: readonly string[];
  readonly iterations?: number;
  /** A data file of newman, read. */
  readonly rows?: readonly Json[];
}

/** @param variables - values of the environment, `baseUrl` among them */
export async function runNewman(
  collection: Json,
  variables: Readonly<Record<string, string>>,
  { folders, iterations, rows }: NewmanChoices = {},
): Promise<NewmanOutcome> {
  const words: Record<string, string> = {};
  const lines: string[] = [];
  const summary = await new Promise<NewmanRunSummary>((resolve, reject) => {
    newman
      .run(
        {
          collection: collection as object,
          envVar: Object.entries(variables).map(([key, value]) => ({ key, value })),
          reporters: [],
          ...(folders === undefined ? {} : { folder: [...folders] }),
          ...(iterations === undefined ? {} : { iterationCount: iterations }),
          ...(rows === undefined ? {} : { iterationData: rows as object[] }),
        },
        (error, run) => (error === null ? resolve(run) : reject(error)),
      )
      .on('assertion', (error: { readonly message: string } | null, told: Told) => {
        const [name = '', reason] = told.assertion.split(': not judged, ');
        words[name] = told.skipped === true ? `skipped: ${reason}` : wordOf(error?.message);
      })
      .on('console', (_error: unknown, { messages }: { readonly messages: readonly unknown[] }) => {
        lines.push(messages.join(' '));
      });
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
    words,
    console: lines,
  };
}

interface Told {
  readonly assertion: string;
  readonly skipped?: boolean;
}

function wordOf(message: string | undefined): string {
  if (message === undefined) return 'passed';
  return `failed: ${[...message.matchAll(/^([a-z-]+): received /gm)].map(([, check]) => check).join(', ')}`;
}

/** The collection of a contract, read back from its text. */
export function collectionFor(contract: Contract, depth: 'examples' | 'standard'): JsonObject {
  const [made] = postmanTarget.emit({ name: 'api', contract, spec: undefined, language: 'ts', depth });
  const parsed = parseJson(made?.text ?? '');
  if (!('value' in parsed) || !isObject(parsed.value)) throw new Error('no collection');
  return parsed.value;
}

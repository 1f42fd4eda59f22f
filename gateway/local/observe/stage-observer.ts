/**
 * What is remembered of each request after it was answered: the counters of its stage, production and canary apart, and
 * the lines of its logs, which a canary has of its own beside those of the stage (apigateway.md 9.3, 10.4).
 */
import { type Counters, createCounters, type Metrics } from './counters.ts';
import type { LogGroups } from './log-groups.ts';

/** The lines of one request. */
export interface Observed {
  readonly apiId: string;
  readonly stageName: string;
  readonly isCanary: boolean;
  readonly accessLine: string | undefined;
  readonly executionLines: readonly string[];
}

export interface StageObserver {
  /** Where the requests of a release are counted. */
  readonly countersOf: (apiId: string, stageName: string, isCanary: boolean) => Counters;
  readonly write: (observed: Observed) => void;
  readonly metrics: (apiId: string, stageName: string) => StageMetrics;
  readonly lines: (
    apiId: string,
    stageName: string,
    log: 'access' | 'execution',
    canary: boolean,
    count: number,
  ) => readonly string[];
}

export interface StageMetrics {
  readonly production: Metrics;
  readonly canary: Metrics;
}

/** Stages that are counted at once; beyond it the one that rests longest begins anew. */
const STAGES = 10_000;

export function createStageObserver(logs: LogGroups): StageObserver {
  const stages = new Map<string, { readonly production: Counters; readonly canary: Counters }>();
  const countersOf = (name: string) => {
    let counters = stages.get(name);
    if (counters === undefined) {
      if (stages.size >= STAGES) stages.delete(stages.keys().next().value ?? '');
      counters = { production: createCounters(), canary: createCounters() };
      stages.set(name, counters);
    }
    return counters;
  };
  const write = (group: string, log: string, isCanary: boolean, lines: readonly string[]): void => {
    if (lines.length === 0) return;
    logs.write(`${group}/${log}`, lines);
    if (isCanary) logs.write(`${group}/Canary/${log}`, lines);
  };
  return {
    countersOf: (apiId, stageName, isCanary) =>
      countersOf(`${apiId}/${stageName}`)[isCanary ? 'canary' : 'production'],
    write: observed => {
      const name = `${observed.apiId}/${observed.stageName}`;
      write(
        name,
        'access',
        observed.isCanary,
        observed.accessLine === undefined ? [] : [observed.accessLine],
      );
      write(name, 'execution', observed.isCanary, observed.executionLines);
    },
    metrics: (apiId, stageName) => {
      const { production, canary } = countersOf(`${apiId}/${stageName}`);
      return { production: production.read(), canary: canary.read() };
    },
    lines: (apiId, stageName, log, canary, count) =>
      logs.last(`${apiId}/${stageName}${canary ? '/Canary' : ''}/${log}`, count),
  };
}

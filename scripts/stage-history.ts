/**
 * What happened on the stages of a configuration, a line for each thing: `.rehearsal/history/<stage>.ndjson`. It tells
 * `rehearsal stages` what it shows and people what was where; nothing is decided by it.
 */
import type { RunSummary } from '../contract-tests/events.ts';
import type { Outcome } from '../gateway/stages/canary/journal.ts';
import { appendState, readState, stateFile } from './state-file.ts';

export type StageEvent = {
  /** ISO 8601, of the machine that wrote it. */
  readonly at: string;
  /** The document, by its name. */
  readonly document: string;
} & (
  | {
      readonly event: 'deployed';
      readonly apiId: string;
      readonly to: 'stage' | 'canary';
      readonly deploymentId: string;
      /** What the stage served before. */
      readonly previous: string | undefined;
      readonly hash: string;
      readonly commit: string | undefined;
    }
  | {
      readonly event: 'tested';
      readonly verdict: RunSummary['verdict'];
      readonly cases: number;
      readonly failures: number;
    }
  | {
      readonly event: 'canary';
      readonly apiId: string;
      /** The canary's. */
      readonly deploymentId: string;
      readonly outcome: Outcome;
      readonly reason: string;
    }
  | { readonly event: 'destroyed'; readonly apiId: string }
);

/** Of what was said of one document on one stage, by kind. */
export type LastEvents = { readonly [K in StageEvent['event']]?: Extract<StageEvent, { event: K }> };

export function rememberEvent(folder: string, stage: string, event: StageEvent): void {
  appendState(fileOf(folder, stage), JSON.stringify(event));
}

/** All that is remembered of a stage, the oldest first. Lines that cannot be read are passed over. */
export function stageHistory(folder: string, stage: string): readonly StageEvent[] {
  return (readState(fileOf(folder, stage)) ?? '').split('\n').flatMap((line): readonly StageEvent[] => {
    try {
      const event = JSON.parse(line) as Partial<StageEvent> | null;
      return typeof event?.event === 'string' && typeof event.document === 'string'
        ? [event as StageEvent]
        : [];
    } catch {
      return [];
    }
  });
}

/** The last of each kind. */
export function lastEvents(history: readonly StageEvent[], document: string): LastEvents {
  return Object.fromEntries(
    history.filter(event => event.document === document).map(event => [event.event, event]),
  );
}

/** Names of stages may hold anything that a key of a configuration may. */
function fileOf(folder: string, stage: string): string {
  return stateFile(folder, 'history', `${encodeURIComponent(stage)}.ndjson`);
}

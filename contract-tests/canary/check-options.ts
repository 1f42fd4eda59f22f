/** What a check of a canary may be told. Types only. */
import type { Check, CheckOptions } from '../../contract/checks/check.ts';
import type { Operation } from '../../contract/model.ts';
import type { Case } from '../../contract/plan/cases/case.ts';
import type { CasePlanOptions } from '../../contract/plan/cases/options.ts';
import type { StageKind } from '../../contract/stage-kind.ts';
import type { CleanUpOptions } from '../clean-up.ts';
import type { TestedContract } from '../events.ts';
import type { Hooks } from '../hooks.ts';
import type { Mask } from '../mask.ts';
import type { SequenceOptions } from '../run-sequences.ts';
import type { SettleOptions } from '../settle.ts';
import type { Transport } from '../transport.ts';
import type { AttributionOptions } from './attribution.ts';
import type { CanaryListener } from './canary-events.ts';
import type { JudgeOptions } from './evidence.ts';
import type { SidesOf } from './send-attributed.ts';
import type { Traffic } from './traffic.ts';

export interface CheckCanaryOptions extends AttributionOptions {
  readonly contracts: readonly TestedContract[];
  /** Stands in the place of the documents' first server, base path included. */
  readonly baseUrl: string;
  /** What the stage is set to: 0 to 100. */
  readonly percentTraffic: number;
  /** Error rates, margin, what a promotion waits for. */
  readonly judge?: Omit<JudgeOptions, 'cases' | 'share'>;
  /** The operations to ask about. Default: all. */
  readonly select?: (operation: Operation) => boolean;
  /** The cases to send. Default: all. */
  readonly selectCase?: (planned: Case) => boolean;
  /** Sends none, and judges by traffic alone. Default: false. */
  readonly withoutCases?: boolean;
  /** Sent between the rounds of single cases, at every depth but `examples`. Default: none. */
  readonly sequences?: SequenceOptions;
  readonly plan?: CasePlanOptions;
  /** Default: all that are not optional. */
  readonly checks?: readonly Check[];
  readonly checkOptions?: CheckOptions;
  /** Default: `apigateway`. */
  readonly stage?: StageKind;
  readonly hooks?: Hooks;
  readonly mask?: Mask;
  /** Failures that are accepted for now break nothing. */
  readonly known?: SettleOptions['known'];
  readonly cleanUp?: CleanUpOptions;
  /** Asks an access log about answers that carry no header which tells the side. */
  readonly sidesOf?: SidesOf;
  /** Requests of others since it was last asked. */
  readonly traffic?: () => Promise<Traffic>;
  /** Whether the stage still is as it was when the check began; asked now and then. */
  readonly unchanged?: () => Promise<boolean>;
  /** Requests under way at once. Default: 16. */
  readonly concurrency?: number;
  /** Requests in all. Default: 50 000. */
  readonly maxRequests?: number;
  /** Default: 600 000, ten minutes. */
  readonly maxMs?: number;
  /** Ends the check early; what was found so far is told. */
  readonly signal?: AbortSignal;
  /** Default: over `node:http`. A transport given here is not closed. */
  readonly transport?: Transport;
  readonly listeners?: readonly CanaryListener[];
}

/**
 * What a check of a canary came to, as plain data with every secret masked. All reports are made of it, and
 * docs/reference/canary-report.schema.json describes it.
 */
import type { Exchange } from '../../../contract/exchange.ts';
import type { Mask } from '../../mask.ts';
import {
  type FailureRecord,
  failureRecord,
  type ResponseRecord,
  responseRecord,
  type SentRecord,
  sentRecord,
} from '../../records.ts';
import type { KnownSide, Side } from '../answer.ts';
import type { TrialState } from '../breaks.ts';
import type { CanaryCheck, EvidencePoint } from '../canary-events.ts';
import type { ClauseFindings } from '../canary-findings.ts';
import type { Decision, Outlook } from '../decision.ts';
import type { Rate } from '../two-rates.ts';

export const CANARY_FORMAT = 'rehearsal-canary/1';

export interface CanaryRecord {
  readonly format: typeof CANARY_FORMAT;
  readonly decision: Decision['kind'];
  readonly because?: string;
  readonly reason: string;
  /** Operations that are worse by themselves. */
  readonly operationsBlamed: readonly string[];
  /** What would have changed the decision. */
  readonly otherwise: readonly string[];
  readonly outlook: Outlook;
  readonly baseUrl: string;
  readonly documents: readonly string[];
  readonly deployments?: Readonly<Record<KnownSide, string>>;
  readonly share: number;
  readonly settings: SettingsRecord;
  readonly counts: CountsRecord;
  readonly evidence: readonly EvidenceRecord[];
  readonly operations: readonly OperationRecord[];
  readonly breaks: readonly BreakRecord[];
  readonly curve: readonly PointRecord[];
  readonly latency?: LatencyRecord;
  readonly leftOut: readonly string[];
  readonly requestsPerMinute?: number;
  readonly milliseconds: number;
}

export interface SettingsRecord {
  readonly alpha: Readonly<Record<'rollback' | 'breaks' | 'rates' | 'latency' | 'promote' | 'share', number>>;
  readonly margin: number;
  readonly repeats: number;
  readonly minimumAnswers: number;
  readonly everyCase: boolean;
  readonly unknownLimit: number;
}

export interface CountsRecord {
  readonly requests: number;
  readonly repeats: number;
  readonly unanswered: number;
  readonly traffic: number;
  readonly answers: Readonly<Record<Side, number>>;
}

/** One e-process: how far it has come, as decimal logarithms. */
export interface EvidenceRecord {
  readonly name: 'failure-rate' | 'latency' | 'promotion' | 'share';
  /** What much of it speaks for. */
  readonly speaksFor: string;
  readonly log10E: number;
  readonly log10Needed: number;
}

export interface OperationRecord {
  readonly operation: string;
  readonly baseline: SideRecord;
  readonly canary: SideRecord;
  /** For "fails more often on the canary". */
  readonly log10E: number;
  readonly cases: number;
  /** Cases that the canary has not answered. */
  readonly unseen: number;
}

export interface SideRecord extends Rate {
  /** Answers that were held against the document. */
  readonly judged: number;
}

export interface BreakRecord {
  readonly operation: string;
  readonly check: string;
  readonly place: string;
  /** Failing answers, repeats included. */
  readonly failed: Readonly<Record<KnownSide, number>>;
  readonly cases: readonly string[];
  readonly trials: readonly TrialRecord[];
  readonly failure: FailureRecord;
  readonly witness: Readonly<Partial<Record<KnownSide, WitnessRecord>>>;
}

export interface TrialRecord {
  readonly case: string;
  readonly state: TrialState;
  readonly failed: Readonly<Record<KnownSide, number>>;
  readonly clean: Readonly<Record<KnownSide, number>>;
}

export interface WitnessRecord {
  readonly sent: SentRecord;
  readonly response: ResponseRecord;
}

export interface PointRecord extends Readonly<Record<Side, number>> {
  readonly failureRate: number;
  readonly latency?: number;
  readonly promotion: number;
}

export interface LatencyRecord {
  readonly tolerance: number;
  readonly medianMs: Readonly<Partial<Record<KnownSide, number>>>;
  /** How much longer the canary takes, in the median over cases. */
  readonly ratio?: number;
  readonly compared: Readonly<Record<KnownSide, number>>;
  readonly budget?: {
    readonly limitMs: number;
    readonly share: number;
    readonly over: Readonly<Record<KnownSide, Rate>>;
  };
}

/** A body in a report of a canary is there to be read, not to be sent again. */
const LONGEST_BODY = 16 * 1024;

export function canaryRecord(check: CanaryCheck, mask: Mask): CanaryRecord {
  const { decision, evidence, deployments, requestsPerMinute } = check;
  const { settings } = evidence;
  const because = decision.kind === 'promote' ? {} : { because: decision.because };
  const latency = latencyRecord(check);
  return {
    format: CANARY_FORMAT,
    decision: decision.kind,
    ...because,
    reason: decision.reason,
    operationsBlamed: decision.kind === 'rollback' ? decision.operations : [],
    otherwise: check.otherwise,
    outlook: check.outlook,
    baseUrl: mask.text(check.baseUrl),
    documents: check.documents,
    ...(deployments === undefined ? {} : { deployments }),
    share: evidence.share,
    settings: {
      alpha: { ...settings.alpha },
      margin: settings.margin,
      repeats: settings.repeats,
      minimumAnswers: settings.minimumAnswers,
      everyCase: settings.everyCase,
      unknownLimit: settings.unknownLimit,
    },
    counts: {
      requests: check.requests,
      repeats: check.repeats,
      unanswered: check.unanswered,
      traffic: check.traffic,
      answers: { ...evidence.bySide },
    },
    evidence: evidenceRecords(check),
    operations: evidence.operations.map(operation => operationRecord(operation, check)),
    breaks: check.findings.map(found => breakRecord(found, check, mask)),
    curve: check.curve.map(pointRecord),
    ...(latency === undefined ? {} : { latency }),
    leftOut: check.leftOut.map(line => mask.text(line)),
    ...(requestsPerMinute === undefined ? {} : { requestsPerMinute: Math.round(requestsPerMinute) }),
    milliseconds: Math.round(check.ms),
  };
}

function evidenceRecords({ evidence, needed }: CanaryCheck): readonly EvidenceRecord[] {
  const { rates, latency, settings } = evidence;
  return [
    {
      name: 'failure-rate',
      speaksFor: 'the canary fails more often',
      log10E: log10(rates.logWorse()),
      log10Needed: log10(needed.worse),
    },
    ...(latency === undefined
      ? []
      : [
          {
            name: 'latency' as const,
            speaksFor: 'the canary is slower than is tolerated',
            log10E: log10(latency.logSlower()),
            log10Needed: log10(needed.slower),
          },
        ]),
    {
      name: 'promotion',
      speaksFor: 'the canary is no worse than the margin',
      log10E: log10(rates.logAlike()),
      log10Needed: log10(needed.alike),
    },
    {
      name: 'share',
      speaksFor: 'the sides do not get what the stage is set to',
      log10E: log10(evidence.logOtherShare()),
      log10Needed: log10(-Math.log(settings.alpha.share)),
    },
  ];
}

/** From natural to decimal; what is lost for good is a number that JSON can hold. */
function log10(log: number): number {
  return Number((Math.max(log, -700) / Math.LN10).toFixed(4));
}

function operationRecord(operation: string, { evidence: { rates, coverage } }: CanaryCheck): OperationRecord {
  const side = (of: KnownSide): SideRecord => ({
    ...rates.at(operation, of),
    judged: coverage.judged(operation, of),
  });
  return {
    operation,
    baseline: side('baseline'),
    canary: side('canary'),
    log10E: log10(rates.logWorseAt(operation)),
    cases: coverage.cases(operation).length,
    unseen: coverage.missing(operation, 'canary').length,
  };
}

function breakRecord(found: ClauseFindings, { evidence, baseUrl }: CanaryCheck, mask: Mask): BreakRecord {
  const { operation, check, place, failed, cases, failure, witness } = found;
  const trials = evidence.breaks
    .trials()
    .filter(
      ({ clause }) => clause.operation === operation && clause.check === check && clause.place === place,
    );
  const recorded = (exchange: Exchange): WitnessRecord => ({
    sent: sentRecord(exchange.case, baseUrl, mask),
    response: responseRecord(exchange.response, mask, LONGEST_BODY),
  });
  return {
    operation,
    check,
    place,
    failed,
    cases,
    trials: trials.map(({ clause, state, failed: again, clean }) => ({
      case: clause.case,
      state,
      failed: again,
      clean,
    })),
    failure: failureRecord(failure, mask),
    witness: {
      ...(witness.baseline === undefined ? {} : { baseline: recorded(witness.baseline) }),
      ...(witness.canary === undefined ? {} : { canary: recorded(witness.canary) }),
    },
  };
}

function pointRecord({ baseline, canary, unknown, worse, slower, alike }: EvidencePoint): PointRecord {
  return {
    baseline,
    canary,
    unknown,
    failureRate: log10(worse),
    ...(slower === undefined ? {} : { latency: log10(slower) }),
    promotion: log10(alike),
  };
}

function latencyRecord({ evidence: { latency, budget, settings } }: CanaryCheck): LatencyRecord | undefined {
  if (latency === undefined || settings.latency === undefined) return undefined;
  const medianMs = (side: KnownSide): Partial<Record<KnownSide, number>> => {
    const ms = latency.median(side);
    return ms === undefined ? {} : { [side]: Number(ms.toFixed(1)) };
  };
  const ratio = latency.ratio();
  const limits = settings.latency.budget;
  return {
    tolerance: settings.latency.tolerance,
    medianMs: { ...medianMs('baseline'), ...medianMs('canary') },
    ...(ratio === undefined ? {} : { ratio: Number(ratio.toFixed(3)) }),
    compared: { baseline: latency.compared('baseline'), canary: latency.compared('canary') },
    ...(budget === undefined || limits === undefined
      ? {}
      : {
          budget: { ...limits, over: { baseline: budget.over('baseline'), canary: budget.over('canary') } },
        }),
  };
}

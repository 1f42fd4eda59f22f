/**
 * What a stage has answered, counted as CloudWatch does for it: production and canary apart, since nobody can tell them
 * by the answers (apigateway.md 9.3). Counts are of this process and begin with it.
 */

export interface Metrics {
  readonly count: number;
  readonly '4XXError': number;
  readonly '5XXError': number;
  /** Milliseconds. */
  readonly latency: Latency;
  /** Of requests that asked a back end. */
  readonly integrationLatency: Latency;
}

export interface Latency {
  readonly count: number;
  readonly sum: number;
  readonly maximum: number;
  /** Upper bounds of the values below which that share of requests lies; null while there are none. */
  readonly p50: number | null;
  readonly p90: number | null;
  readonly p99: number | null;
}

export interface Counters {
  readonly add: (status: number, latency: number, integrationLatency: number | undefined) => void;
  readonly read: () => Metrics;
}

export function createCounters(): Counters {
  let count = 0;
  let clientErrors = 0;
  let serverErrors = 0;
  const latency = createHistogram();
  const integrationLatency = createHistogram();
  return {
    add: (status, milliseconds, integration) => {
      count += 1;
      if (status >= 500) serverErrors += 1;
      else if (status >= 400) clientErrors += 1;
      latency.add(milliseconds);
      if (integration !== undefined) integrationLatency.add(integration);
    },
    read: () => ({
      count,
      '4XXError': clientErrors,
      '5XXError': serverErrors,
      latency: latency.read(),
      integrationLatency: integrationLatency.read(),
    }),
  };
}

/** Each bound is a tenth larger than the one before it, from a hundredth of a millisecond to beyond a minute. */
const GROWTH = Math.log(1.1);
const SMALLEST = 0.01;
const BUCKETS = 172;

interface Histogram {
  readonly add: (value: number) => void;
  readonly read: () => Latency;
}

function createHistogram(): Histogram {
  const buckets = new Uint32Array(BUCKETS);
  let count = 0;
  let sum = 0;
  let maximum = 0;
  const share = (part: number): number | null => {
    let left = Math.ceil(count * part);
    if (left === 0) return null;
    for (let index = 0; index < BUCKETS; index += 1) {
      left -= buckets[index] ?? 0;
      if (left <= 0) return rounded(Math.min(maximum, SMALLEST * Math.exp(GROWTH * index)));
    }
    return rounded(maximum);
  };
  return {
    add: value => {
      count += 1;
      sum += value;
      if (value > maximum) maximum = value;
      const index = value <= SMALLEST ? 0 : Math.ceil(Math.log(value / SMALLEST) / GROWTH);
      const at = Math.min(index, BUCKETS - 1);
      buckets[at] = (buckets[at] ?? 0) + 1;
    },
    read: () => ({
      count,
      sum: rounded(sum),
      maximum: rounded(maximum),
      p50: share(0.5),
      p90: share(0.9),
      p99: share(0.99),
    }),
  };
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}

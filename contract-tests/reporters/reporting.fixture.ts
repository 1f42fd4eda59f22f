/** For the tests of reporters: one run against a server, told by one reporter. */
import { newCoverage } from '../coverage.ts';
import { createMask, NO_MASK } from '../mask.ts';
import { petsContract } from '../pets.fixture.ts';
import { type RunOptions, run } from '../run.ts';
import type { ReporterContext, ReporterModule } from './reporter.ts';

export interface ReportOptions extends Partial<ReporterContext> {
  /** The secret of the scheme `key`. */
  readonly key?: string;
  readonly run?: Partial<RunOptions>;
}

/** What the reporter wrote. */
export async function reported(
  module: ReporterModule,
  baseUrl: string,
  { key, run: rest, ...context }: ReportOptions = {},
): Promise<string> {
  const parts: string[] = [];
  const coverage = newCoverage();
  const listener = module.create({
    coverage: coverage.record,
    write: text => void parts.push(text),
    isTTY: false,
    colour: false,
    columns: 80,
    mask: key === undefined ? NO_MASK : createMask([], [key]),
    ...context,
  });
  await run({
    sequences: { off: true },
    contracts: [{ name: 'pets.yaml', contract: petsContract() }],
    baseUrl,
    concurrency: 1,
    listeners: [coverage.listener, listener],
    ...(key === undefined ? {} : { plan: { credentials: new Map([['key', key]]) } }),
    ...rest,
  });
  return parts.join('');
}

/**
 * `node vitest-outcomes.ts FOLDER STAGES [SHARD]`: runs the test files of a folder with vitest and prints what became of
 * each case, as JSON. STAGES is what is provided to the files, as JSON.
 */

import { type Reporter, startVitest, type TestCase, type TestModule } from 'vitest/node';
import type {} from '../scripts/vitest.ts';

export interface FileOutcomes {
  /** What the file failed with beside its cases. */
  readonly errors: readonly string[];
  readonly cases: readonly CaseState[];
}

export interface CaseState {
  readonly case: string;
  readonly state: string;
  readonly note: string;
  readonly message: string;
}

const [folder = '', stages = '{}', shard] = process.argv.slice(2);
const files: Record<string, { readonly errors: string[]; readonly cases: CaseState[] }> = {};

const reporter: Reporter = {
  onTestCaseResult: (tested: TestCase) => {
    const result = tested.result();
    const { rehearsal } = tested.meta();
    if (rehearsal === undefined) return;
    fileOf(tested.module).cases.push({
      case: rehearsal.case,
      state: result.state,
      note: result.state === 'skipped' ? (result.note ?? '') : '',
      message: result.errors?.map(({ message }) => message).join('\n') ?? '',
    });
  },
  onTestSuiteResult: suite => {
    fileOf(suite.module).errors.push(...suite.errors().map(({ message }) => message));
  },
  onTestModuleEnd: module => {
    fileOf(module).errors.push(...module.errors().map(({ message }) => message));
  },
};

function fileOf({ relativeModuleId }: TestModule): (typeof files)[string] {
  return (files[relativeModuleId] ??= { errors: [], cases: [] });
}

const vitest = await startVitest('test', [], {
  watch: false,
  config: false,
  root: folder,
  include: ['*.test.ts'],
  isolate: false,
  pool: 'threads',
  reporters: [reporter],
  provide: { rehearsal: JSON.parse(stages) as Readonly<Record<string, string>> },
  ...(shard === undefined ? {} : { shard }),
});
await vitest.close();
process.stdout.write(JSON.stringify(files));
process.exitCode = 0;

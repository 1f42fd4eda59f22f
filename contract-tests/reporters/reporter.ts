/** What a reporter is: a listener with somewhere to write. Types only. */
import type { Case } from '../../contract/plan/cases/case.ts';
import type { CoverageRecord } from '../coverage-record.ts';
import type { Listener } from '../events.ts';
import type { Mask } from '../mask.ts';

export interface ReporterModule {
  /** `json` of `--reporter json=FILE`. */
  readonly name: string;
  readonly summary: string;
  /** A paragraph for the documentation. */
  readonly description: string;
  /** Where it writes when no file is named, or the variable that names the file. Default: standard output. */
  readonly defaultFile?: string | { readonly environment: string };
  /** It goes on where others have written. */
  readonly appends?: true;
  /** What it has written is whole at any time, so that its file may be read while the run goes on. */
  readonly live?: true;
  readonly create: (context: ReporterContext) => Listener;
}

export interface ReporterContext {
  readonly write: (text: string) => void;
  readonly isTTY: boolean;
  readonly colour: boolean;
  readonly columns: number;
  readonly mask: Mask;
  /** For lines beside the report: what people read, or the log of a CI server. */
  readonly aside?: (text: string) => void;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  /** Whether a report of exchanges holds those that passed, too. */
  readonly allExchanges?: boolean;
  /** What the run has seen of the documents; asked for when it has ended. */
  readonly coverage?: () => CoverageRecord;
  /** Also tell what was not judged and what was left out, case by case. */
  readonly verbose?: boolean;
  /** The command that sends one case again, where there is a command. */
  readonly replay?: (tested: Case) => string;
}

/** What a reporter is: a listener with somewhere to write. Types only. */
import type { Listener } from '../events.ts';
import type { Mask } from '../mask.ts';

export interface ReporterModule {
  /** `json` of `--reporter json=FILE`. */
  readonly name: string;
  readonly summary: string;
  readonly create: (context: ReporterContext) => Listener;
}

export interface ReporterContext {
  readonly write: (text: string) => void;
  readonly isTTY: boolean;
  readonly colour: boolean;
  readonly columns: number;
  readonly mask: Mask;
}

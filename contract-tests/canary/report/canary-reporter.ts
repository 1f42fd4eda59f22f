/** What a reporter of a canary is: a listener with somewhere to write. Types only. */
import type { ReporterContext, ReporterModule } from '../../reporters/reporter.ts';
import type { CanaryListener } from '../canary-events.ts';

export interface CanaryReporterModule extends Omit<ReporterModule, 'create'> {
  readonly create: (context: ReporterContext) => CanaryListener;
}

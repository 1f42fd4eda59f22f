/** What a provider of stages is. One file each beside this one, one line each in `index.ts`. */
import type { Capability, ProviderName } from './stage.ts';

export interface StageProvider {
  readonly name: ProviderName;
  /** For people: what it opens. */
  readonly summary: string;
  readonly can: readonly Capability[];
  /** Where the paths of an API on a stage begin. Undefined for providers that are no gateway. */
  readonly invokeUrl?: (place: InvokePlace) => string;
}

export interface InvokePlace {
  readonly apiId: string;
  readonly stageName: string;
  readonly region: string;
  /** The address of the control plane, where it is not AWS's own. */
  readonly endpoint: string | undefined;
}

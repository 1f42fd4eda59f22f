/** As much of newman and of Postman's SDK as is looked at here. Types only, so that nobody needs newman to read them. */

export interface NewmanField {
  readonly key: string;
  readonly value: unknown;
}

export interface NewmanItem {
  readonly id: string;
  readonly name: string;
}

export interface NewmanRequest {
  readonly method: string;
  readonly headers: { readonly members: readonly NewmanField[] };
  readonly url: {
    readonly getPath: () => string;
    readonly getQueryString: () => string;
    readonly toString: () => string;
  };
  readonly body?: { readonly toString: () => string } | undefined;
}

export interface NewmanResponse {
  readonly code: number;
  readonly headers: { readonly members: readonly NewmanField[] };
  readonly stream?: Uint8Array;
  readonly responseTime: number;
}

export interface NewmanError extends NodeJS.ErrnoException {
  readonly test?: string;
  /** Of ETIMEDOUT: there was no connection yet. */
  readonly connect?: boolean;
}

/** A run that has begun. */
export interface StartedRun {
  /** After the item that is under way; the run ends as it would at its end. */
  readonly abort: () => void;
}

/** What newman tells of, with what it hands over. */
export interface NewmanEvents {
  readonly start: { readonly run: StartedRun };
  readonly beforeItem: { readonly item: NewmanItem };
  readonly request: {
    readonly item: NewmanItem;
    readonly request: NewmanRequest;
    readonly response?: NewmanResponse;
  };
  readonly assertion: { readonly item: NewmanItem; readonly assertion: string; readonly skipped?: boolean };
  readonly script: { readonly item?: NewmanItem };
  readonly item: { readonly item: NewmanItem };
  readonly beforeDone: { readonly summary: NewmanSummary };
}

/** Kept for whoever called newman, whole answers included. */
export interface NewmanSummary {
  readonly run: { readonly executions: unknown[]; readonly error?: Error };
}

export interface NewmanEmitter {
  readonly on: <Name extends keyof NewmanEvents>(
    name: Name,
    listener: (error: NewmanError | null | undefined, told: NewmanEvents[Name]) => void,
  ) => unknown;
  readonly summary?: NewmanSummary;
}

export interface Newman {
  readonly run: (
    options: Readonly<Record<string, unknown>>,
    done: (error: Error | null | undefined, summary: NewmanSummary) => void,
  ) => NewmanEmitter;
}

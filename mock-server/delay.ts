/** Waits that end early: when the client goes away, and when the server closes. */

export interface Waits {
  /** Resolves after so many milliseconds, or as soon as nobody wants to wait any longer. */
  readonly wait: (milliseconds: number, gone: Gone) => Promise<void>;
  /** Ends all waits. */
  readonly end: () => void;
}

/** Tells that the client went away: a response of `node:http`. */
export interface Gone {
  readonly once: (event: 'close', listener: () => void) => unknown;
  readonly off: (event: 'close', listener: () => void) => unknown;
}

export function createWaits(): Waits {
  const ends = new Set<() => void>();
  return {
    wait: (milliseconds, gone) =>
      new Promise(resolve => {
        const end = (): void => {
          clearTimeout(timer);
          gone.off('close', end);
          ends.delete(end);
          resolve();
        };
        const timer = setTimeout(end, milliseconds);
        gone.once('close', end);
        ends.add(end);
      }),
    end: () => {
      for (const end of ends) end();
    },
  };
}

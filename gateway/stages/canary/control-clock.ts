/**
 * The clock of the control plane, from the Date of its own answers: machines whose clocks disagree have this one in
 * common. The SDK mends signatures by the same header when a clock is off by minutes, but tells nobody.
 */
import type { ControlPlane } from '../control-plane.ts';

/**
 * Listens to what a client is answered.
 *
 * @param clock - this machine's, epoch milliseconds
 * @returns epoch milliseconds of the control plane; this machine's until it has answered
 */
export function controlClock(plane: ControlPlane, clock: () => number = Date.now): () => number {
  let ahead = 0;
  plane.middlewareStack.add(
    next => async args => {
      const output = await next(args);
      const { headers } = output.response as { readonly headers?: Readonly<Record<string, string>> };
      const date = Date.parse(headers?.['date'] ?? '');
      // The header counts whole seconds.
      if (!Number.isNaN(date)) ahead = Math.abs(date - clock()) < 2000 ? 0 : date - clock();
      return output;
    },
    { step: 'deserialize', priority: 'low', name: 'rehearsalControlClock', override: true },
  );
  return () => clock() + ahead;
}

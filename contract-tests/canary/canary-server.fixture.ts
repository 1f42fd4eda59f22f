/** A stage with a canary on loopback: one server that answers as either side by seeded chance, and says which. */
import { random } from '../../contract/schema/random.ts';
import { open } from '../loopback.fixture.ts';
import { type Fault, type PetsServer, petsContract, startPets } from '../pets.fixture.ts';
import { createTransport, type Transport } from '../transport.ts';
import type { KnownSide } from './answer.ts';
import type { CanaryCheck } from './canary-events.ts';
import { checkCanary } from './check-canary.ts';
import type { CheckCanaryOptions } from './check-options.ts';

export const PETS_STAGE: CheckCanaryOptions['contracts'] = [{ name: 'pets.yaml', contract: petsContract() }];

export interface TwoSided {
  readonly share: number;
  /** Besides what both have. */
  readonly canary?: Fault;
  readonly both?: Fault;
  readonly baseline?: Fault;
  readonly seed?: number;
  /** What answers say of their side. Default: the header. */
  readonly tells?: (side: KnownSide) => Record<string, string>;
}

export interface TwoSidedServer extends PetsServer {
  /** Answers by side. */
  readonly sides: Readonly<Record<KnownSide, number>>;
}

export async function startTwoSided(options: TwoSided): Promise<TwoSidedServer> {
  const { share, seed = 1, tells = side => ({ 'x-rehearsal-canary': String(side === 'canary') }) } = options;
  const chance = random(seed, 'side');
  const sides = { baseline: 0, canary: 0 };
  const server = await startPets((request, reply) => {
    const side = chance.next() < share ? 'canary' : 'baseline';
    sides[side] += 1;
    const common = { ...reply, ...options.both?.(request, reply) };
    const said = { ...common, ...options[side]?.(request, common) };
    return { ...said, headers: { ...said.headers, ...tells(side) } };
  });
  open.push(server);
  return { ...server, sides };
}

/** Times that no machine has a part in: what a side takes, with seeded noise of a fifth. */
export function timed(times: Readonly<Record<KnownSide, number>>, seed = 1): Transport {
  const transport = createTransport();
  open.push(transport);
  const chance = random(seed, 'time');
  return {
    close: transport.close,
    send: async (baseUrl, request) => {
      const sent = await transport.send(baseUrl, request);
      if (sent.kind === 'unanswered') return sent;
      const isCanary = sent.response.headers.some(
        ([name, value]) => name.toLowerCase() === 'x-rehearsal-canary' && value === 'true',
      );
      const ms = times[isCanary ? 'canary' : 'baseline'] * (0.8 + 0.4 * chance.next());
      return { ...sent, response: { ...sent.response, ms } };
    },
  };
}

/** Checks the canary of a stage of pets. */
export async function checkPets(
  stage: TwoSided,
  options: Partial<CheckCanaryOptions> = {},
): Promise<CanaryCheck & { readonly server: TwoSidedServer }> {
  const server = await startTwoSided(stage);
  const check = await checkCanary({
    contracts: PETS_STAGE,
    baseUrl: server.url,
    percentTraffic: stage.share * 100,
    stage: 'server',
    transport: timed({ baseline: 10, canary: 10 }),
    ...options,
  });
  return { ...check, server };
}

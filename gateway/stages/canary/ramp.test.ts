/** Whole ramps over the local API Gateway, cut off at every point where something is written or sent, and gone on with. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Connected, connect } from '../../local/control/control-client.fixture.ts';
import type { ControlPlane } from '../control-plane.ts';
import type { Transition } from '../stage.ts';
import { type CanaryStage, newCanaryStage, planeOf } from './canary-stage.fixture.ts';
import type { Ending, Journal } from './journal.ts';
import { endCanary, readRelease } from './operations.ts';
import { type Judgement, type RampOptions, type RampResult, ramp } from './ramp.ts';
import { promoted, withoutCanary, withPercent } from './release.ts';
import { standing } from './standing.ts';

let connected: Connected;
let planes: ControlPlane[] = [];
beforeAll(async () => {
  connected = await connect();
});
afterAll(() => connected.close());
afterEach(() => {
  for (const plane of planes) plane.destroy();
  planes = [];
});

async function made(): Promise<CanaryStage> {
  const plane = await planeOf(connected.endpoint);
  planes.push(plane);
  return newCanaryStage(plane);
}

function journalOf({ apiId, stageName, release }: CanaryStage, ending: Ending = 'promote'): Journal {
  const at = '2026-01-01T12:00:00.000Z';
  return {
    version: 1,
    run: 'r1',
    document: 'pets',
    stage: 'prod',
    apiId,
    stageName,
    before: release,
    steps: [5, 25, 50],
    ending,
    phase: { kind: 'begun' },
    known: [],
    began: at,
    changed: at,
  };
}

/** What is thrown where a run is cut off. */
class Cut extends Error {}

interface Played {
  readonly result: RampResult | undefined;
  readonly journal: Journal;
  readonly turns: readonly Transition[];
  /** Points at which it could have been cut off. */
  readonly points: number;
}

interface Script {
  /** One for each step, the last for all that follow. */
  readonly judge?: readonly Judgement[];
  readonly confirm?: Judgement;
  readonly cutAt?: number;
  readonly options?: Partial<RampOptions>;
}

const GOOD: Judgement = { kind: 'good', reason: 'The canary kept the contract.' };
const BAD: Judgement = { kind: 'bad', reason: 'GET / broke the contract.' };
const UNSURE: Judgement = { kind: 'unsure', reason: 'Too few answers.' };

async function play(stage: CanaryStage, journal: Journal, script: Script = {}): Promise<Played> {
  const { judge = [GOOD], confirm = GOOD, cutAt = Number.POSITIVE_INFINITY } = script;
  let points = 0;
  let last = journal;
  const turns: Transition[] = [];
  const point = (): void => {
    points += 1;
    if (points > cutAt) throw new Cut();
  };
  stage.plane.middlewareStack.add(
    (next, context) => async args => {
      if (context['commandName'] !== 'UpdateStageCommand') return next(args);
      point();
      const answer = await next(args);
      point();
      return answer;
    },
    { step: 'initialize', name: 'cut', override: true },
  );
  const options: RampOptions = {
    stage,
    journal,
    store: {
      read: () => last,
      write: next => {
        point();
        last = next;
        point();
      },
    },
    judge: async ({ index, percent, release }) => {
      expect(await readRelease(stage)).toEqual(release);
      expect(release.canary?.percentTraffic).toBe(percent);
      return judge[Math.min(index, judge.length - 1)] ?? GOOD;
    },
    confirm: () => Promise.resolve(confirm),
    guard: () => Promise.resolve(),
    onTransition: turn => {
      turns.push(turn);
      return Promise.resolve();
    },
    onHookTrouble: () => {},
    signal: new AbortController().signal,
    now: () => 1_767_268_800_000,
    ...script.options,
  };
  let result: RampResult | undefined;
  try {
    result = await ramp(options);
  } catch (error) {
    if (!(error instanceof Cut)) throw error;
  }
  stage.plane.middlewareStack.remove('cut');
  return { result, journal: last, turns, points };
}

const ENDS = [
  ['promoted', {}, 'promote'],
  ['held', {}, 'hold'],
  ['rolled-back', { judge: [GOOD, BAD] }, 'promote'],
  ['inconclusive', { judge: [GOOD, GOOD, UNSURE] }, 'promote'],
  ['undone', { confirm: BAD }, 'promote'],
] as const satisfies readonly (readonly [string, Script, Ending])[];

function endOf(outcome: (typeof ENDS)[number][0], { release }: CanaryStage): unknown {
  switch (outcome) {
    case 'promoted':
      return withoutCanary(promoted(release));
    case 'held':
      return withPercent(release, 50);
    case 'inconclusive':
      return release;
    case 'rolled-back':
    case 'undone':
      return withoutCanary(release);
  }
}

describe('a ramp', () => {
  test.each(ENDS)('that is %s', async (outcome, script, then) => {
    const stage = await made();
    const { result, journal } = await play(stage, journalOf(stage, then), script);
    expect(result).toMatchObject({ kind: 'ended', outcome });
    expect(journal.phase).toEqual(result);
    expect(await readRelease(stage)).toEqual(endOf(outcome, stage));
  });

  test.each(ENDS)(
    'that is %s comes to the same end wherever it is cut off',
    async (outcome, script, then) => {
      const whole = await made();
      const { points } = await play(whole, journalOf(whole, then), script);
      expect(points).toBeGreaterThan(12);
      for (let cutAt = 0; cutAt < points; cutAt += 1) {
        const stage = await made();
        const first = await play(stage, journalOf(stage, then), { ...script, cutAt });
        if (first.journal.phase.kind !== 'ended') {
          expect(first.result).toBeUndefined();
          const left = standing(first.journal, await readRelease(stage));
          expect([cutAt, left.kind]).toEqual([cutAt, 'as-left']);
          // Cut off once more at the very next change.
          const again = await play(stage, first.journal, { ...script, cutAt: 3 });
          await play(stage, again.journal, script);
        }
        expect([cutAt, await readRelease(stage)]).toEqual([cutAt, endOf(outcome, stage)]);
      }
    },
  );

  test('tells of its turns before and after changes', async () => {
    const stage = await made();
    const { turns } = await play(stage, journalOf(stage));
    expect(turns.map(({ kind, percent }) => `${kind} ${percent}`)).toEqual([
      'moving 5',
      'moving 25',
      'moving 50',
      'promoting 0',
      'promoted 0',
    ]);
    expect(turns[0]).toEqual({
      kind: 'moving',
      percent: 5,
      reason: 'The ramp begins.',
      stage: 'prod',
      stageName: 'prod',
      document: 'pets',
      apiId: stage.apiId,
      run: 'r1',
      baseline: stage.release.deploymentId,
      canary: stage.release.canary?.deploymentId,
    });
  });

  test('a hook that fails before a change stops it there, and the next run goes on', async () => {
    const stage = await made();
    const onTransition = ({ kind, percent }: Transition): Promise<void> =>
      kind === 'moving' && percent === 25 ? Promise.reject(new Cut()) : Promise.resolve();
    const stopped = await play(stage, journalOf(stage), { options: { onTransition } });
    expect(stopped.journal.phase).toEqual({ kind: 'moving', step: 1 });
    const release = await readRelease(stage);
    expect(release).toEqual(withPercent(stage.release, 5));
    expect(standing(stopped.journal, release)).toEqual({
      kind: 'as-left',
      words: 'the canary gets 5 %, and was to get 25 %',
    });
    expect((await play(stage, stopped.journal)).result).toMatchObject({ outcome: 'promoted' });
  });

  test('a hook that fails before a rollback is heard, and the canary goes all the same', async () => {
    const stage = await made();
    const trouble: unknown[] = [];
    const onTransition = ({ kind }: Transition): Promise<void> =>
      kind === 'rolling-back' ? Promise.reject(new Cut()) : Promise.resolve();
    const options = { onTransition, onHookTrouble: (error: unknown) => trouble.push(error) };
    const { result } = await play(stage, journalOf(stage), { judge: [BAD], options });
    expect(result).toMatchObject({ outcome: 'rolled-back', reason: 'GET / broke the contract.' });
    expect(trouble).toHaveLength(1);
    expect(await readRelease(stage)).toEqual(withoutCanary(stage.release));
  });

  test('an interruption stops it between two changes', async () => {
    const stage = await made();
    const stop = new AbortController();
    const judge = (): Promise<Judgement> => {
      stop.abort();
      return Promise.resolve(GOOD);
    };
    const { result, journal } = await play(stage, journalOf(stage), {
      options: { judge, signal: stop.signal },
    });
    expect(result).toEqual({ kind: 'interrupted' });
    expect(journal.phase).toEqual({ kind: 'moving', step: 1 });
    expect(await readRelease(stage)).toEqual(withPercent(stage.release, 5));
  });

  test('a promotion that nobody could test again stays, and is tested by the next run', async () => {
    const stage = await made();
    const first = await play(stage, journalOf(stage), { confirm: UNSURE });
    expect(first.result).toEqual({ kind: 'unconfirmed', reason: 'Too few answers.' });
    expect(standing(first.journal, await readRelease(stage))).toEqual({
      kind: 'as-left',
      words: 'the canary was promoted, and production was to be tested again',
    });
    expect((await play(stage, first.journal)).result).toMatchObject({ outcome: 'promoted' });
  });

  test('a stage that somebody changed while the run was away is not gone on with', async () => {
    const stage = await made();
    const first = await play(stage, journalOf(stage), { judge: [{ kind: 'interrupted' }] });
    expect(first.journal.phase).toEqual({ kind: 'judging', step: 0 });
    await endCanary(stage, withPercent(stage.release, 5));
    expect(standing(first.journal, await readRelease(stage))).toEqual({
      kind: 'changed',
      differences: ['there is no canary'],
    });
  });
});

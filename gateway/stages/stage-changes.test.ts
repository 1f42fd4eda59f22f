import fc from 'fast-check';
import { expect, test } from 'vitest';
import { patchOperationsOf } from '../local/control/patch-operations.ts';
import { patchStage } from '../local/control/stage-patch.ts';
import { newStage } from '../local/control/stages.ts';
import type { Stage } from '../local/state/records.ts';
import type { MethodSettings, WantedSettings } from './method-settings.ts';
import { type StageWishes, stageChanges } from './stage-changes.ts';
import { stateOf } from './stage-state.ts';

const NAMES = ['release', 'back_end', 'A1'];
const variables = fc.dictionary(
  fc.constantFrom(...NAMES),
  fc.string({
    unit: fc.constantFrom('a', '7', '-', '.', '~', ':', '/', '?', '#', '&', '=', ','),
    minLength: 1,
    maxLength: 9,
  }),
);

const settings: fc.Arbitrary<MethodSettings> = fc.record(
  {
    throttlingRateLimit: fc.integer({ min: 0, max: 99 }),
    throttlingBurstLimit: fc.integer({ min: 0, max: 99 }),
    cachingEnabled: fc.boolean(),
    cacheTtlInSeconds: fc.integer({ min: 0, max: 3600 }),
    metricsEnabled: fc.boolean(),
    loggingLevel: fc.constantFrom('OFF', 'ERROR', 'INFO'),
    unauthorizedCacheControlHeaderStrategy: fc.constantFrom(
      'FAIL_WITH_403',
      'SUCCEED_WITHOUT_RESPONSE_HEADER',
    ),
  },
  { requiredKeys: [] },
);

const PLACES = [
  { path: '*', verb: '*' },
  { path: '/', verb: 'GET' },
  { path: '/pets', verb: 'POST' },
  { path: '/pets/{petId}/toys', verb: 'GET' },
];

/** In the order of the configuration: what is for all comes first. */
const wantedSettings: fc.Arbitrary<readonly WantedSettings[]> = fc
  .tuple(...PLACES.map(() => fc.option(settings, { nil: undefined })))
  .map(all =>
    PLACES.flatMap((place, index) => {
      const one = all[index];
      return one === undefined ? [] : [{ place, settings: one }];
    }),
  );

const wishes: fc.Arbitrary<StageWishes> = fc.record({
  variables: fc.option(variables, { nil: undefined }),
  secret: fc.constant(new Set<string>()),
  settings: fc.option(wantedSettings, { nil: undefined }),
  cacheClusterSize: fc.constantFrom(undefined, '0.5', '6.1'),
  tracing: fc.constantFrom(undefined, true, false),
  accessLog: fc.constantFrom(undefined, {
    destinationArn: 'arn:aws:logs:us-east-1:0:log-group:a',
    format: '$context.requestId',
  }),
});

/** The stage after the service has taken all patches. */
function changed(stage: Stage, wanted: StageWishes): Stage {
  const patchOperations = stageChanges(wireState(stage), wanted).flatMap(({ patches }) => [...patches]);
  const operations = patchOperationsOf(
    { input: { patchOperations: patchOperations.map(patch => ({ ...patch })) } },
    'updateStageInput',
  );
  return patchStage(stage, operations, () => true);
}

function wireState({
  createdDate: _created,
  lastUpdatedDate: _updated,
  ...stage
}: Stage): ReturnType<typeof stateOf> {
  return stateOf(stage as Parameters<typeof stateOf>[0]);
}

test('patches lead from any stage to what is wanted, and nothing is left to do', () => {
  fc.assert(
    fc.property(wishes, wishes, (before, wanted) => {
      const stage = changed(newStage('dev', 'd1', 0), before);
      const after = changed(stage, wanted);
      expect(stageChanges(wireState(after), wanted)).toEqual([]);
      if (wanted.variables !== undefined) expect(after.variables ?? {}).toEqual(wanted.variables);
      else expect(after.variables).toEqual(stage.variables);
      if (wanted.settings === undefined) expect(after.methodSettings).toEqual(stage.methodSettings);
      else {
        expect(Object.keys(after.methodSettings)).toHaveLength(wanted.settings.length);
        for (const [key, entry] of Object.entries(after.methodSettings)) {
          const one = wanted.settings.find(({ place: { path, verb } }) =>
            [`${path}/${verb}`, `${path.slice(1)}/${verb}`].includes(key),
          );
          expect(one, key).toBeDefined();
          expect(entry).toMatchObject({ ...one?.settings });
        }
      }
      expect(after.deploymentId).toBe('d1');
    }),
    { numRuns: 300 },
  );
});

test('what is secret is changed and not shown', () => {
  const stage = { ...newStage('dev', 'd1', 0), variables: { partner: 'old hush' } };
  const wanted: StageWishes = {
    variables: { partner: 'new-hush' },
    secret: new Set(['partner']),
    settings: undefined,
    cacheClusterSize: undefined,
    tracing: undefined,
    accessLog: undefined,
  };
  expect(stageChanges(wireState(stage), wanted)).toEqual([
    {
      what: 'variable partner',
      from: '***',
      to: '*** (another)',
      patches: [{ op: 'replace', path: '/variables/partner', value: 'new-hush' }],
    },
  ]);
});

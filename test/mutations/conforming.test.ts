/** The suite's APIs keep their documents, so that nothing may be said against them at any depth. */
import { describe, expect, test } from 'vitest';
import { APIS, type ApiName, rehearse } from './rehearse.ts';
import { CONFORMING } from './served.ts';

describe.each(Object.keys(APIS) as ApiName[])('%s, which conforms', name => {
  describe.each(['examples', 'standard', 'deep'] as const)('at depth %s', depth => {
    test.each([0, 1, 2])('and seed %i', async seed => {
      const { summary, details } = await rehearse(name, CONFORMING, { plan: { depth, seed } });
      expect(details).toEqual([]);
      expect(summary).toMatchObject({ verdict: 'kept', failures: 0, unanswered: 0 });
    });
  });
});

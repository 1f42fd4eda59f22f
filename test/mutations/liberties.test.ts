/** What a server may do is never called a failure. */
import { expect, test } from 'vitest';
import { LIBERTIES } from './liberties.ts';
import { rehearse } from './rehearse.ts';
import { CONFORMING } from './served.ts';

test.each(LIBERTIES)('$api: $what', async ({ api, seeded }) => {
  const { summary, details } = await rehearse(api, { ...CONFORMING, ...seeded });
  expect(details).toEqual([]);
  expect(summary).toMatchObject({ failures: 0, unanswered: 0 });
});

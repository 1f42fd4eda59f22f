import { expect, test } from 'vitest';
import { takesColour } from './command.ts';

test.each([
  [true, {}, true],
  [true, { NO_COLOR: '' }, true],
  [true, { NO_COLOR: '1' }, false],
  [false, {}, false],
])('colour on a terminal (%s) with %o: %s', (isTTY, env, wanted) => {
  expect(takesColour({ isTTY, columns: 80, write: () => undefined }, env)).toBe(wanted);
});

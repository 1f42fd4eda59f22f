/** The HTML report of a canary in a real browser, from a file: it loads nothing, complains of nothing and fits a phone. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { checkPets } from '../../contract-tests/canary/canary-server.fixture.ts';
import { canaryHtml } from '../../contract-tests/canary/report/canary-html.ts';
import { NO_MASK } from '../../contract-tests/mask.ts';
import { launchChromium, NO_CHROMIUM } from './chromium.fixture.ts';

let browser: Browser | undefined;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rehearsal-canary-'));
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true });
});
beforeEach(context => {
  if (browser === undefined) context.skip(NO_CHROMIUM);
});

test.each([
  ['light', 1100],
  ['dark', 360],
] as const)('in a %s scheme, %d pixels wide', async (colorScheme, width) => {
  const parts: string[] = [];
  await checkPets(
    {
      share: 0.2,
      canary: ({ method, path }, { status }) =>
        method === 'GET' && /^\/pets\/\d+$/.test(path) && status === 200
          ? { body: '{"id":"</pre><script>document.title = 1</script>","name":"Rex"}' }
          : undefined,
    },
    {
      listeners: [
        canaryHtml.create({
          write: text => void parts.push(text),
          isTTY: false,
          colour: false,
          columns: 80,
          mask: NO_MASK,
        }),
      ],
    },
  );
  const file = join(folder, `${colorScheme}.html`);
  writeFileSync(file, parts.join(''));
  const own = await (browser as Browser).newContext({ colorScheme, viewport: { width, height: 800 } });
  const page = await own.newPage();
  const complaints: string[] = [];
  const requested: string[] = [];
  page.on('pageerror', error => complaints.push(error.message));
  page.on('console', message => complaints.push(message.text()));
  page.on('request', request => requested.push(request.url()));
  await page.goto(pathToFileURL(file).href);
  expect(complaints).toEqual([]);
  expect(requested).toHaveLength(1);
  expect(await page.title()).toBe('roll back: Canary of pets.yaml');
  expect(await page.locator('figure.chart svg').count()).toBe(3);
  expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  // Every curve lies within its drawing, and is no point.
  const boxes = await page.locator('figure.chart .curve').evaluateAll(curves =>
    curves.map(curve => {
      const [inner, outer] = [curve, curve.ownerSVGElement ?? curve].map(one => one.getBoundingClientRect());
      return (
        inner !== undefined &&
        outer !== undefined &&
        inner.width > outer.width / 2 &&
        inner.top >= outer.top &&
        inner.bottom <= outer.bottom
      );
    }),
  );
  expect(boxes).toEqual([true, true, true]);
  await own.close();
});

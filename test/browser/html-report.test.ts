/**
 * The HTML report in a real browser, from a file: it runs nothing that a server sent, loads nothing, fits a phone,
 * filters and copies, and its words can be read in both colour schemes.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type PetsServer, startPets } from '../../contract-tests/pets.fixture.ts';
import { htmlReporter } from '../../contract-tests/reporters/html.ts';
import { reported } from '../../contract-tests/reporters/reporting.fixture.ts';
import { launchChromium, NO_CHROMIUM } from './chromium.fixture.ts';
import { FAILURES_EACH, manyFailures, OPERATIONS } from './many-failures.fixture.ts';

const HOSTILE =
  '</pre></details><script>document.title = "taken"</script><img src="http://127.0.0.1:1/x" onerror="document.title=1">';

let browser: Browser | undefined;
let folder: string;
let server: PetsServer;
let address: string;
let complaints: string[];
let requested: string[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rehearsal-html-'));
  server = await startPets(({ method }, reply) =>
    method === 'GET' && reply.status === 200
      ? { status: 500, headers: { 'content-type': 'text/html', 'x-note': '"><b>' }, body: HOSTILE }
      : method === 'HEAD'
        ? { status: 204, headers: {} }
        : undefined,
  );
  const file = join(folder, 'report.html');
  writeFileSync(file, await reported(htmlReporter, server.url, { replay: () => 'rehearsal test it' }));
  address = pathToFileURL(file).href;
  browser = await launchChromium();
});

afterAll(async () => {
  await browser?.close();
  await server.close();
  rmSync(folder, { recursive: true });
});

beforeEach(context => {
  if (browser === undefined) context.skip(NO_CHROMIUM);
});

async function open(options: BrowserContextOptions = {}, where = address): Promise<Page> {
  const own = await (browser as Browser).newContext(options);
  const page = await own.newPage();
  [complaints, requested] = [[], []];
  page.on('pageerror', error => complaints.push(error.message));
  page.on('console', message => complaints.push(message.text()));
  page.on('request', request => requested.push(request.url()));
  await page.goto(where);
  return page;
}

test('what a server sent is shown and does nothing', async () => {
  const page = await open();
  expect(await page.title()).toBe('broken: Contract tests: Pets');
  const first = page.locator('.failure').first();
  await first.locator('summary').first().click();
  await first.locator('.exchange summary').click();
  expect(await first.locator('.exchange').innerText()).toContain(HOSTILE);
  expect(await page.locator('img, iframe, link, script').count()).toBe(1);
  expect(complaints).toEqual([]);
  expect(requested).toEqual([address]);
});

test('filters leave what fits', async () => {
  const page = await open();
  const shown = page.locator('.failure:visible');
  const all = await shown.count();
  await page.getByLabel('Check').selectOption('server-error');
  expect(await shown.count()).toBeLessThan(all);
  expect(await page.locator('.card.operation:visible').count()).toBe(2);
  await page.getByLabel('Filter failures by words').fill('/pets/{id} get');
  expect(await page.locator('.card.operation:visible').count()).toBe(1);
  expect(await page.locator('#count').innerText()).toBe(`${await shown.count()} of ${all} shown`);
});

test('the replay command is copied', async () => {
  const page = await open({ permissions: ['clipboard-read', 'clipboard-write'] });
  const first = page.locator('.failure').first();
  await first.locator('summary').first().click();
  await first.getByLabel('Copy the replay command').click();
  await first.getByText('Copied').waitFor();
  expect(await page.evaluate('navigator.clipboard.readText()')).toBe('rehearsal test it');
});

test('it fits a phone, and reads without scripts', async () => {
  const page = await open({ viewport: { width: 360, height: 740 }, javaScriptEnabled: false });
  const first = page.locator('.failure').first();
  await first.locator('summary').first().click();
  expect(await first.locator('dl').isVisible()).toBe(true);
  expect(await page.locator('.filters').isVisible()).toBe(false);
  const wide = await (await open({ viewport: { width: 360, height: 740 } })).evaluate<number>(
    'document.documentElement.scrollWidth',
  );
  expect(wide).toBe(360);
});

test('ten thousand failures: the page stays small, and finds the last of them', async () => {
  const text = manyFailures();
  expect(text.length).toBeLessThan(12_000_000);
  const file = join(folder, 'many.html');
  writeFileSync(file, text);
  const page = await open({}, pathToFileURL(file).href);
  const cards = page.locator('.card.operation');
  expect(await cards.count()).toBe(OPERATIONS);
  const each = await cards.first().locator('.failure').count();
  expect(await cards.first().innerText()).toContain(`and ${FAILURES_EACH - each} more failures`);
  await page.getByLabel('Filter failures by words').fill(`things${OPERATIONS - 1} server-error`);
  expect(await page.locator('#count').innerText()).toBe(`${each / 2} of ${each * OPERATIONS} shown`);
  await page.getByLabel('Filter failures by words').fill('');
  await cards.last().scrollIntoViewIfNeeded();
  await cards.last().locator('.failure summary').first().click();
  expect(await cards.last().locator('.failure dl').first().isVisible()).toBe(true);
  expect(complaints).toEqual([]);
});

/** Contrast of each text with what is behind it, as WCAG 2.2 computes it; the worst of all. */
const WORST_CONTRAST = `(() => {
  const rgb = text => text.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map(part => part / 255).map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const behind = element => {
    for (let at = element; at !== null; at = at.parentElement) {
      const colour = rgb(getComputedStyle(at).backgroundColor);
      if (colour.length === 3 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  let worst = 21;
  for (const element of document.querySelectorAll('body *')) {
    if (![...element.childNodes].some(node => node.nodeType === 3 && node.textContent.trim() !== '')) continue;
    const [a, b] = [light(rgb(getComputedStyle(element).color)), light(behind(element))];
    worst = Math.min(worst, (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05));
  }
  return worst;
})()`;

test.each(['light', 'dark'] as const)('every word keeps the contrast of WCAG AA, %s', async colorScheme => {
  const page = await open({ colorScheme });
  expect(await page.evaluate<number>(WORST_CONTRAST)).toBeGreaterThan(4.5);
});

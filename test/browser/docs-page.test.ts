/**
 * The pages of `--docs` in a real browser: every operation stands there and can be tried, nothing is loaded from
 * elsewhere, and the console stays silent.
 */
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { loadContracts } from '../../contract/load/load-contracts.ts';
import { createMockServer } from '../../mock-server/server.ts';
import { launchChromium, NO_CHROMIUM } from './chromium.fixture.ts';

const root = join(import.meta.dirname, '..', '..');

let browser: Browser | undefined;
let page: Page;
let complaints: string[];
let requested: string[];
const servers: FastifyInstance[] = [];

beforeAll(async () => {
  browser = await launchChromium();
});

afterAll(async () => {
  await browser?.close();
  for (const server of servers) await server.close();
});

beforeEach(async context => {
  if (browser === undefined) return context.skip(NO_CHROMIUM);
  const own = await browser.newContext();
  [complaints, requested] = [[], []];
  page = await own.newPage();
  page.on('pageerror', error => complaints.push(error.message));
  page.on('console', message => complaints.push(message.text()));
  page.on('request', request => requested.push(request.url()));
  return () => own.close();
});

/** Its address, without a slash at the end. */
async function listening(...names: readonly string[]): Promise<string> {
  const server = createMockServer(await loadContracts(names, { cwd: root }), { docs: true });
  servers.push(server);
  return server.listen({ host: '127.0.0.1', port: 0 });
}

function elsewhere(url: string): readonly string[] {
  return requested.filter(one => !one.startsWith(`${url}/`) && !one.startsWith('data:'));
}

test('one document: its operations, and an answer of the mock to one that is tried', async () => {
  const url = await listening('specs/box-office.yaml');
  await page.goto(`${url}/__docs/`);
  const list = page.locator('#operations-productions-listProductions');
  await list.locator('.opblock-summary-control').click();
  await list.getByRole('button', { name: 'Try it out' }).click();
  await list.getByRole('button', { name: 'Execute' }).click();
  const answer = list.locator('.live-responses-table .response-col_status').last();
  await answer.waitFor();
  expect(await answer.innerText()).toMatch(/^200/);
  expect(await list.locator('.live-responses-table .response-col_description').last().innerText()).toContain(
    'The Importance of Being Earnest',
  );
  expect(await page.locator('.servers option').allInnerTexts()).toEqual([expect.stringMatching(/^\/v1 /)]);
  expect(elsewhere(url)).toEqual([]);
  expect(complaints).toEqual([]);
});

test('several documents: a list that leads to each', async () => {
  const url = await listening('specs/box-office.yaml', 'specs/props-export.json');
  for (const [index, title] of ['Box office', 'props'].entries()) {
    await page.goto(`${url}/__docs`);
    const link = page.getByRole('link').nth(index);
    expect(await link.innerText()).toMatch(new RegExp(title, 'i'));
    await link.click();
    await page.locator('.opblock').first().waitFor();
    expect(await page.locator('.info .title').innerText()).toMatch(new RegExp(title, 'i'));
  }
  expect(elsewhere(url)).toEqual([]);
  expect(complaints).toEqual([]);
});

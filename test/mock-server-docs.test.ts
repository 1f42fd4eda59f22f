import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { LONGEST_DELAY, NO_PREFERENCES } from '../mock-server/prefer.ts';
import { REASON_HEADER, REFUSAL_HEADER, REFUSALS, WARNING_HEADER } from '../mock-server/problem.ts';

const root = join(import.meta.dirname, '..');
const page = readFileSync(join(root, 'docs/reference/mock-server.md'), 'utf8');

/** The rows of the table whose first heading is this, cells without their ticks. */
function tableOf(heading: string): readonly (readonly string[])[] {
  const lines = page.split('\n');
  const start = lines.findIndex(line => line.startsWith(`| ${heading} |`));
  const rest = lines.slice(start + 2);
  const rows = rest.slice(
    0,
    rest.findIndex(line => !line.startsWith('|')),
  );
  return rows.map(row =>
    row
      .split('|')
      .map(cell => cell.trim().replaceAll('`', ''))
      .slice(1, -1),
  );
}

/** The members of an interface, as its source says them. */
function membersOf(file: string, name: string): readonly string[] {
  const text = readFileSync(join(root, file), 'utf8');
  const [, body = ''] = new RegExp(`interface ${name}\\b[^{]*\\{\\n([\\s\\S]*?)^\\}`, 'm').exec(text) ?? [];
  return [...body.matchAll(/^ {2}readonly (\w+)\?:/gm)].map(([, member = '']) => member);
}

describe('docs/reference/mock-server.md', () => {
  test('has each kind of refusal with its status, and no other', () => {
    const documented = tableOf('`x-rehearsal-refusal`').map(([kind, status]) => [kind, Number(status)]);
    const coded = Object.entries(REFUSALS).map(([kind, [status]]) => [kind, status]);
    expect(documented.toSorted()).toEqual(coded.toSorted());
  });

  test('has each wish, as a header and in the query', () => {
    const wishes = tableOf('`Prefer`');
    expect(wishes.map(([header = '']) => header.split('=')[0])).toEqual(Object.keys(NO_PREFERENCES));
    for (const [header, query] of wishes) expect(query).toBe(`__${header}`);
    expect(page).toContain(LONGEST_DELAY.toLocaleString('en'));
  });

  test('has each option of the library, and no other', () => {
    const options = [
      ['mock-server/answer.ts', 'AnswerOptions'],
      ['mock-server/responder.ts', 'ResponderOptions'],
      ['mock-server/server.ts', 'MockServerOptions'],
    ].flatMap(([file = '', name = '']) => membersOf(file, name));
    expect(options.length).toBeGreaterThan(5);
    expect(
      tableOf('option')
        .map(([name]) => name)
        .toSorted(),
    ).toEqual(options.toSorted());
  });

  test('names the headers', () => {
    for (const name of [REFUSAL_HEADER, REASON_HEADER, WARNING_HEADER]) expect(page).toContain(`\`${name}\``);
  });
});

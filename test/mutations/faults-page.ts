/** The page of seeded faults, written from the catalogue. */

import { UNSEEN } from './catalogue/unseen.ts';
import type { FaultClass } from './fault.ts';
import { LIBERTIES } from './liberties.ts';
import { depthOf, listedFaults } from './seen.ts';

const ABOUT: Readonly<Record<FaultClass, string>> = {
  body: 'Bodies that are not what the document says',
  status: 'Statuses that the document does not list, and bodies where a status allows none',
  media: 'Media types, charsets and the choice among them',
  header: 'Headers that are missing, wrong or lies',
  problem: 'Errors that are not said the way the document says they are',
  accept: 'Requests that break a rule of the document, and are taken',
  reject: 'Requests that the document allows, and are refused',
  crash: 'Requests that the server does not survive',
  auth: 'Who is let in',
  method: 'Methods that the document does not have, and those that HTTP gives every path',
  state: 'What a server remembers',
  paging: 'Lists that come page by page',
};

/** The text of `docs/reference/faults.md`. */
export function faultsPage(): string {
  const faults = listedFaults();
  const deep = faults.filter(fault => fault.deep !== undefined);
  const classes = (Object.keys(ABOUT) as FaultClass[]).map(name => {
    const rows = faults
      .filter(fault => fault.class === name)
      .map(fault => {
        const { name, api, at, what, caughtBy } = fault;
        const depth = depthOf(fault);
        const check = `[\`${caughtBy}\`](checks.md#${caughtBy})`;
        return `| \`${api}/${name}\` | ${what} | \`${at[0]}\` | ${check} | ${depth} |`;
      });
    return `## ${name}

${ABOUT[name]}.

| fault | what the server does | where | check | depth |
| --- | --- | --- | --- | --- |
${rows.join('\n')}
`;
  });
  return `<!-- Written from test/mutations/catalogue/ by "npx vitest run test/mutations/faults-page.test.ts -u". Do not edit. -->

# Seeded faults

Servers written by hand, which keep their documents, are given one fault each; the contract tests must fail
at depth \`standard\`, or at \`deep\` where that is said, and with the check that is meant to see it. Without a fault they
must pass every depth with no failure at all. All ${faults.length} faults are caught, and no conforming
server is accused. The servers and the faults are in
[test/mutations](../../test/mutations); \`npm run bench -- mutations\` counts again, with whole runs.

${classes.join('\n')}
## Only at depth deep

What no rule of a document speaks of may be refused by a rule that the server has of its own, so \`standard\` does not
call it wrong.

| fault | why |
| --- | --- |
${deep.map(({ id, deep: why }) => `| \`${id}\` | ${why} |`).join('\n')}

## Unseen

Known, and told by no failure.

| what the server does | why it is not told |
| --- | --- |
${UNSEEN.map(({ what, because }) => `| ${what} | ${because} |`).join('\n')}

## Liberties

What a server may do, tried as faults are, and never called a failure: ${liberties().join('; ')}.
`;
}

/** Each once, though several servers take it. */
function liberties(): readonly string[] {
  return [
    ...new Set(
      // A word in capitals, such as HEAD, stays one.
      LIBERTIES.map(({ what }) =>
        /^[A-Z][a-z ]/.test(what) ? `${what.charAt(0).toLowerCase()}${what.slice(1)}` : what,
      ),
    ),
  ];
}

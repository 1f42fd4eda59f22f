/** The page of sequences, written from the list of their kinds. */
import type { Check } from '../../contract/checks/check.ts';
import { conditionalIgnored } from '../../contract/checks/conditional-ignored.ts';
import { createdNotEqual } from '../../contract/checks/created-not-equal.ts';
import { createdNotReadable } from '../../contract/checks/created-not-readable.ts';
import { credentialsRefused } from '../../contract/checks/credentials-refused.ts';
import { deletedStillListed } from '../../contract/checks/deleted-still-listed.ts';
import { endlessList } from '../../contract/checks/endless-list.ts';
import { filterIgnored } from '../../contract/checks/filter-ignored.ts';
import { headRefused } from '../../contract/checks/head-refused.ts';
import { headUnlikeGet } from '../../contract/checks/head-unlike-get.ts';
import { idReused } from '../../contract/checks/id-reused.ts';
import { idempotencyKeyIgnored } from '../../contract/checks/idempotency-key-ignored.ts';
import { linkBroken } from '../../contract/checks/link-broken.ts';
import { listIncomplete } from '../../contract/checks/list-incomplete.ts';
import { locationBroken } from '../../contract/checks/location-broken.ts';
import { neighbourChanged } from '../../contract/checks/neighbour-changed.ts';
import { nextPageBroken } from '../../contract/checks/next-page-broken.ts';
import { notIdempotent } from '../../contract/checks/not-idempotent.ts';
import { pageOverlap } from '../../contract/checks/page-overlap.ts';
import { pageSize } from '../../contract/checks/page-size.ts';
import { patchChangedMore } from '../../contract/checks/patch-changed-more.ts';
import { putMerged } from '../../contract/checks/put-merged.ts';
import { refusedButChanged } from '../../contract/checks/refused-but-changed.ts';
import { totalWrong } from '../../contract/checks/total-wrong.ts';
import { unknownFound } from '../../contract/checks/unknown-found.ts';
import { updateNotVisible } from '../../contract/checks/update-not-visible.ts';
import { useAfterDelete } from '../../contract/checks/use-after-delete.ts';
import { validRefused } from '../../contract/checks/valid-refused.ts';
import type { Claim } from '../../contract/claim.ts';
import { KINDS } from '../../contract/sequences/kinds/index.ts';

/** What each claim says of an answer, and the checks that ask. */
const CLAIMS: Readonly<Record<Claim['kind'], readonly [words: string, ...checks: readonly Check[]]>> = {
  readable: ['what was created is there', createdNotReadable],
  located: ['Location leads to it', locationBroken],
  shows: ['the answer holds what was sent', createdNotEqual, updateNotVisible],
  keeps: ['what was not sent is as before', patchChangedMore],
  drops: ['what the last PUT left out is not there', putMerged],
  untouched: ['a thing beside it is as before', neighbourChanged],
  gone: ['what was deleted is not there', useAfterDelete],
  unknown: ['what nobody made is not there', unknownFound],
  unchanged: ['a refusal changed nothing', refusedButChanged],
  same: ['the same PUT once more changed nothing', notIdempotent],
  likewise: [
    'what a refused body refers to was no reason, since another with the same ids is taken',
    validRefused,
  ],
  another: ['two creations make two things', idReused],
  'same-one': ['the same Idempotency-Key is the same thing', idempotencyKeyIgnored],
  'head-of': ['HEAD is as GET, without the body', headUnlikeGet, headRefused],
  'not-modified': ['what the client has is not sent again', conditionalIgnored],
  precondition: ['a change of another version is refused', conditionalIgnored],
  'new-tag': ['a change gives another ETag', conditionalIgnored],
  admitted: ['credentials of another documented way are taken too', credentialsRefused],
  linked: ['the link leads somewhere', linkBroken],
  page: [
    'the page is there, no longer than asked for, holds no item twice, and the list has an end',
    nextPageBroken,
    pageSize,
    pageOverlap,
    endlessList,
  ],
  lists: ['the list holds what was created, and its total is true', listIncomplete, totalWrong],
  filtered: ['the list holds no other kind than was asked for', filterIgnored],
  unlisted: ['the list does not hold what was deleted', deletedStillListed],
};

/** The text of `docs/reference/sequences.md`, without the line that says who made it. */
export function sequencesPage(): string {
  const kinds = KINDS.map(
    ({ name, title, description, claims }) =>
      `### ${name}\n\n${capital(title)}. ${description} Claims: ${claims.map(claim => `\`${claim}\``).join(', ')}.`,
  );
  const claims = Object.entries(CLAIMS).map(([claim, [words, ...checks]]) => {
    const asking = checks.map(({ name }) => `[\`${name}\`](checks.md#${name})`);
    return `| \`${claim}\` | ${words} | ${asking.join(', ')} |`;
  });
  return `# Sequences

After the single cases \`rehearsal test\` sends sequences: requests that build on each other. Each creates what it needs,
takes ids from the answers, and deletes what it created at the end, also when a step failed or the run was interrupted.

A resource is found by its paths and methods: POST on a collection such as \`/pets\` with items under \`/pets/{id}\`, or PUT
with a documented 201 on \`/labels/{name}\`. GET with PUT or PATCH on a path such as \`/settings\` or \`/users/{userId}/settings\` is a single thing. What stands under another resource, as \`/pets/{id}/notes\`, has that created
first. The id of what was created is the property named as the variable of the path, \`id\`, \`petId\` or \`uuid\`, in the
answer or in the only object in it; else the variable in Location; else what was sent. Of several doubtful ones, such as
\`name\` beside \`key\`, none is taken.

| option | does |
| --- | --- |
| \`--no-sequences\` | sends none; nor are any sent at depth \`examples\` |
| \`--sequences-only\` | sends no single cases |
| \`--safe\` | leaves out whatever writes; so do stages marked as \`production\` |
| \`--allow-writes\` | sends everything to a stage marked as \`production\` |
| \`--stateless\` | asks nothing that only a server with a memory can answer |
| \`--no-clean-up\` | leaves what single cases make; sequences always remove what is theirs |

Whether a server has a memory is found out: it is asked for something that nobody made, and for something that was made.
A mock finds both and shows neither; then what its answers would have to show is counted as not judged. What a sequence
cannot go on with is counted and named, never skipped in silence: a step before it was refused, there is no id, the
server answered 202 and does the work later.

## What single cases make

Single cases make things too. What an answer shows to be new is deleted after everything else, also when the run is
interrupted: 201, or any other success of a POST that documents no 201 and whose answer gives the id; of PUT only 201. The
id is found as above, and the DELETE used that the document has for the item, tested or not, unless \`--exclude\` names it.
What stands under something else goes first, and what is refused with 409 is asked for once more. These requests are no
cases and nothing is judged by them.

Whatever stays is counted and named in every report: there is no DELETE, the answer says no id, the client chose the id
and nothing says that it was free, the server only promised to make the thing (202), or DELETE was refused or not
answered. Nothing is deleted with \`--no-clean-up\` or \`test.cleanUp: false\`, with \`--safe\`, where no such thing is made,
with \`--stateless\`, where every integration is a mock (\`apigateway-mock\`), and on servers that sequences have shown to keep
nothing.

## Hints

Where paths and names do not tell, the document does, or the configuration under \`test.sequences\`, which stands over it:

| extension | configuration | says |
| --- | --- | --- |
| \`x-rehearsal-sequences: false\` | \`'GET /report': false\` | no sequence uses the operation; those left out are counted and named |
| \`x-rehearsal-id: $response.body#/data/key\` | \`'POST /pets': { id: '$response.body#/data/key' }\` | where the id of what POST or PUT made stands: \`$response.body#…\`, \`$response.header.X\`, \`$request.body#…\`, \`$request.header.X\`; \`$response.header.Location\` is taken apart by the path of the item |
| \`x-rehearsal-item: /pets/{petId}\` | \`'POST /add-pet': { item: '/pets/{petId}' }\` | the path of what POST or PUT makes |

An extension that is written wrong is a problem of [\`rehearsal lint\`](problems.md#sequence-hint) and counts as none; an
unknown operation in the configuration, or a hint that it cannot have, ends the run with 2 before anything is sent. An
operation that is left out is not used for the clean-up either.

## Patience

A reading that does not show what it should is repeated for a second before it counts as a failure, which then says how
often it was asked.

## Kinds

${kinds.join('\n\n')}

## Claims

What the answer to a step must show, and the check that asks.

| claim | meaning | checks |
| --- | --- | --- |
${claims.join('\n')}
`;
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

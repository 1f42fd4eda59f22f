/** Lists that come page by page. */
import { type Fault, habit } from '../../fault.ts';

function pages(name: string, habitOf: string, caughtBy: string, what: string): Fault {
  return {
    name,
    what,
    at: ['GET /books', 'POST /books', 'GET /books/{bookId}', 'DELETE /books/{bookId}'],
    caughtBy,
    seeded: habit(habitOf),
  };
}

export const PAGING: readonly Fault[] = [
  pages('overlap', 'pages overlap', 'page-overlap', 'Each page begins with the last item of the one before'),
  pages('last-left-out', 'the last is left out', 'list-incomplete', 'The last item is on no page'),
  pages('limit-ignored', 'the limit is ignored', 'page-size', 'All items on every page'),
  pages('never-ends', 'pages never end', 'endless-list', 'There is always a next page'),
  pages('total', 'the total is that of the page', 'total-wrong', 'The total is that of the page'),
  pages('next-nowhere', 'next points nowhere', 'next-page-broken', 'The link to the next page leads nowhere'),
];

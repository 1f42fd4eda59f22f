/** Lists that come page by page. */
import { type Fault, habit } from '../../fault.ts';

const BOOKS = ['GET /books', 'POST /books', 'GET /books/{bookId}', 'DELETE /books/{bookId}'];

function pages(name: string, habitOf: string, what: string, caughtBy: string): Fault {
  return { name, what, at: BOOKS, caughtBy, seeded: habit(habitOf) };
}

export const PAGING: readonly Fault[] = [
  pages('overlap', 'pages overlap', 'Each page begins with the last item of the one before', 'page-overlap'),
  pages('last-left-out', 'the last is left out', 'The last item is on no page', 'list-incomplete'),
  pages('limit-ignored', 'the limit is ignored', 'All items on every page', 'page-size'),
  pages('never-ends', 'pages never end', 'There is always a next page', 'next-page-broken'),
  pages('total', 'the total is that of the page', 'The total is that of the page', 'pagination'),
  pages('next-nowhere', 'next points nowhere', 'The link to the next page leads nowhere', 'next-page-broken'),
];

/** Lists that come page by page. */
import { type Fault, habit } from '../../fault.ts';

function pages(name: string, habitOf: string, what: string, caughtBy = 'pagination'): Fault {
  return { name, what, at: ['GET /books'], caughtBy, seeded: habit(habitOf) };
}

export const PAGING: readonly Fault[] = [
  pages('overlap', 'pages overlap', 'Each page begins with the last item of the one before'),
  pages('last-left-out', 'the last is left out', 'The last item is on no page'),
  pages('limit-ignored', 'the limit is ignored', 'All items on every page'),
  pages('never-ends', 'pages never end', 'There is always a next page'),
  pages('total', 'the total is that of the page', 'The total is that of the page'),
  pages('next-nowhere', 'next points nowhere', 'The link to the next page leads nowhere'),
];

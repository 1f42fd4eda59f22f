/** Every seeded fault. A new one is an entry in the file of its API and class. */
import type { Faults } from '../fault.ts';
import type { ApiName } from '../rehearse.ts';
import { ANSWERS as BUCKETS_ANSWERS } from './buckets/answers.ts';
import { REQUESTS as BUCKETS_REQUESTS } from './buckets/requests.ts';
import { ANSWERS as CLINIC_ANSWERS } from './clinic/answers.ts';
import { REQUESTS as CLINIC_REQUESTS } from './clinic/requests.ts';
import { ANSWERS as DEPOT_ANSWERS } from './depot/answers.ts';
import { REQUESTS as DEPOT_REQUESTS } from './depot/requests.ts';
import { LIBRARY } from './library/index.ts';

export const CATALOGUE: Readonly<Record<ApiName, Faults>> = {
  library: LIBRARY,
  depot: { ...DEPOT_ANSWERS, ...DEPOT_REQUESTS },
  clinic: { ...CLINIC_ANSWERS, ...CLINIC_REQUESTS },
  buckets: { ...BUCKETS_ANSWERS, ...BUCKETS_REQUESTS },
};

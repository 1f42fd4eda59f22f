/** The faults of the library, by class. */
import type { Faults } from '../../fault.ts';
import { ACCEPT } from './accept.ts';
import { AUTH } from './auth.ts';
import { BODY } from './body.ts';
import { CRASH } from './crash.ts';
import { HEADER } from './header.ts';
import { MEDIA } from './media.ts';
import { METHOD } from './method.ts';
import { PAGING } from './paging.ts';
import { PROBLEM } from './problem.ts';
import { REJECT } from './reject.ts';
import { STATE } from './state.ts';
import { STATUS } from './status.ts';

export const LIBRARY: Faults = {
  body: BODY,
  status: STATUS,
  media: MEDIA,
  header: HEADER,
  problem: PROBLEM,
  accept: ACCEPT,
  reject: REJECT,
  crash: CRASH,
  auth: AUTH,
  method: METHOD,
  state: STATE,
  paging: PAGING,
};

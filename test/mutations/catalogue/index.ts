/** Every seeded fault, in the order of the documentation. A new one is an entry in the file of its class. */
import type { Fault, FaultClass } from '../fault.ts';
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

export const CATALOGUE: Readonly<Record<FaultClass, readonly Fault[]>> = {
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

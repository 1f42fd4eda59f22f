/** Every target of `rehearsal generate`. A new one is a file `target.ts` in its room and a line here. */
import type { Target } from '../contract/target.ts';
import { vitestTarget } from '../contract-tests/target.ts';
import { gatewayTarget } from '../gateway/target.ts';
import { mswTarget } from '../mock-server/msw/target.ts';
import { postmanTarget } from '../postman/target.ts';

export const TARGETS: readonly Target[] = [gatewayTarget, mswTarget, postmanTarget, vitestTarget];

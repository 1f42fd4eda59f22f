/** Every kind of sequence, in the order in which they are sent. A new one is a file beside this and a line here. */
import { admitted } from './admitted.ts';
import { created } from './created.ts';
import { deleted } from './deleted.ts';
import { filtered } from './filtered.ts';
import { conditional, headed } from './headed.ts';
import { inPlace } from './in-place.ts';
import { kept } from './kept.ts';
import type { Kind } from './kind.ts';
import { linked } from './linked.ts';
import { listed, paged } from './listed.ts';
import { modified } from './modified.ts';
import { once } from './once.ts';
import { referring } from './referring.ts';
import { refused } from './refused.ts';
import { replaced } from './replaced.ts';

export const KINDS: readonly Kind[] = [
  created,
  replaced,
  modified,
  deleted,
  refused,
  inPlace,
  referring,
  headed,
  conditional,
  once,
  linked,
  listed,
  paged,
  filtered,
  kept,
  admitted,
];

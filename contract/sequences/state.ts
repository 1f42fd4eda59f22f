/**
 * Whether a server keeps what it is told. A mock gives the same answers whatever was made before; asked about that,
 * it would fail every claim and still be a good mock.
 */
import { answerBody, resourceIn, sentBody } from '../compare/bodies.ts';
import { type Exchange, isAccepted } from '../exchange.ts';
import { isObject, type Json, jsonEqual, own } from '../json/value.ts';
import type { Sequence } from './sequence.ts';

/** `unknown`: nothing could be seen, because something was refused or holds nothing to compare. */
export type Memory = 'kept' | 'none' | 'unknown';

/**
 * What the exchanges of a probing sequence show.
 *
 * That something nobody made is not found, or that something that was made is not, shows a memory: a mock finds
 * everything. Where even what nobody made is found, what was made must show what was sent for it, and not the same as
 * what nobody made.
 */
export function memoryShown({ probes }: Pick<Sequence, 'probes'>, exchanges: readonly Exchange[]): Memory {
  if (probes === undefined) return 'unknown';
  const exchangeOf = (index: number | undefined): Exchange | undefined =>
    exchanges.findLast(({ case: { step } }) => step?.index === index);
  const unknown = exchangeOf(probes.unknown);
  const made = exchangeOf(probes.made);
  const read = exchangeOf(probes.read);
  if (unknown !== undefined && isMissing(unknown)) return 'kept';
  if (made === undefined || !isAccepted(made)) return 'unknown';
  if (read !== undefined && isMissing(read)) return 'kept';
  const shown = read !== undefined && isAccepted(read) ? read : probes.read === undefined ? made : undefined;
  if (shown === undefined) return 'unknown';
  const told = tellingValues(made, unknown ?? exchangeOf(probes.before));
  if (told.size === 0) return 'unknown';
  const value = answerBody(shown)?.value;
  const resource = value === undefined ? undefined : resourceIn(value, told.keys());
  const reflects =
    resource !== undefined &&
    [...told].some(([name, sent]) => jsonEqual(own(resource.value, name) ?? null, sent));
  if (reflects) return 'kept';
  return unknown !== undefined && isAccepted(unknown) ? 'none' : 'unknown';
}

function isMissing({ response: { status } }: Exchange): boolean {
  return status === 404 || status === 410;
}

/** The texts and numbers that were sent and that an answer does not hold by chance: those of the other answer do not count. */
function tellingValues(made: Exchange, unknown: Exchange | undefined): ReadonlyMap<string, Json> {
  const sent = sentBody(made)?.value;
  const other = unknown === undefined ? undefined : answerBody(unknown)?.value;
  const names = isObject(sent) ? Object.keys(sent) : [];
  const known = other === undefined ? undefined : resourceIn(other, names)?.value;
  return new Map(
    names.flatMap(name => {
      const value = own(sent, name);
      if (typeof value !== 'string' && typeof value !== 'number') return [];
      if (value === '' || jsonEqual(own(known, name) ?? null, value)) return [];
      return [[name, value] as const];
    }),
  );
}

/** Whether two answers hold the same, leaving out what a server writes itself, such as the time of a change. */
import { answerBody } from '../compare/bodies.ts';
import { type Difference, differences } from '../compare/differences.ts';
import { type Exchange, isAccepted } from '../exchange.ts';
import { isObject, type Json, own, setOwn } from '../json/value.ts';

/** The differences between an earlier answer and this one in what a client may write; none where either was no success. */
export function changedSince(
  exchange: Exchange,
  before: Exchange,
  leaveOut: ReadonlySet<string> = new Set(),
): readonly Difference[] {
  if (!isAccepted(exchange) || !isAccepted(before)) return [];
  const was = answerBody(before);
  const is = answerBody(exchange);
  if (was === undefined || is === undefined) return [];
  return [...differences(without(was.value, leaveOut), is.value, is.schema, was.schema)];
}

/** Names that say when, by whom or how often something was written: they may change with every attempt. */
const KEPT_BY_SERVER =
  /^_|(updated|modified|changed|accessed|viewed|seen|fetched|generated|requested|server|current|expires?)(_?(at|on|by|time|date|timestamp))?$|^(etag|revision|version|views?|hits|timestamp|now|request_?id|trace_?id)$/i;

function without(value: Json, leaveOut: ReadonlySet<string>): Json {
  if (!isObject(value)) return value;
  const kept: Record<string, Json> = {};
  for (const name of Object.keys(value)) {
    if (leaveOut.has(name) || KEPT_BY_SERVER.test(name)) continue;
    const part = own(value, name);
    if (part !== undefined) setOwn(kept, name, without(part, new Set()));
  }
  return kept;
}

/** What tells a thing that was made from others. */
import { answerBody } from '../compare/bodies.ts';
import { type Exchange, headerValues } from '../exchange.ts';
import { pointerTokens } from '../json/pointer.ts';
import { isArray, type Json, own } from '../json/value.ts';
import { shownValue } from './shown-value.ts';

/** Its id in the answer that made it, else its Location, in words; undefined where neither is there. */
export function identityOf(exchange: Exchange, pointer: string | undefined): string | undefined {
  let found: Json | undefined = pointer === undefined ? undefined : answerBody(exchange)?.value;
  for (const token of pointerTokens(pointer ?? ''))
    found = isArray(found) ? found[Number(token)] : own(found, token);
  if (found !== undefined && found !== null && typeof found !== 'object') return `id ${shownValue(found)}`;
  const [location] = headerValues(exchange.response, 'location');
  return location === undefined ? undefined : `Location: ${location}`;
}

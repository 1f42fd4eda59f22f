/** The question that `created-not-equal` and `update-not-visible` share: does an answer hold what was sent before? */
import { answerBody, resourceIn, sentBody } from '../compare/bodies.ts';
import { type Difference, differences } from '../compare/differences.ts';
import { claimsOf, type Exchange, earlierStep, isAccepted } from '../exchange.ts';
import { percentDecode } from '../http/percent-encoding.ts';
import { declaredProperty } from '../http/schema-views.ts';
import { pointerTokens } from '../json/pointer.ts';
import { isObject, type Json } from '../json/value.ts';
import type { Schema } from '../model.ts';
import { timesAsked } from './asked.ts';
import type { Finding } from './check.ts';
import { shownValue } from './shown-value.ts';

/** One finding for each property that was sent and is not there, or is another. */
export function notShown(exchange: Exchange, how: 'created' | 'updated'): readonly Finding[] {
  if (!isAccepted(exchange)) return [];
  return claimsOf(exchange, 'shows').flatMap(claim => {
    const writer = claim.how === how ? earlierStep(exchange, claim.written) : undefined;
    const sent = writer === undefined ? undefined : sentBody(writer);
    if (writer === undefined || sent === undefined || !isObject(sent.value)) return [];
    const found = differing(exchange, sent.value, sent.schema).filter(
      ({ pointer, received }) => !isOwnId(exchange, pointer, received),
    );
    return found.map(({ pointer, sent: was, received, schema }) => ({
      received: `${shownValue(received)}${timesAsked(exchange)}`,
      documented: `${shownValue(was)}, as ${writer.case.operation.key} was sent`,
      source: schema?.source ?? exchange.case.operation.source,
      instance: pointer,
    }));
  });
}

/** Which id a thing has is the server's to say: it may give its own whatever was sent, and keep it whatever comes. */
function isOwnId({ case: { request } }: Exchange, pointer: string, received: Json | undefined): boolean {
  if (received === undefined || pointerTokens(pointer).length > 2) return false;
  if (/^_?id$/i.test(pointerTokens(pointer).at(-1) ?? '')) return true;
  const asked = request.path.split('/').at(-1) ?? '';
  return typeof received !== 'object' && (percentDecode(asked) ?? asked) === String(received);
}

function differing(
  exchange: Exchange,
  sent: Parameters<typeof differences>[0] & object,
  sentSchema: Schema | undefined,
): readonly Difference[] {
  const read = answerBody(exchange);
  const resource = read === undefined ? undefined : resourceIn(read.value, Object.keys(sent));
  if (read === undefined || resource === undefined) return [];
  const schema = pointerTokens(resource.pointer).reduce<Schema | undefined>(
    (outer, name) => (outer === undefined ? undefined : declaredProperty(outer, name)),
    read.schema,
  );
  return [...differences(sent, resource.value, schema, sentSchema, 'ignored')].map(difference => ({
    ...difference,
    pointer: `${resource.pointer}${difference.pointer}`,
  }));
}

/** What is wrong with a value that the document itself gives. */
import type { Json } from '../json/value.ts';
import type { Schema } from '../model.ts';
import { type Violation, validate } from '../schema/validate.ts';
import type { Way } from './survey.ts';

/** More of one value help nobody: they mostly follow from each other. */
const MOST = 5;

/** The violations in the direction; where a value may travel either way, of the way in which it breaks less. */
export function leastViolations(schema: Schema, value: Json, way: Way): readonly Violation[] {
  if (way !== undefined) return validate(schema, value, { direction: way, maxViolations: MOST });
  const received = validate(schema, value, { direction: 'response', maxViolations: MOST });
  if (received.length === 0) return received;
  const sent = validate(schema, value, { direction: 'request', maxViolations: MOST });
  return sent.length < received.length ? sent : received;
}

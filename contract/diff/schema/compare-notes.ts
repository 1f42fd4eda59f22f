/** What changes no set of values, and is noticed all the same: defaults, encodings, XML names, deprecation. */
import type { Json } from '../../json/value.ts';
import { jsonEqual } from '../../json/value.ts';
import type { Schema } from '../../model.ts';
import { placeOf } from './conjunction.ts';
import type { Finding, Pair } from './finding.ts';
import { valueInWords } from './words.ts';

/** Keywords that say how a value is meant or written. */
export function compareNotes(pair: Pair): readonly Finding[] {
  const { before, after, beforeParts, afterParts } = pair;
  const findings: Finding[] = [];
  const compare = (
    what: string,
    words: string,
    keyword: keyof Schema,
    value: (schema: Schema) => Json | undefined,
  ): void => {
    const [old, now] = [firstOf(beforeParts, value), firstOf(afterParts, value)];
    if (old === now || (old !== undefined && now !== undefined && jsonEqual(old, now))) return;
    const message = `${words} ${valueInWords(old)} became ${valueInWords(now)}`;
    const places = {
      before: placeOf(beforeParts, before, keyword),
      after: placeOf(afterParts, after, keyword),
    };
    findings.push({ what, effect: 'changed', message, ...places });
  };
  compare('default-changed', 'the default', 'default', schema => schema.default?.value);
  compare('encoding-changed', 'the encoding', 'contentEncoding', schema => schema.contentEncoding);
  compare('encoding-changed', 'the encoded type', 'contentMediaType', schema => schema.contentMediaType);
  compare('xml-changed', 'the form in XML', 'xml', xmlOf);
  const isDeprecated = ({ deprecated }: Schema): boolean => deprecated;
  const [old, now] = [beforeParts.some(isDeprecated), afterParts.some(isDeprecated)];
  if (old !== now)
    findings.push({
      what: now ? 'value-deprecated' : 'value-no-longer-deprecated',
      effect: 'changed',
      message: now ? 'is deprecated now' : 'is not deprecated any more',
      before: placeOf(beforeParts, before, 'deprecated'),
      after: placeOf(afterParts, after, 'deprecated'),
    });
  return findings;
}

function firstOf(parts: readonly Schema[], value: (schema: Schema) => Json | undefined): Json | undefined {
  for (const part of parts) {
    const found = value(part);
    if (found !== undefined) return found;
  }
  return undefined;
}

function xmlOf({ xml }: Schema): Json | undefined {
  if (xml === undefined) return undefined;
  const { name = null, namespace = null, prefix = null, attribute, wrapped } = xml;
  return { name, namespace, prefix, attribute, wrapped };
}

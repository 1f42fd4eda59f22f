/**
 * Models that were changed in API Gateway. A change goes into the schema when the schema says there, word for word, what
 * the model said before; where it is written in another way, a person has to say what is meant.
 */
import { entriesOf, isArray, isObject, type Json, jsonEqual, own } from '../../contract/json/value.ts';
import { below } from '../../contract/source.ts';
import { referredName } from './gateway-view.ts';
import type { Homecoming } from './homecoming.ts';

/** What a document says better than any export: words and examples, which models lose or never had. */
const WORDS = new Set([
  'title',
  'description',
  'example',
  'examples',
  'default',
  'externalDocs',
  'xml',
  'discriminator',
  'readOnly',
  'writeOnly',
  'deprecated',
  '$schema',
  'id',
]);
const MAPS = new Set(['properties', 'patternProperties', 'definitions']);
const SETS = new Set(['required', 'enum']);

interface ModelChange {
  readonly keys: readonly string[];
  readonly before: Json | undefined;
  readonly after: Json;
}

export function bringModels(home: Homecoming): void {
  const { theirs, now, base, models, drafts, parts, contract } = home;
  for (const [name, { json, pointer }] of theirs.models) {
    const ours = now.models.get(name);
    const schema = models.get(name);
    if (ours === undefined || schema === undefined) continue;
    // Who deploys the document itself gets its own words back.
    if (modelChanges(drafts.at(schema.source) ?? null, parts.schema(json)).length === 0) continue;
    const before = base.models.get(name)?.json ?? ours.json;
    if (modelChanges(before, json).length === 0) continue;
    // Who deployed it as Swagger 2.0 deployed models without choices.
    const swagger = home.asSwagger().get(name)?.json;
    if (swagger !== undefined && sameModel(swagger, json)) continue;
    for (const { keys, before: was, after } of modelChanges(before, json)) {
      const nowThere = keys.reduce<Json | undefined>((found, key) => own(found, key), ours.json);
      if (nowThere !== undefined && sameModel(nowThere, after)) continue;
      const written = drafts.at(schema.source, ...keys);
      if (written !== undefined && sameModel(written, parts.schema(after))) continue;
      const wanted = grown(written, was, parts.schema(after));
      const what = `model ${name}: ${keys.join('.') || 'itself'}`;
      const fits =
        written === undefined
          ? was === undefined
          : was !== undefined && sameModel(written, parts.schema(was));
      if (fits && sameOrAbsent(nowThere, was) && drafts.put(schema.source, keys, wanted)) {
        home.arrive(what, pointer);
        continue;
      }
      home.clash(
        `The model ${name} says something else at ${keys.join('.') || 'its top'} than ${schema.name ?? 'the schema'} of ${contract.title} does.`,
        below(schema.source, ...(written === undefined ? [] : keys)),
        pointer,
        'Say it in the schema in its own words, or change the model back.',
      );
    }
  }
}

/** Whether two models are one, words and the order of lists that are sets apart. */
export function sameModel(ours: Json, theirs: Json): boolean {
  if (isArray(ours) && isArray(theirs))
    return ours.length === theirs.length && ours.every((one, index) => sameModel(one, theirs[index] ?? null));
  if (!isObject(ours) || !isObject(theirs)) return jsonEqual(ours, theirs);
  const name = referredName(ours);
  if (name !== undefined) return referredName(theirs) === name;
  return modelChanges(ours, theirs).length === 0 && modelChanges(theirs, ours).length === 0;
}

/** True for a model that every object fits, such as the one called Empty that the console makes. */
export function saysNothing(model: Json | undefined): boolean {
  return entriesOf(model).every(([key, value]) => WORDS.has(key) || (key === 'type' && value === 'object'));
}

/** What the second says and the first does not; what it does not say has perhaps only been lost. */
function modelChanges(before: Json, after: Json, keys: readonly string[] = []): readonly ModelChange[] {
  if (!isObject(before) || !isObject(after) || referredName(after) !== undefined) {
    return sameLeaf(before, after) ? [] : [{ keys, before, after }];
  }
  return entriesOf(after).flatMap(([key, value]): readonly ModelChange[] => {
    if (WORDS.has(key) && !MAPS.has(keys.at(-1) ?? '')) return [];
    const was = own(before, key);
    const at = [...keys, key];
    if (was === undefined) return [{ keys: at, before: undefined, after: value }];
    if (SETS.has(key) && isArray(was) && isArray(value)) {
      return value.every(item => was.some(one => jsonEqual(one, item)))
        ? []
        : [{ keys: at, before: was, after: value }];
    }
    if (isObject(was) && isObject(value)) return modelChanges(was, value, at);
    return sameLeaf(was, value) ? [] : [{ keys: at, before: was, after: value }];
  });
}

function sameLeaf(before: Json, after: Json): boolean {
  if (isArray(before) && isArray(after)) return sameModel(before, after);
  const name = referredName(after);
  return name === undefined ? jsonEqual(before, after) : referredName(before) === name;
}

function sameOrAbsent(now: Json | undefined, was: Json | undefined): boolean {
  return now === undefined ? was === undefined : was !== undefined && sameModel(now, was);
}

/** A list that is a set grows by what is new and keeps its order. */
function grown(written: Json | undefined, was: Json | undefined, after: Json): Json {
  if (!isArray(written) || !isArray(was) || !isArray(after)) return after;
  const added = after.filter(item => !written.some(one => jsonEqual(one, item)));
  return was.every(item => after.some(one => jsonEqual(one, item))) ? [...written, ...added] : after;
}

/**
 * Where the id of what was made stands: in the answer's body, in Location, or in what the client sent. Only names that
 * leave no doubt are taken; of several doubtful ones, none.
 */
import { declaredProperty, kindsOf, objectFacts } from '../http/schema-views.ts';
import { joinPointer } from '../json/pointer.ts';
import type { Operation, Schema } from '../model.ts';
import { expressionSource } from './expression.ts';
import type { Resource } from './resources.ts';
import type { ValueSource } from './sequence.ts';
import { plain, singular } from './words.ts';

/** Properties that name a thing, but may also only describe it. */
const DOUBTFUL = ['key', 'slug', 'code', 'name'];

interface Named {
  readonly pointer: string;
  readonly clear: boolean;
}

/** The places to look for an item's id once step `step` made it, the surest first. Empty: nowhere. */
export function idSources(resource: Resource, step: number): readonly ValueSource[] {
  const { create, variable, itemPath } = resource;
  if (create === undefined || variable === undefined) return [];
  if (resource.idHint !== undefined) {
    const hinted = /^\$response\.header\.location$/i.test(resource.idHint)
      ? ({ kind: 'location', step, path: itemPath, name: variable } as const)
      : expressionSource(resource.idHint, step);
    return hinted === undefined ? [] : [hinted];
  }
  if (resource.kind === 'named') return [{ kind: 'request-path', step, name: variable }];
  const location: ValueSource = { kind: 'location', step, path: itemPath, name: variable };
  const schema = answerSchema(create);
  const found = schema === undefined ? undefined : idProperty(schema, resource);
  const inAnswer: readonly ValueSource[] =
    schema === undefined
      ? [variable, 'id'].map(name => ({ kind: 'response-body', step, pointer: joinPointer('', name) }))
      : found === undefined
        ? []
        : [{ kind: 'response-body', step, pointer: found.pointer }];
  const sent = sentSchema(create);
  const ofClient = sent === undefined ? undefined : idProperty(sent, resource);
  return [
    ...(found?.clear === false ? [location, ...inAnswer] : [...inAnswer, location]),
    ...(ofClient === undefined ? [] : [{ kind: 'request-body' as const, step, pointer: ofClient.pointer }]),
  ];
}

/** The property of an object, or of the only object in it that has one, that holds the id of a resource. */
export function idProperty(schema: Schema, resource: Resource): Named | undefined {
  const names = objectFacts(schema).names;
  const here = namedIn(schema, names, resource);
  if (here !== undefined) return { ...here, pointer: joinPointer('', here.pointer) };
  const inside: Named[] = [];
  for (const name of names) {
    const property = declaredProperty(schema, name);
    if (property === undefined || !kindsOf(property).includes('object')) continue;
    const found = namedIn(property, objectFacts(property).names, resource);
    if (found !== undefined) inside.push({ ...found, pointer: joinPointer('', name, found.pointer) });
  }
  return inside.length === 1 ? inside[0] : undefined;
}

function namedIn(schema: Schema, names: ReadonlySet<string>, resource: Resource): Named | undefined {
  const scalar = [...names].filter(name => {
    const property = declaredProperty(schema, name);
    return property === undefined || kindsOf(property).includes('scalar');
  });
  const byPlainName = Map.groupBy(scalar, plain);
  for (const wanted of clearNames(resource)) {
    const [name] = byPlainName.get(wanted) ?? [];
    if (name !== undefined) return { pointer: name, clear: true };
  }
  const doubtful = DOUBTFUL.flatMap(name => byPlainName.get(name) ?? []);
  const [only] = doubtful;
  return only !== undefined && doubtful.length === 1 ? { pointer: only, clear: false } : undefined;
}

/** What an id may be called without doubt: as in the path, plainly, or with the resource's name before it. */
function clearNames({ variable = '', path, idHint }: Resource): readonly string[] {
  const hinted = idHint === undefined ? undefined : /#.*\/([^/]+)$/.exec(idHint)?.[1];
  const own = singular(plain(path.split('/').findLast(part => part !== '' && !part.includes('{')) ?? ''));
  return [
    ...(hinted === undefined ? [] : [plain(hinted)]),
    plain(variable),
    'id',
    `${own}id`,
    'uuid',
    'guid',
    `${own}uuid`,
  ];
}

/** The schema of the body of the operation's first success. */
export function answerSchema({ responses }: Operation): Schema | undefined {
  const success = responses.find(
    ({ status, content }) => /^2/.test(status) && content.some(({ schema }) => schema !== undefined),
  );
  return success?.content.find(({ schema }) => schema !== undefined)?.schema;
}

/** The schema of the body that the operation takes. */
export function sentSchema({ requestBody }: Operation): Schema | undefined {
  return requestBody?.content.find(({ schema }) => schema !== undefined)?.schema;
}

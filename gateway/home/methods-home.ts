/** Methods of an export that the document has already: their integrations, validators, parameters and responses. */
import { joinPointer, pointerTokens } from '../../contract/json/pointer.ts';
import { entriesOf, isArray, isObject, type Json, type JsonObject, own } from '../../contract/json/value.ts';
import type { Operation } from '../../contract/model.ts';
import { below } from '../../contract/source.ts';
import type { PlacedOperation } from '../document/resource-paths.ts';
import { type MethodView, VALIDATOR, VALIDATORS } from './gateway-view.ts';
import { type Homecoming, whoChanged } from './homecoming.ts';
import { sameModel, saysNothing } from './models-home.ts';
import { INTEGRATION, isOurMock, isPreflight, plainIntegration, saysTheSame } from './plain-integration.ts';
import { bringSecurity } from './security-home.ts';

/** @param now - what the document makes of the operation */
export function bringMethod(
  home: Homecoming,
  placed: PlacedOperation,
  now: MethodView,
  theirs: MethodView,
): void {
  bringIntegration(home, placed, now, theirs);
  bringValidator(home, placed.operation, now, theirs);
  bringParameters(home, placed.operation, now, theirs);
  bringBody(home, placed.operation, now, theirs);
  bringResponses(home, placed.operation, now, theirs);
  bringSecurity(home, placed.operation, theirs);
}

function bringIntegration(
  home: Homecoming,
  { operation, renamed }: PlacedOperation,
  now: MethodView,
  theirs: MethodView,
): void {
  const { integration } = theirs;
  if (integration === undefined) return;
  const who = whoChanged(
    {
      base: home.base.methods.get(theirs.key)?.integration?.plain,
      now: now.integration?.plain,
      theirs: integration.plain,
    },
    saysTheSame,
  );
  const at = joinPointer(theirs.pointer, INTEGRATION);
  if (who === 'nobody' || isPreflight(theirs.verb, integration.plain)) return;
  if (isOurMock(integration.plain)) {
    home.remark(
      `${operation.key} answers there with a mock that was generated of an earlier document.`,
      operation.source,
    );
    return;
  }
  const here = operation.extensions.has(INTEGRATION)
    ? below(operation.source, INTEGRATION)
    : operation.source;
  if (who === 'both') {
    home.clash(
      `The integration of ${operation.key} was changed on both sides.`,
      here,
      at,
      'Decide for one of them, and write it into the document.',
    );
    return;
  }
  const strange = variablesOf(theirs.path).filter((name, index) => {
    const ours = variablesOf(operation.path)[index];
    return name !== ours || [...renamed.values()].includes(name);
  });
  const text = JSON.stringify(integration.written, (_key, item) =>
    typeof item === 'bigint' ? Number(item) : item,
  );
  const [unknown] = strange.filter(name => text.includes(name));
  if (unknown !== undefined) {
    home.clash(
      `The integration of ${operation.key} speaks of the path variable ${JSON.stringify(unknown)}, which the document calls by another name.`,
      here,
      at,
      'Write the integration into the document with its own names.',
    );
    return;
  }
  const before = home.drafts.at(operation.source, INTEGRATION);
  const wanted = isObject(before) ? mergedIntegration(before, integration.written) : integration.written;
  if (home.drafts.put(operation.source, [INTEGRATION], wanted)) {
    home.arrive(`${operation.key}: integration ${String(own(integration.plain, 'type'))}`, at);
  } else refused(home, operation, 'integration', at);
}

/** What is said on both sides stays as it is written here, and so does what exports leave out at its default. */
function mergedIntegration(ours: JsonObject, theirs: JsonObject): Json {
  const merge = (before: Json, after: Json, top: boolean): Json => {
    if (!isObject(before) || !isObject(after)) return saysTheSame(before, after) ? before : after;
    const written = entriesOf(after).flatMap(([key, value]): readonly (readonly [string, Json])[] => {
      const was = own(before, key);
      if (was === undefined) return top && saysDefault(key, value) ? [] : [[key, value]];
      const same = saysTheSame(plainIntegration({ [key]: was }), plainIntegration({ [key]: value }));
      return [[key, same ? was : merge(was, value, false)]];
    });
    const members = new Map(written);
    const kept = entriesOf(before).flatMap(([key, value]): readonly (readonly [string, Json])[] => {
      const member = members.get(key);
      if (member !== undefined) return [[key, member]];
      return (top && saysDefault(key, value)) || key.startsWith('x-') ? [[key, value]] : [];
    });
    return {
      ...Object.fromEntries(kept),
      ...Object.fromEntries(written.filter(([key]) => !Object.hasOwn(before, key))),
    };
  };
  return merge(ours, theirs, true);
}

function saysDefault(key: string, value: Json): boolean {
  return Object.keys(plainIntegration({ [key]: value }) ?? {}).length === 0;
}

function bringValidator(home: Homecoming, operation: Operation, now: MethodView, theirs: MethodView): void {
  const { validator } = theirs;
  if (validator === undefined) return;
  const who = whoChanged(
    {
      base: home.base.methods.get(theirs.key)?.validator?.does,
      now: now.validator?.does,
      theirs: validator.does,
    },
    saysTheSame,
  );
  const { extensions, source } = operation.contract;
  const own_ = operation.extensions.get(VALIDATOR) ?? extensions.get(VALIDATOR);
  const ownDoes = typeof own_ === 'string' ? own(extensions.get(VALIDATORS), own_) : undefined;
  if (who === 'nobody' || (ownDoes !== undefined && saysTheSame(ownDoes, validator.does))) return;
  const at = joinPointer(theirs.pointer, VALIDATOR);
  const named = home.drafts.at(source, VALIDATORS, validator.name);
  if (who === 'both' || (named !== undefined && !saysTheSame(named, validator.does))) {
    home.clash(
      who === 'both'
        ? `The request validator of ${operation.key} was changed on both sides.`
        : `The request validator ${validator.name} of ${operation.key} does something else in the document.`,
      operation.source,
      at,
      'Decide what is to be validated, and write it into the document.',
    );
    return;
  }
  const put =
    home.drafts.put(operation.source, [VALIDATOR], validator.name) &&
    (named !== undefined || home.drafts.put(source, [VALIDATORS, validator.name], validator.does));
  if (put) home.arrive(`${operation.key}: request validator ${validator.name}`, at);
  else refused(home, operation, 'request validator', at);
}

function bringParameters(home: Homecoming, operation: Operation, now: MethodView, theirs: MethodView): void {
  for (const parameter of theirs.parameters.values()) {
    const { name, in: place, required, pointer } = parameter;
    const mine = now.parameters.get(`${place} ${name}`);
    const before = home.base.methods.get(theirs.key)?.parameters.get(`${place} ${name}`);
    const ours = operation.parameters.find(one => one.in === place && sameName(place, one.name, name));
    if (mine?.required === required || before?.required === required || ours?.required === required) continue;
    if (place === 'path') {
      if (mine === undefined && !variablesOf(now.path).includes(name))
        home.clash(
          `${operation.key} has a path variable called ${JSON.stringify(name)} in the export, and not in the document.`,
          operation.source,
          pointer,
          'Call it the same on both sides.',
        );
      continue;
    }
    if (ours !== undefined) {
      const shared = !ours.source.pointer.startsWith(`${operation.source.pointer}/`);
      if (shared || !home.drafts.put(ours.source, ['required'], required))
        home.clash(
          `The ${place} parameter ${JSON.stringify(name)} of ${operation.key} is ${required ? 'required' : 'not required'} there, and in the document other operations share it.`,
          ours.source,
          pointer,
          'Declare it for this operation alone, or change it for all.',
        );
      else
        home.arrive(
          `${operation.key}: ${place} parameter ${name} ${required ? 'required' : 'not required'}`,
          pointer,
        );
      continue;
    }
    if (declares(home.drafts.at(operation.source, 'parameters'), place, name)) continue;
    if (home.drafts.append(operation.source, ['parameters'], home.parts.parameter(parameter)))
      home.arrive(`${operation.key}: ${place} parameter ${name}`, pointer);
    else refused(home, operation, `${place} parameter ${name}`, pointer);
  }
}

function bringBody(home: Homecoming, operation: Operation, now: MethodView, theirs: MethodView): void {
  const before = home.base.methods.get(theirs.key);
  for (const [type, model] of theirs.body) {
    if ([now, before].some(view => sameNamed(home, view?.body.get(type), model))) continue;
    const at = theirs.pointer;
    const { requestBody } = operation;
    const media = requestBody?.content.find(({ mediaType }) => mediaType === type);
    const written = media && home.drafts.at(media.source, 'schema');
    if (written !== undefined && sameModel(written, home.parts.schema(model))) continue;
    if (requestBody !== undefined || saysNothing(home.parts.schema(model))) {
      if (requestBody !== undefined)
        home.clash(
          `The body of ${operation.key} has another model for ${type} than the document's schema makes.`,
          requestBody.source,
          at,
          'Say in the schema what the model says, or change the model back.',
        );
      continue;
    }
    const body = home.parts.body(new Map([[type, model]]));
    const put =
      operation.contract.dialect === '2.0'
        ? home.drafts.append(operation.source, ['parameters'], body)
        : home.drafts.put(operation.source, ['requestBody'], body);
    if (put) home.arrive(`${operation.key}: request body ${type}`, at);
    else refused(home, operation, 'request body', at);
  }
}

function bringResponses(home: Homecoming, operation: Operation, now: MethodView, theirs: MethodView): void {
  for (const [status, response] of theirs.responses) {
    const ours = operation.responses.find(one => one.status === status);
    const known = now.responses.get(status) ?? home.base.methods.get(theirs.key)?.responses.get(status);
    const covered = operation.responses.some(
      one => one.status === 'default' || one.status.toUpperCase() === `${status[0]}XX`,
    );
    if (ours === undefined) {
      if (known !== undefined || covered) continue;
      if (home.drafts.put(operation.source, ['responses', status], home.parts.response(response, status)))
        home.arrive(`${operation.key}: response ${status}`, response.pointer);
      else refused(home, operation, `response ${status}`, response.pointer);
      continue;
    }
    for (const header of response.headers) {
      const isKnown = [...(known?.headers ?? []), ...ours.headers.keys()].some(one =>
        sameName('header', one, header),
      );
      if (isKnown || /^(access-control-|x-rehearsal-|content-type$)/i.test(header)) continue;
      if (home.drafts.put(ours.source, ['headers', header], home.parts.header()))
        home.arrive(`${operation.key}: header ${header} of response ${status}`, response.pointer);
      else refused(home, operation, `header ${header} of response ${status}`, response.pointer);
    }
    for (const [type, model] of response.models) {
      if (sameNamed(home, known?.models.get(type), model)) continue;
      const media = ours.content.find(one => one.mediaType === type);
      if (media !== undefined || ours.content.length > 0 || isEmpty(home, model)) continue;
      const put =
        operation.contract.dialect === '2.0'
          ? home.drafts.put(ours.source, ['schema'], home.parts.schema(model))
          : home.drafts.put(ours.source, ['content', type], home.parts.media(model));
      if (put) home.arrive(`${operation.key}: model of response ${status}`, response.pointer);
      else refused(home, operation, `model of response ${status}`, response.pointer);
    }
  }
}

function isEmpty(home: Homecoming, model: Json): boolean {
  const name = nameOf(model);
  return saysNothing(name === undefined ? model : home.theirs.models.get(name)?.json);
}

/** Models with two names may be one, as those that the service names itself. */
function sameNamed(home: Homecoming, ours: Json | undefined, theirs: Json): boolean {
  if (ours === undefined) return false;
  const [here, there] = [nameOf(ours), nameOf(theirs)];
  if (here !== undefined && here === there) return true;
  const mine = here === undefined ? ours : home.now.models.get(here)?.json;
  const other = there === undefined ? theirs : home.theirs.models.get(there)?.json;
  return mine !== undefined && other !== undefined && sameModel(mine, other);
}

function nameOf(model: Json): string | undefined {
  const reference = own(model, '$ref');
  return typeof reference === 'string' ? pointerTokens(reference.slice(1)).at(-1) : undefined;
}

function declares(list: Json | undefined, place: string, name: string): boolean {
  return (
    isArray(list) &&
    list.some(one => own(one, 'in') === place && sameName(place, String(own(one, 'name')), name))
  );
}

function sameName(place: string, a: string, b: string): boolean {
  return place === 'header' ? a.toLowerCase() === b.toLowerCase() : a === b;
}

function variablesOf(path: string): readonly string[] {
  return [...path.matchAll(/\{([^{}+]+)\+?\}/g)].map(([, name = '']) => name);
}

function refused(home: Homecoming, operation: Operation, what: string, pointer: string): void {
  home.clash(
    `The ${what} of ${operation.key} has no place in the document that could be written to alone.`,
    operation.source,
    pointer,
    'Write it where the reference leads, or replace the reference.',
  );
}

/**
 * An export of API Gateway and the document that the API was made of, as one document: what was added or changed in the
 * service comes home, what the service loses by nature stays as it is, and what cannot be decided is told. Nothing is ever
 * deleted, and nothing guessed.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-export-api.html
 */
import { lazy } from '../../contract/build/context.ts';
import { documentOf } from '../../contract/document/document-of.ts';
import { joinPointer } from '../../contract/json/pointer.ts';
import { entriesOf, isArray, isObject, type Json, own, setOwn } from '../../contract/json/value.ts';
import type { Contract, Schema } from '../../contract/model.ts';
import type { Source, SourceDocument } from '../../contract/source.ts';
import { gatewayDocument } from '../document/gateway-document.ts';
import { legalName } from '../lower/model-names.ts';
import { type Draft, newDrafts } from './drafts.ts';
import { type GatewayView, gatewayView, type MethodView, methodKey, VALIDATORS } from './gateway-view.ts';
import type { Arrival, Conflict, Homecoming, Remark } from './homecoming.ts';
import { bringMethod } from './methods-home.ts';
import { bringModels, sameModel, saysNothing } from './models-home.ts';
import { isOurMock, isPreflight, saysTheSame } from './plain-integration.ts';
import { bringSchemes, schemeNames } from './security-home.ts';
import { bringSettings } from './settings-home.ts';
import { writtenParts } from './written-parts.ts';

export interface BroughtHome {
  /** The documents that are to say something else, with what. */
  readonly drafts: readonly Draft[];
  readonly arrivals: readonly Arrival[];
  readonly conflicts: readonly Conflict[];
  readonly remarks: readonly Remark[];
  /** How many operations the two have in common. */
  readonly common: number;
}

/**
 * Merges an export into a document.
 *
 * @param contract - of the document
 * @param exported - what GetExport gave, in either version, with extensions or without
 * @param deployed - what was deployed when document and service parted, an export or a document for the service. Without
 *   it the document is taken to be what was deployed.
 * @example
 * ```ts
 * import { parseDocument } from './contract/document/parse-document.ts';
 * import type { Contract } from './contract/model.ts';
 * import { bringHome } from './gateway/home/bring-home.ts';
 *
 * declare const contract: Contract;
 * const { document } = parseDocument('{"swagger":"2.0"}', { name: 'export.json', uri: 'memory:///export.json' });
 * if (document !== undefined) console.log(bringHome(contract, document).conflicts.length);
 * ```
 */
export function bringHome(
  contract: Contract,
  exported: SourceDocument,
  deployed?: SourceDocument,
): BroughtHome {
  const theirs = gatewayView(exported);
  const generated = gatewayDocument(contract, { functions: 'keep' });
  const viewOf = (document: Json): GatewayView =>
    gatewayView(documentOf(document, { name: 'generated', uri: 'memory:///generated' }));
  const now = viewOf(generated.document);
  const arrivals: Arrival[] = [];
  const conflicts: Conflict[] = [];
  const remarks: Remark[] = [];
  const drafts = newDrafts();
  const nameOf = schemeNames(contract, theirs);
  const needed = new Set<string>();
  const refer = (model: string): string => {
    const schema = generated.models.get(model) ?? schemaCalled(contract, model);
    if (schema !== undefined) return referenceTo(contract, schema);
    needed.add(model);
    return joinPointer(`#/${parts.schemaKeys.join('/')}`, model);
  };
  const parts = writtenParts(contract.dialect, refer, nameOf);
  const home: Homecoming = {
    contract,
    theirs,
    now,
    base: deployed === undefined ? now : gatewayView(deployed),
    placed: generated.placed,
    models: generated.models,
    asSwagger: lazy(() => viewOf(gatewayDocument(contract, { format: 'swagger' }).document).models),
    parts,
    drafts,
    arrive: (what, pointer) => arrivals.push({ what, there: { document: exported, pointer } }),
    clash: (message, here, pointer, fix) =>
      conflicts.push({ message, here, there: { document: exported, pointer }, fix }),
    remark: (message, source) => remarks.push({ message, source }),
  };
  const common = bringMethods(home);
  bringModels(home);
  bringSchemes(home, nameOf);
  bringSettings(home);
  bringNeeded(home, needed);
  tellAbsent(home);
  tellUnused(home, needed);
  return { drafts: drafts.changed(), arrivals, conflicts, remarks, common };
}

/** @returns how many methods both have */
function bringMethods(home: Homecoming): number {
  const { contract, theirs, now, base, placed } = home;
  const byKey = new Map(placed.map(one => [methodKey(one.operation.method, one.path), one]));
  const unplaced = new Set(contract.operations.map(({ method, path }) => methodKey(method, path)));
  let common = 0;
  for (const method of theirs.methods.values()) {
    const ours = byKey.get(method.key);
    const mine = now.methods.get(method.key);
    if (ours !== undefined && mine !== undefined) {
      common += 1;
      bringMethod(home, ours, mine, method);
    } else if (unplaced.has(method.key)) common += 1;
    else if (isPreflight(method.verb, method.integration?.plain) || isBareOptions(method, mine)) {
      if (
        method.integration !== undefined &&
        !saysTheSame(mine?.integration?.plain ?? null, method.integration.plain)
      )
        home.remark(
          `${method.verb} ${method.path} answers preflights there, as what is generated of a document does by itself; it is not brought home.`,
          { document: theirs.document, pointer: method.pointer },
        );
    } else if (base !== now && base.methods.has(method.key)) {
      home.remark(
        `${method.verb} ${method.path} was deployed and is not in the document any more; it is not brought back.`,
        contract.source,
      );
    } else addMethod(home, method);
  }
  return common;
}

/** Where integrations are not exported, a preflight of ours is known by the document having it too. */
function isBareOptions(method: MethodView, mine: MethodView | undefined): boolean {
  const isPreflightHere = isPreflight(method.verb, mine?.integration?.plain);
  return isPreflightHere && (method.integration === undefined || isOurMock(method.integration.plain));
}

function addMethod(home: Homecoming, method: MethodView): void {
  const { contract, drafts, parts } = home;
  const paths = drafts.at(contract.source, 'paths');
  const known = entriesOf(paths).find(([path]) => methodKey('', path) === methodKey('', method.path))?.[0];
  const member = method.verb === 'ANY' ? 'x-amazon-apigateway-any-method' : method.verb.toLowerCase();
  const at = { document: contract.source.document, pointer: joinPointer('', 'paths', known ?? method.path) };
  if (known !== undefined && known.replace(/\/$/, '') !== method.path.replace(/\/$/, '')) {
    home.clash(
      `${method.verb} ${method.path} is new, and the document calls its path ${known}.`,
      at,
      method.pointer,
      'Write the operation into the document with its own names.',
    );
    return;
  }
  const shared = own(own(paths, known ?? ''), 'parameters');
  const operation = withoutShared(parts.operation(method), shared);
  const { validator } = method;
  const named = validator && drafts.at(contract.source, VALIDATORS, validator.name);
  const put =
    drafts.put(contract.source, ['paths', known ?? method.path, member], operation) &&
    (validator === undefined ||
      named !== undefined ||
      drafts.put(contract.source, [VALIDATORS, validator.name], validator.does));
  if (put) home.arrive(`${method.verb} ${method.path}`, method.pointer);
  else
    home.clash(
      `${method.verb} ${method.path} is new, and its path stands in another file.`,
      at,
      method.pointer,
      'Write the operation where the reference leads.',
    );
}

function withoutShared(operation: Json, shared: Json | undefined): Json {
  const list = own(operation, 'parameters');
  if (!isObject(operation) || !isArray(list) || !isArray(shared)) return operation;
  const own_ = list.filter(
    one =>
      !shared.some(other => own(one, 'in') === own(other, 'in') && own(one, 'name') === own(other, 'name')),
  );
  const { parameters: _all, ...rest } = operation;
  return own_.length === 0 ? rest : { ...operation, parameters: own_ };
}

/** Models that something new refers to, and those that they refer to. */
function bringNeeded(
  { theirs, drafts, contract, parts, arrive, clash }: Homecoming,
  needed: Set<string>,
): void {
  // A set that grows while it is walked is walked to its end.
  for (const name of needed) {
    const model = theirs.models.get(name);
    const schema = model === undefined ? {} : parts.schema(model.json);
    const there = drafts.at(contract.source, ...parts.schemaKeys, name);
    if (there !== undefined && sameModel(there, schema)) continue;
    const pointer = model?.pointer ?? '';
    if (there === undefined && drafts.put(contract.source, [...parts.schemaKeys, name], schema))
      arrive(`model ${name}`, pointer);
    else
      clash(
        `The document has another schema ${name}.`,
        { document: contract.source.document, pointer: joinPointer('', ...parts.schemaKeys, name) },
        pointer,
        'Give one of the two another name.',
      );
  }
}

/** What is not there may have been deleted, or never deployed: whoever knows deletes it here too. */
function tellAbsent({ theirs, placed, remark }: Homecoming): void {
  for (const { operation, path } of placed) {
    if (!theirs.methods.has(methodKey(operation.method, path)))
      remark(`${operation.key} is not in the export, and stays.`, operation.source);
  }
}

/** Models that nothing needs here; those that say nothing come with every API that the console makes. */
function tellUnused({ theirs, models, contract, remark }: Homecoming, needed: ReadonlySet<string>): void {
  for (const [name, { json, pointer }] of theirs.models) {
    const known = models.has(name) || needed.has(name) || schemaCalled(contract, name) !== undefined;
    if (!known && !saysNothing(json))
      remark(`The model ${name} is used by nothing that came home, and stays away.`, {
        document: theirs.document,
        pointer,
      });
  }
}

/** A schema that no model was made of, since only answers have it. */
function schemaCalled(contract: Contract, model: string): Schema | undefined {
  return (
    contract.schemas.get(model) ?? [...contract.schemas].find(([name]) => legalName(name) === model)?.[1]
  );
}

function referenceTo({ source }: Contract, { source: target }: Schema): string {
  const file = target.document.uri === source.document.uri ? '' : relativeAddress(source, target);
  return `${file}#${encodeURI(target.pointer)}`;
}

function relativeAddress(from: Source, to: Source): string {
  const folder = from.document.uri.slice(0, from.document.uri.lastIndexOf('/') + 1);
  return to.document.uri.startsWith(folder) ? to.document.uri.slice(folder.length) : to.document.uri;
}

/** A document of an export alone, in the words of OpenAPI 3.1. */
export function newDocument(exported: SourceDocument): Json {
  const theirs: GatewayView = gatewayView(exported);
  const schemas = '#/components/schemas';
  const parts = writtenParts(
    '3.1',
    model => joinPointer(schemas, model),
    name => name,
  );
  const { value } = exported;
  const paths: Record<string, Json> = {};
  for (const method of theirs.methods.values()) {
    const member = method.verb === 'ANY' ? 'x-amazon-apigateway-any-method' : method.verb.toLowerCase();
    setOwn(paths, method.path, {
      ...(isObject(paths[method.path]) ? (paths[method.path] as object) : {}),
      [member]: parts.operation(method),
    });
  }
  const info = own(value, 'info');
  const models = Object.fromEntries([...theirs.models].map(([name, { json }]) => [name, parts.schema(json)]));
  const schemes = Object.fromEntries([...theirs.schemes].map(([name, { json }]) => [name, json]));
  const components = {
    ...(theirs.models.size === 0 ? {} : { schemas: models }),
    ...(theirs.schemes.size === 0 ? {} : { securitySchemes: schemes }),
  };
  return {
    openapi: '3.1.1',
    info: { title: theirs.title, version: '1.0.0', ...(isObject(info) ? info : {}) },
    ...serversOf(value),
    paths,
    ...(Object.keys(components).length === 0 ? {} : { components }),
    ...(theirs.validators.size === 0 ? {} : { [VALIDATORS]: Object.fromEntries(theirs.validators) }),
    ...Object.fromEntries([...theirs.settings].map(([name, { json }]) => [name, json])),
  };
}

function serversOf(value: Json): { readonly servers?: Json } {
  const servers = own(value, 'servers');
  if (servers !== undefined) return { servers };
  const host = own(value, 'host');
  if (typeof host !== 'string') return {};
  const base = own(value, 'basePath');
  return { servers: [{ url: `https://${host}${typeof base === 'string' ? base : ''}` }] };
}

/**
 * OpenAPI Object: the contract itself. Paths and methods are read here; everything below an operation waits until
 * it is asked for.
 *
 * @see https://spec.openapis.org/oas/v3.1.1#openapi-object
 */
import { isArray, isObject, type JsonObject, own } from '../json/value.ts';
import type { Contract, Dialect, Operation, Schema, SecurityScheme, Tag } from '../model.ts';
import type { Problem } from '../problem.ts';
import type { Source, SourceDocument } from '../source.ts';
import {
  type BuildContext,
  child,
  children,
  extensionsOf,
  lazy,
  type Node,
  stringOf,
  type Unavailable,
} from './context.ts';
import { buildPathItem } from './operation-object.ts';
import { buildSchema } from './schema-object.ts';
import { buildSecuritySchemes } from './security-object.ts';
import { buildServers, buildSwaggerServers, defaultServer } from './server-object.ts';

/**
 * The contract of a document, with whatever other documents its references may need and
 * the files that its examples name.
 *
 * Problems met on the way stand in `contract.problems`. A document that is not OpenAPI at all gives only problems.
 */
export function buildContract(
  document: SourceDocument,
  others: ReadonlyMap<string, SourceDocument | Unavailable> = new Map(),
  externals: BuildContext['externals'] = new Map(),
): { readonly contract: Contract | undefined; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const seen = new Set<string>();
  const report = (problem: Problem): void => {
    const key = `${problem.rule} ${problem.source.document.uri}#${problem.source.pointer}`;
    if (!seen.has(key)) problems.push(problem);
    seen.add(key);
  };
  const source: Source = { document, pointer: '' };
  const dialect = dialectOf(document, source, report);
  if (dialect === undefined || !isObject(document.value)) return { contract: undefined, problems };
  const documents = new Map(others);
  documents.set(document.uri, document);
  const contract = assemble(document.value, source, dialect, documents, externals, report, problems);
  checkStructure(contract, { raw: document.value, source }, report);
  return { contract, problems };
}

function assemble(
  raw: JsonObject,
  source: Source,
  dialect: Dialect,
  documents: BuildContext['documents'],
  externals: BuildContext['externals'],
  report: BuildContext['report'],
  problems: readonly Problem[],
): Contract {
  const root: Node = { raw, source };
  const context: BuildContext = {
    dialect,
    documents,
    externals,
    report,
    contract: () => contract,
    schemas: new Map(),
    identifiers: new Map(),
    operationById: id => byId().get(id),
    operationAt: pointer => contract.operations.find(operation => operation.source.pointer === pointer),
  };
  const paths = child(root, 'paths');
  const operations = lazy(() =>
    children(paths).flatMap(([path, item]) => buildPathItem(context, path, item)),
  );
  const webhooks = lazy(() =>
    children(child(root, 'webhooks'), true).flatMap(([name, item]) => buildPathItem(context, name, item)),
  );
  const byId = lazy(() => operationsById(operations()));
  const components = dialect === '2.0' ? root : child(root, 'components');
  const schemas = lazy(() =>
    namedSchemas(context, components && child(components, dialect === '2.0' ? 'definitions' : 'schemas')),
  );
  const securitySchemes = lazy((): ReadonlyMap<string, SecurityScheme> => {
    // API Gateway reads 2.0's `securityDefinitions` in 3.0 documents too, and real ones rely on it.
    const named = dialect === '2.0' ? undefined : components && child(components, 'securitySchemes');
    const definitions = buildSecuritySchemes(context, child(root, 'securityDefinitions'));
    return new Map([...definitions, ...buildSecuritySchemes(context, named)]);
  });
  const info = child(root, 'info');
  const contract: Contract = {
    source,
    dialect,
    // API Gateway takes a document without title or version, so they may be missing here.
    title: (info && stringOf(info.raw, 'title')) ?? '',
    version: (info && stringOf(info.raw, 'version')) ?? '',
    description: info && stringOf(info.raw, 'description'),
    servers: dialect === '2.0' ? buildSwaggerServers(root) : (buildServers(root) ?? [defaultServer(source)]),
    tags: buildTags(child(root, 'tags')),
    get operations() {
      return operations();
    },
    get webhooks() {
      return webhooks();
    },
    get schemas() {
      return schemas();
    },
    get securitySchemes() {
      return securitySchemes();
    },
    extensions: extensionsOf(raw),
    problems,
    raw,
  };
  contexts.set(contract, context);
  return contract;
}

const contexts = new WeakMap<Contract, BuildContext>();

/** The context a contract was built in, for `lint`, which also reads the components that no operation leads to. */
export function contextOf(contract: Contract): BuildContext | undefined {
  return contexts.get(contract);
}

function dialectOf(
  document: SourceDocument,
  source: Source,
  report: BuildContext['report'],
): Dialect | undefined {
  const { value } = document;
  const openapi = own(value, 'openapi');
  const swagger = own(value, 'swagger');
  if (swagger !== undefined && String(swagger) === '2') return '2.0';
  const version = String(openapi ?? swagger ?? '');
  const line = /^(2\.0|3\.[012])(\.\d+)?(-[\w.]+)?$/.exec(version)?.[1];
  if (line === '2.0' ? swagger !== undefined : line !== undefined) return line as Dialect;
  if (openapi === undefined && swagger === undefined) {
    report({
      rule: 'document-not-openapi',
      severity: 'fatal',
      message:
        value === null
          ? `${document.name} is empty.`
          : `${document.name} is not an OpenAPI document: it has neither "openapi" nor "swagger" at its top.`,
      source,
      fix: 'Name an OpenAPI document, whose first line is usually "openapi: 3.1.1".',
    });
  } else {
    report({
      rule: 'document-version',
      severity: 'fatal',
      message: `OpenAPI ${isObject(openapi ?? swagger) ? 'with an object for its version' : version} is not a version this tool reads.`,
      source: { document, pointer: openapi === undefined ? '/swagger' : '/openapi' },
      fix:
        openapi === 3
          ? 'Write the whole version, such as 3.0.4: without quotes, YAML takes 3.0 for the number 3.'
          : 'Versions 2.0, 3.0, 3.1 and 3.2 are read.',
    });
  }
  return undefined;
}

/** What must hold before anything can be served. The rest waits for its operation, or for `lint`. */
function checkStructure(contract: Contract, root: Node, report: BuildContext['report']): void {
  const paths = child(root, 'paths');
  const needed = contract.dialect === '2.0' || contract.dialect === '3.0';
  if (paths === undefined ? needed : !isObject(paths.raw)) {
    report({
      rule: 'document-paths',
      severity: 'fatal',
      message: paths === undefined ? 'The document has no "paths".' : '"paths" must be an object.',
      source: paths?.source ?? root.source,
      fix: 'Write the paths of the API under "paths:", each starting with a slash.',
    });
    return;
  }
  for (const [path, item] of children(paths)) {
    if (!isObject(item.raw)) {
      report({
        rule: 'document-paths',
        severity: 'fatal',
        message: `What stands under the path ${JSON.stringify(path)} must be an object with methods in it.`,
        source: item.source,
        fix: 'Write "get:", "post:" … below the path.',
      });
    }
  }
}

function buildTags(node: Node | undefined): readonly Tag[] {
  if (node === undefined || !isArray(node.raw)) return [];
  return children(node).flatMap(([, tag]) => {
    const name = stringOf(tag.raw, 'name');
    return name === undefined
      ? []
      : [{ source: tag.source, name, description: stringOf(tag.raw, 'description') }];
  });
}

function namedSchemas(context: BuildContext, node: Node | undefined): ReadonlyMap<string, Schema> {
  return new Map(children(node, true).map(([name, schema]) => [name, buildSchema(context, schema)]));
}

/** The first of each id; `lint` names the others. */
function operationsById(operations: readonly Operation[]): ReadonlyMap<string, Operation> {
  const table = new Map<string, Operation>();
  for (const operation of operations) {
    if (operation.id !== undefined && !table.has(operation.id)) table.set(operation.id, operation);
  }
  return table;
}

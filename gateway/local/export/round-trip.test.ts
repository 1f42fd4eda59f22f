import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stringifyJson } from '../../../contract/json/stringify.ts';
import { apiDocuments } from '../import/api-documents.fixture.ts';
import { ACCOUNT, imported } from '../import/import.fixture.ts';
import { unsound } from '../import/invariants.fixture.ts';
import type { Method, Resource, Snapshot } from '../state/records.ts';
import { filledCorpusText, PLAIN, TEMPLATES } from './corpus.fixture.ts';
import { exportApi } from './export-api.ts';
import type { ExportType } from './export-view.ts';

const AGAIN = { mode: 'overwrite', ignoreDocumentation: true } as const;
const TYPES: readonly ExportType[] = ['swagger', 'oas30'];

/** Words reach down to what they do not name, so an export names more than was documented; they stay out of this. */
function exportText(snapshot: Snapshot, type: ExportType): string {
  const { document } = exportApi({
    type,
    extensions: new Set(['integrations', 'authorizers']),
    snapshot,
    stageName: 'prod',
    deployedAt: 0,
    account: ACCOUNT,
  });
  return stringifyJson(document);
}

/** What an export says of an API, and in which order it says it (reference 7 names what it does not say). */
function told(snapshot: Snapshot, type: ExportType): unknown {
  const { restApi, resources, models, requestValidators, authorizers, gatewayResponses } = snapshot;
  return {
    restApi: { ...restApi, version: restApi.version ?? '1970-01-01T00:00:00Z' },
    // A path is written where it has methods; those above it come by themselves.
    resources: resources
      .filter(({ path }) => resources.some(other => isOrIsBelow(other, path)))
      .map(resource => withMethods(resource, type))
      // A parent that was named first, and has no methods, comes with its children now.
      .toSorted((a, b) => (a.path < b.path ? -1 : 1)),
    models,
    requestValidators,
    authorizers,
    gatewayResponses,
  };
}

function isOrIsBelow({ path, resourceMethods }: Resource, above: string): boolean {
  return above === '/' || (resourceMethods !== undefined && (path === above || path.startsWith(`${above}/`)));
}

function withMethods(resource: Resource, type: ExportType): Resource {
  if (resource.resourceMethods === undefined) return resource;
  const methods = Object.entries(resource.resourceMethods).map(([verb, method]) => [
    verb,
    seen(method, type),
  ]);
  return { ...resource, resourceMethods: Object.fromEntries(methods) };
}

/** Swagger 2.0 has one list of media types for templates and models, so models spread over the types of templates. */
function seen(method: Method, type: ExportType): unknown {
  if (type === 'oas30') return method;
  const { requestModels, methodResponses, ...rest } = method;
  return {
    ...rest,
    requestModels: requestModels?.['application/json'],
    methodResponses: Object.values(methodResponses ?? {}).map(({ responseModels, ...response }) => ({
      ...response,
      model: responseModels?.['application/json'],
    })),
  };
}

function holds(text: string): void {
  const first = imported(text).snapshot;
  expect(unsound(first)).toEqual([]);
  for (const type of TYPES) {
    const written = exportText(first, type);
    const { snapshot, warnings } = imported(written, { ...AGAIN, existing: first });
    expect(warnings).toEqual([]);
    expect(told(snapshot, type)).toEqual(told(first, type));
    // What was lost is lost at once: from here on nothing changes any more.
    expect(exportText(snapshot, type)).toBe(written);
    expect(imported(written, { ...AGAIN, existing: snapshot }).snapshot).toEqual(snapshot);
  }
}

describe('6 and 7 what was exported imports as what it was', () => {
  for (const name of [...PLAIN, ...TEMPLATES]) {
    test(name, () => holds(importable(name)));
  }

  test('generated documents', () => {
    fc.assert(
      fc.property(apiDocuments(), document => holds(JSON.stringify(document))),
      { numRuns: 150 },
    );
  });
});

/** The header that two responses of the importer's own example map and do not declare. */
function importable(name: string): string {
  const text = filledCorpusText(name);
  if (name !== 'apigw-importer-uber.json') return text;
  const header = '"headers":{"test-method-response-header":{"type":"string"}}';
  return text.replaceAll(
    '"400":{"description":"Bad request"',
    `"400":{${header},"description":"Bad request"`,
  );
}

/** Documentation parts as imports make them: read and listed. Making and changing them is not served yet. */
import type { DocumentationPart } from '../state/records.ts';
import { notFound } from './aws-error.ts';
import { notInSet, refuseViolations } from './framework-check.ts';
import { apiIdOf, restApiOf } from './lookup.ts';
import type { Body, Call, Operation } from './operation.ts';
import { page } from './page.ts';

const COLLECTION = '/restapis/{restapi_id}/documentation/parts';

export const DOCUMENTATION_PART_OPERATIONS: readonly Operation[] = [
  { name: 'GetDocumentationParts', method: 'GET', path: COLLECTION, status: 200, answer: getParts },
  {
    name: 'GetDocumentationPart',
    method: 'GET',
    path: `${COLLECTION}/{part_id}`,
    status: 200,
    answer: getPart,
  },
];

/** In the order of AWS's message. */
const TYPES = [
  'RESPONSE_BODY',
  'RESPONSE',
  'METHOD',
  'MODEL',
  'AUTHORIZER',
  'RESPONSE_HEADER',
  'RESOURCE',
  'PATH_PARAMETER',
  'REQUEST_BODY',
  'QUERY_PARAMETER',
  'API',
  'REQUEST_HEADER',
];

function getParts(call: Call): Body {
  const { store, query } = call;
  const type = query.get('type');
  const status = query.get('locationStatus');
  refuseViolations(
    notInSet(type ?? undefined, 'type', TYPES),
    notInSet(status ?? undefined, 'locationStatus', ['DOCUMENTED', 'UNDOCUMENTED']),
  );
  const all = store.list('documentation-part', restApiOf(call).id);
  // Whatever is listed here is documented.
  const listed = status === 'UNDOCUMENTED' ? [] : all.filter(part => isAsked(part, query));
  return page(listed, query);
}

function isAsked({ location }: DocumentationPart, query: URLSearchParams): boolean {
  const { type, path = '/', name } = location;
  const asked = { type: query.get('type'), path: query.get('path'), name: query.get('name') };
  return (
    (asked.type === null || asked.type === type) &&
    (asked.path === null || asked.path === path) &&
    (asked.name === null || asked.name === name)
  );
}

function getPart(call: Call): Body {
  const part = call.store.get('documentation-part', apiIdOf(call), call.path['part_id'] ?? '');
  if (part === undefined) throw notFound('Invalid Documentation part identifier specified');
  return { ...part };
}

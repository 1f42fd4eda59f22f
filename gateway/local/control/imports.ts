/**
 * ImportRestApi and PutRestApi: an API from a definition, and an API changed by one. Their body is the definition; what
 * else they are told stands in the query.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_ImportRestApi.html
 */
import { type Imported, type ImportInput, importApi } from '../import/import-api.ts';
import { snapshotOf, writeSnapshot } from '../state/snapshot.ts';
import { notInSet, refuseViolations } from './framework-check.ts';
import { restApiOf } from './lookup.ts';
import type { Body, Call, Operation } from './operation.ts';
import { listedRestApi } from './rest-api-values.ts';

const BASE_PATH_MODES: readonly ImportInput['basePath'][] = ['ignore', 'prepend', 'split'];

export const IMPORT_OPERATIONS: readonly Operation[] = [
  {
    name: 'ImportRestApi',
    method: 'POST',
    path: '/restapis',
    query: { mode: 'import' },
    status: 201,
    body: 'bytes',
    answer: importRestApi,
  },
  {
    name: 'PutRestApi',
    method: 'PUT',
    path: '/restapis/{restapi_id}',
    status: 200,
    body: 'bytes',
    answer: putRestApi,
  },
];

function importRestApi(call: Call): Body {
  const imported = importApi({ ...inputOf(call), existing: undefined, mode: 'overwrite' });
  writeSnapshot(call.store, imported.snapshot);
  return told(imported);
}

function putRestApi(call: Call): Body {
  const { id } = restApiOf(call);
  const mode = call.query.get('mode') ?? 'merge';
  refuseViolations(notInSet(mode, 'mode', ['merge', 'overwrite']));
  const imported = importApi({
    ...inputOf(call),
    existing: snapshotOf(call.store, id),
    mode: mode === 'overwrite' ? 'overwrite' : 'merge',
  });
  writeSnapshot(call.store, imported.snapshot);
  // Recorded: an API that is there shows its tags, none as an empty object; one that is imported does not.
  return { ...told(imported), tags: imported.snapshot.restApi.tags ?? {} };
}

function inputOf({
  query,
  bytes,
  account,
  chance,
  now,
  store,
}: Call): Omit<ImportInput, 'existing' | 'mode'> {
  const asked = query.get('basepath') ?? 'ignore';
  refuseViolations(notInSet(asked, 'basepath', BASE_PATH_MODES));
  return {
    definition: bytes,
    basePath: BASE_PATH_MODES.find(mode => mode === asked) ?? 'ignore',
    failOnWarnings: query.get('failonwarnings')?.toLowerCase() === 'true',
    endpointType: query.get('endpointConfigurationTypes') ?? undefined,
    ignoreDocumentation: query.get('ignore') === 'documentation',
    account,
    chance,
    isTaken: id => store.get('rest-api', '', id) !== undefined,
    now: now(),
  };
}

function told({ snapshot, warnings }: Imported): Body {
  return { ...listedRestApi(snapshot.restApi), ...(warnings.length > 0 && { warnings }) };
}

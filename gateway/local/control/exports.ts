/**
 * GetExport: what a stage serves, as an OpenAPI document.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_GetExport.html
 */
import { exportApi } from '../export/export-api.ts';
import { type ExportFormat, exportText } from '../export/export-text.ts';
import { EXTENSIONS, type Extension } from '../export/export-view.ts';
import { badRequest, notFound } from './aws-error.ts';
import { restApiOf } from './lookup.ts';
import type { Answer, Call, Operation } from './operation.ts';

export const EXPORT_OPERATIONS: readonly Operation[] = [
  {
    name: 'GetExport',
    method: 'GET',
    path: '/restapis/{restapi_id}/stages/{stage_name}/exports/{export_type}',
    status: 200,
    answer: getExport,
  },
];

function getExport(call: Call): Answer {
  const { store, path, account, query, headers } = call;
  const { id } = restApiOf(call);
  const stage = store.get('stage', id, path['stage_name'] ?? '');
  if (stage === undefined) throw notFound('Invalid Stage identifier specified');
  const type = path['export_type'] ?? '';
  if (type !== 'swagger' && type !== 'oas30') throw badRequest(`Invalid export type specified: ${type}`);
  const deployment = store.get('deployment', id, stage.deploymentId);
  const snapshot = store.get('snapshot', id, stage.deploymentId);
  if (deployment === undefined || snapshot === undefined)
    throw notFound('Invalid Deployment identifier specified');
  const { document, version } = exportApi({
    type,
    extensions: extensionsOf(query),
    snapshot,
    stageName: stage.stageName,
    deployedAt: deployment.createdDate,
    documentationVersion: stage.documentationVersion,
    account,
  });
  const format: ExportFormat = /\b(application|text)\/(x-)?yaml\b/i.test(headers['accept'] ?? '')
    ? 'yaml'
    : 'json';
  // A version may hold anything, and a header may not.
  const name = `${type}_${version.replace(/[^\w.:+~-]/g, '_')}.${format}`;
  return {
    raw: Buffer.from(exportText(document, format)),
    headers: {
      'Content-Type': 'application/octet-stream',
      'Content-Disposition': `attachment; filename="${name}"`,
    },
  };
}

function extensionsOf(query: URLSearchParams): ReadonlySet<Extension> {
  const asked = query
    .getAll('extensions')
    .flatMap(value => value.split(','))
    .map(value => value.trim());
  const known = (value: string): value is Extension => EXTENSIONS.some(extension => extension === value);
  const wanted = asked.filter(value => value !== '');
  const unknown = wanted.find(value => !known(value));
  if (unknown !== undefined) throw badRequest(`Invalid extension specified: ${unknown}`);
  return new Set(wanted.filter(known));
}

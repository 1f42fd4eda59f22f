/**
 * UpdateIntegration and UpdateIntegrationResponse: what each patch path does.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html#UpdateIntegration-Patch
 */
import type { Integration, IntegrationResponse, RestApi } from '../state/records.ts';
import { badRequest } from './aws-error.ts';
import {
  CONNECTION_TYPES,
  contentHandlingOf,
  passthroughOf,
  TRANSFER_MODES,
  timeoutOf,
} from './integration-values.ts';
import { type MapRow, mapRow, NO_CONTENT_TYPE, NO_PARAMETER } from './map-rows.ts';
import { withMember } from './members.ts';
import { type PatchRow, type PatchTable, plainRefusal } from './patch.ts';
import { flagOf, nonEmpty } from './patch-values.ts';
import { templateOf } from './templates.ts';

type Row = PatchRow<Integration>;

const PARAMETERS: MapRow<string> = { absent: NO_PARAMETER, read: (value = '') => value };
const TEMPLATES: MapRow<string | null> = {
  absent: NO_CONTENT_TYPE,
  read: (value, mediaType) => templateOf(mediaType, value),
};

const TEXTS: readonly Row[] = (
  ['uri', 'httpMethod', 'credentials', 'connectionId', 'integrationTarget'] as const
).map(member => ({
  path: `/${member}`,
  ops: ['replace'],
  apply: (integration, { value }) => withMember(integration, member, nonEmpty(value)),
}));

/** @param restApi - whose type bounds the timeout */
export function integrationPatches(restApi: RestApi, resourceId: string): PatchTable<Integration> {
  return {
    rows: [
      ...TEXTS,
      {
        path: '/cacheNamespace',
        ops: ['replace'],
        apply: (integration, { value }) => ({ ...integration, cacheNamespace: value || resourceId }),
      },
      {
        path: '/timeoutInMillis',
        ops: ['replace'],
        apply: (integration, { value = '' }) => ({
          ...integration,
          timeoutInMillis: timeoutOf(value === '' ? undefined : Number(value), restApi),
        }),
      },
      {
        path: '/passthroughBehavior',
        ops: ['replace'],
        apply: (integration, { value }) => ({ ...integration, passthroughBehavior: passthroughOf(value) }),
      },
      contentHandlingRow(),
      oneOfRow('connectionType', CONNECTION_TYPES),
      oneOfRow('responseTransferMode', TRANSFER_MODES),
      {
        path: '/tlsConfig/insecureSkipVerification',
        ops: ['replace'],
        apply: (integration, { value }) => ({
          ...integration,
          tlsConfig: { ...integration.tlsConfig, insecureSkipVerification: flagOf(value) },
        }),
      },
      {
        // A list that is patched like a map: the path names the parameter.
        path: '/cacheKeyParameters/*',
        ops: ['add', 'replace', 'remove'],
        apply: (integration, { op, names: [name = ''], value }) => {
          const others = integration.cacheKeyParameters.filter(parameter => parameter !== name);
          const next = op === 'remove' ? others : [...others, op === 'replace' ? value || name : name];
          return { ...integration, cacheKeyParameters: next };
        },
      },
      mapRow('requestParameters', PARAMETERS),
      mapRow('requestTemplates', TEMPLATES),
    ],
    refusal: plainRefusal,
  };
}

export const INTEGRATION_RESPONSE_PATCHES: PatchTable<IntegrationResponse> = {
  rows: [
    {
      path: '/selectionPattern',
      ops: ['replace'],
      apply: (response, { value }) => withMember(response, 'selectionPattern', value),
    },
    contentHandlingRow(),
    mapRow('responseParameters', PARAMETERS),
    mapRow('responseTemplates', TEMPLATES),
  ],
  refusal: plainRefusal,
};

function contentHandlingRow<T extends { readonly contentHandling?: string }>(): PatchRow<T> {
  return {
    path: '/contentHandling',
    ops: ['replace'],
    apply: (record, { value }) =>
      withMember(record, 'contentHandling', contentHandlingOf(value) as T['contentHandling']),
  };
}

function oneOfRow(member: 'connectionType' | 'responseTransferMode', allowed: readonly string[]): Row {
  return {
    path: `/${member}`,
    ops: ['replace'],
    apply: (integration, { value = '' }) => {
      if (!allowed.includes(value)) {
        throw badRequest(`Invalid ${member} specified. Valid options are ${allowed.join(',')}`);
      }
      return { ...integration, [member]: value };
    },
  };
}

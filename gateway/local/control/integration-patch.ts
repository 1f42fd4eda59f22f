/**
 * UpdateIntegration and UpdateIntegrationResponse: what each patch path does. What comes of them is held against the
 * rules as a whole, so an operation may be right only with a later one.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html#UpdateIntegration-Patch
 */
import { TIMEOUT } from '../rules/integration-rules.ts';
import type { Integration, IntegrationResponse } from '../state/records.ts';
import { type MapRow, mapRow, NO_CONTENT_TYPE, NO_PARAMETER } from './map-rows.ts';
import { withMember } from './members.ts';
import { type PatchRow, type PatchTable, plainRefusal } from './patch.ts';
import { flagOf, nonEmpty } from './patch-values.ts';

type Row = PatchRow<Integration>;

const PARAMETERS: MapRow<string> = { absent: NO_PARAMETER, read: (value = '') => value };
const TEMPLATES: MapRow<string | null> = { absent: NO_CONTENT_TYPE, read: value => value || null };

const TEXTS: readonly Row[] = (
  [
    'uri',
    'httpMethod',
    'credentials',
    'connectionType',
    'connectionId',
    'contentHandling',
    'responseTransferMode',
    'integrationTarget',
  ] as const
).map(member => ({
  path: `/${member}`,
  ops: ['replace'],
  apply: (integration, { value }) => withMember(integration, member, nonEmpty(value)),
}));

/** @param resourceId - the name of the cache where no other is given */
export function integrationPatches(resourceId: string): PatchTable<Integration> {
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
        apply: (integration, { value }) => ({ ...integration, timeoutInMillis: Number(value || TIMEOUT) }),
      },
      {
        path: '/passthroughBehavior',
        ops: ['replace'],
        apply: (integration, { value }) => ({
          ...integration,
          passthroughBehavior: (value || 'WHEN_NO_MATCH').toUpperCase(),
        }),
      },
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
    {
      path: '/contentHandling',
      ops: ['replace'],
      apply: (response, { value }) => withMember(response, 'contentHandling', nonEmpty(value)),
    },
    mapRow('responseParameters', PARAMETERS),
    mapRow('responseTemplates', TEMPLATES),
  ],
  refusal: plainRefusal,
};

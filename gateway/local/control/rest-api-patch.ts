/**
 * UpdateRestApi: what each patch path does.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html#UpdateRestApi-Patch
 */
import type { RestApi } from '../state/records.ts';
import { badRequest } from './aws-error.ts';
import { withMember } from './members.ts';
import type { AccountIdentity } from './operation.ts';
import { type PatchRow, type PatchTable, plainRefusal } from './patch.ts';
import { flagOf, nonEmpty } from './patch-values.ts';
import {
  API_KEY_SOURCES,
  compressionSizeOf,
  endpointConfigurationOf,
  IP_ADDRESS_TYPES,
  policyOf,
} from './rest-api-values.ts';

type Row = PatchRow<RestApi>;

/** @param account - whose API it is, for the policy */
export function restApiPatches(account: AccountIdentity): PatchTable<RestApi> {
  return {
    rows: [...MEMBERS, ...ENDPOINT, ...BINARY_MEDIA_TYPES, policyRow(account)],
    refusal: (operation, row) =>
      row !== undefined && ENDPOINT_TYPE_PATHS.includes(row.path)
        ? badRequest("Invalid patch operation specified. Must be 'add'|'remove'|'replace'")
        : plainRefusal(operation, row),
  };
}

const MEMBERS: readonly Row[] = [
  {
    path: '/name',
    ops: ['replace'],
    apply: (api, { value }) => {
      if (value === undefined || value === '') throw badRequest('Invalid Rest API name');
      return { ...api, name: value };
    },
  },
  {
    // Removing it is recorded, though the documentation knows replace only.
    path: '/description',
    ops: ['replace', 'remove'],
    apply: (api, { op, value }) =>
      withMember(api, 'description', op === 'remove' ? undefined : nonEmpty(value)),
  },
  {
    path: '/version',
    ops: ['replace', 'remove'],
    apply: (api, { op, value }) => withMember(api, 'version', op === 'remove' ? undefined : nonEmpty(value)),
  },
  {
    path: '/apiKeySource',
    ops: ['replace'],
    apply: (api, { value = '' }) => {
      if (!API_KEY_SOURCES.includes(value)) {
        throw badRequest(`Invalid ApiKeySource specified. Valid options are ${API_KEY_SOURCES.join(',')}`);
      }
      return { ...api, apiKeySource: value };
    },
  },
  {
    path: '/disableExecuteApiEndpoint',
    ops: ['replace'],
    apply: (api, { value }) => ({ ...api, disableExecuteApiEndpoint: flagOf(value) }),
  },
  {
    path: '/minimumCompressionSize',
    ops: ['replace'],
    apply: (api, { value }) => {
      const text = nonEmpty(value);
      // A text that is no number is out of bounds, in AWS's words.
      const size = text === undefined ? undefined : /^\d{1,9}$/.test(text) ? Number(text) : -1;
      return withMember(api, 'minimumCompressionSize', compressionSizeOf(size));
    },
  },
  {
    path: '/securityPolicy',
    ops: ['replace'],
    apply: (api, { value }) => withMember(api, 'securityPolicy', nonEmpty(value)),
  },
  {
    path: '/endpointAccessMode',
    ops: ['replace'],
    apply: (api, { value }) => withMember(api, 'endpointAccessMode', nonEmpty(value)),
  },
];

const ENDPOINT_TYPE_PATHS = ['/endpointConfiguration/types', '/endpointConfiguration/types/*'];

const ENDPOINT: readonly Row[] = [
  ...ENDPOINT_TYPE_PATHS.map(
    (path): Row => ({
      path,
      ops: ['add', 'remove', 'replace'],
      apply: (api, { op, value = '', names: [old] }) => {
        const { types, ...rest } = api.endpointConfiguration;
        if (op === 'remove') {
          const left = types.filter(type => type !== (old ?? value));
          return { ...api, endpointConfiguration: endpointConfigurationOf({ ...rest, types: left }) };
        }
        if (!['REGIONAL', 'EDGE', 'PRIVATE'].includes(value)) {
          throw badRequest('Invalid EndpointTypes specified. Valid options are REGIONAL,EDGE,PRIVATE');
        }
        const next = op === 'add' ? [...new Set([...types, value])] : [value];
        // What was ipv4 by default becomes dualstack with the type that is nothing else.
        const ip = value === 'PRIVATE' ? { ipAddressType: 'dualstack' } : {};
        return {
          ...api,
          endpointConfiguration: endpointConfigurationOf({ ...rest, ...ip, types: next }),
        };
      },
    }),
  ),
  {
    path: '/endpointConfiguration/ipAddressType',
    ops: ['replace'],
    apply: (api, { value = '' }) => {
      if (!IP_ADDRESS_TYPES.includes(value)) {
        throw badRequest('ipAddressType must be either ipv4 or dualstack.');
      }
      const endpointConfiguration = endpointConfigurationOf({
        ...api.endpointConfiguration,
        ipAddressType: value,
      });
      return { ...api, endpointConfiguration };
    },
  },
  {
    path: '/endpointConfiguration/vpcEndpointIds',
    ops: ['add', 'remove'],
    apply: (api, { op, value = '' }) => {
      const others = (api.endpointConfiguration.vpcEndpointIds ?? []).filter(id => id !== value);
      const vpcEndpointIds = op === 'add' ? [...others, value] : others;
      return {
        ...api,
        endpointConfiguration: endpointConfigurationOf({ ...api.endpointConfiguration, vpcEndpointIds }),
      };
    },
  },
];

/** A list that is patched like a map: the path names the type, and a replaced one moves to the end. */
const BINARY_MEDIA_TYPES: readonly Row[] = [
  {
    path: '/binaryMediaTypes/*',
    ops: ['add', 'replace', 'remove'],
    apply: (api, { op, value, names: [named = ''] }) => {
      const others = (api.binaryMediaTypes ?? []).filter(type => type !== named);
      const next = op === 'remove' ? others : [...others, op === 'add' ? named : (value ?? named)];
      return withMember(api, 'binaryMediaTypes', next.length === 0 ? undefined : next);
    },
  },
];

function policyRow(account: AccountIdentity): Row {
  return {
    path: '/policy',
    ops: ['replace', 'remove'],
    apply: (api, { op, value }) =>
      withMember(api, 'policy', op === 'remove' ? undefined : policyOf(value, api.id, account)),
  };
}

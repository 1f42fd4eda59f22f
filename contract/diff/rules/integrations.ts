/** The rule about what stands behind an operation of API Gateway. Clients see nothing of it, so only drift asks. */
import { entriesOf, isArray, isObject, type Json, jsonEqual, own } from '../../json/value.ts';
import type { Contract, Operation } from '../../model.ts';
import { below } from '../../source.ts';
import type { DiffRule } from '../rule.ts';
import type { Collector, Spot } from '../spot.ts';

const INTEGRATION = 'x-amazon-apigateway-integration';

/** Not shown by a pair: it is told of a source and an export only. */
export const integrationChanged: DiffRule = {
  name: 'integration-changed',
  severity: 'risky',
  title: 'Drift only: the integration of an operation is another one.',
  why: 'The stage asks another back end, or in another way, than its source says.',
  before: '',
  after: '',
};

/** What stands there when nothing is written, and is left out of exports. */
const DEFAULTS: Readonly<Record<string, Json>> = {
  passthroughBehavior: 'when_no_match',
  timeoutInMillis: 29_000,
  connectionType: 'internet',
  cacheKeyParameters: [],
  requestParameters: {},
  requestTemplates: {},
  responses: {},
};
/** Words that the service writes in lower case. */
const WORDS: ReadonlySet<string> = new Set(['type', 'passthroughBehavior', 'connectionType']);
/** What the service keeps of an integration; a name for its cache it gives itself, and other members it ignores. */
const MEMBERS: readonly string[] = [
  'type',
  'httpMethod',
  'uri',
  'connectionType',
  'connectionId',
  'credentials',
  'requestParameters',
  'requestTemplates',
  'passthroughBehavior',
  'contentHandling',
  'timeoutInMillis',
  'cacheKeyParameters',
  'tlsConfig',
  'responses',
];
const RESPONSE_MEMBERS: readonly string[] = ['responseParameters', 'responseTemplates', 'contentHandling'];

/**
 * True for a stage of mocks alone whose source has back ends: it stands in for them on purpose, as one source gives a
 * stage for development and one for production.
 */
export function standsIn(source: Contract, exported: Contract): boolean {
  return hasBackEnds(source) && !hasBackEnds(exported);
}

function hasBackEnds({ operations }: Contract): boolean {
  return operations.some(({ extensions }) => {
    const type = own(extensions.get(INTEGRATION) ?? null, 'type');
    return typeof type === 'string' && type.toLowerCase() !== 'mock';
  });
}

/** The integrations of an operation, where both documents write one. */
export function compareIntegrations(old: Operation, now: Operation, spot: Spot, { report }: Collector): void {
  const [before, after] = [old.extensions.get(INTEGRATION), now.extensions.get(INTEGRATION)];
  if (!isObject(before) || !isObject(after)) return;
  const isMock = String(own(before, 'type')).toLowerCase() === 'mock';
  const other = MEMBERS.filter(name => {
    // A mock asks nobody, by whatever method or address.
    if (isMock && (name === 'httpMethod' || name === 'uri')) return false;
    const [was, is] = [memberOf(before, name), memberOf(after, name)];
    return !isFilledIn(was) && (was === undefined || is === undefined ? was !== is : !jsonEqual(was, is));
  });
  if (other.length === 0) return;
  const message = `the stage has another integration: ${other.join(', ')}`;
  const place = { ...spot, part: 'integration' };
  report(integrationChanged, place, message, below(old.source, INTEGRATION), below(now.source, INTEGRATION));
}

function memberOf(integration: Json, name: string): Json | undefined {
  const value = own(integration, name) ?? DEFAULTS[name];
  if (WORDS.has(name) && typeof value === 'string') return value.toLowerCase();
  if (name !== 'responses') return value;
  return Object.fromEntries(entriesOf(value).map(([pattern, response]) => [pattern, keptOf(response)]));
}

/** A response without its empty maps, which exports leave out; statuses may be numbers in YAML. */
function keptOf(response: Json): Json {
  const kept = RESPONSE_MEMBERS.flatMap(name => {
    const value = own(response, name);
    const isEmpty = value === undefined || (isObject(value) && Object.keys(value).length === 0);
    return isEmpty ? [] : [[name, value] as const];
  });
  return { statusCode: String(own(response, 'statusCode')), ...Object.fromEntries(kept) };
}

/** True for what a deployment writes: variables in an address, intrinsics of CloudFormation. */
function isFilledIn(value: Json | undefined): boolean {
  if (typeof value === 'string') return value.includes('${');
  if (isArray(value)) return value.some(isFilledIn);
  return entriesOf(value).some(([key, one]) => key === 'Ref' || key.startsWith('Fn::') || isFilledIn(one));
}

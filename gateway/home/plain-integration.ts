/**
 * Integrations as they compare: an export leaves out what is at its default, writes types in lower case and numbers as
 * texts, and fills in variables of the account. None of that is a change.
 */
import { entriesOf, isArray, isObject, type Json, type JsonObject, own } from '../../contract/json/value.ts';

export const INTEGRATION = 'x-amazon-apigateway-integration';

/** What a mock of ours says on every answer, so that it is known again whatever it answers. */
const OUR_MARK = 'method.response.header.x-rehearsal-deployment';

const DEFAULTS: Readonly<Record<string, Json>> = {
  passthroughbehavior: 'when_no_match',
  connectiontype: 'internet',
  timeoutinmillis: 29_000,
};
/** Whatever else stands there is not taken in, and so it does not come out again. */
const KNOWN = new Set([
  'type',
  'httpMethod',
  'uri',
  'connectionType',
  'connectionId',
  'credentials',
  'responses',
  'requestParameters',
  'requestTemplates',
  'passthroughBehavior',
  'contentHandling',
  'timeoutInMillis',
  'cacheKeyParameters',
  'tlsConfig',
  'responseTransferMode',
  'integrationTarget',
]);
const KNOWN_OF_RESPONSE = new Set([
  'statusCode',
  'responseParameters',
  'responseTemplates',
  'contentHandling',
]);
const LOWER_CASE = new Set(['type', 'passthroughBehavior', 'connectionType']);

/** The integration without what says nothing. */
export function plainIntegration(integration: Json): Json {
  const members = entriesOf(integration).flatMap(([key, value]): readonly (readonly [string, Json])[] => {
    const plain = plainMember(key, value);
    if (plain === undefined || DEFAULTS[key.toLowerCase()] === plain) return [];
    // Of mocks, which ask nobody.
    if (
      own(integration, 'type')?.toString().toLowerCase() === 'mock' &&
      (key === 'uri' || key === 'httpMethod')
    )
      return [];
    return KNOWN.has(key) ? [[key, plain]] : [];
  });
  return Object.fromEntries(members);
}

function plainMember(key: string, value: Json): Json | undefined {
  if (LOWER_CASE.has(key) && typeof value === 'string') return value.toLowerCase();
  if (key === 'contentHandling' && typeof value === 'string') return value.toUpperCase();
  if (key === 'responses')
    return nonEmpty(
      onePerStatus(entriesOf(value)).map(([pattern, response]) => [
        pattern,
        Object.fromEntries(
          entriesOf(response).flatMap(([name, part]) => {
            const plain = name === 'statusCode' ? String(part) : plainMember(name, part);
            return plain === undefined || !KNOWN_OF_RESPONSE.has(name) ? [] : [[name, plain]];
          }),
        ),
      ]),
    );
  if (isArray(value)) return value.length === 0 ? undefined : value;
  if (isObject(value)) return nonEmpty(entriesOf(value).map(([name, part]) => [name, part ?? '']));
  return value ?? undefined;
}

/** The service keeps one response for each status, the last that it reads. */
function onePerStatus(responses: readonly (readonly [string, Json])[]): readonly (readonly [string, Json])[] {
  const byStatus = responses.map(one => [String(own(one[1], 'statusCode')), one] as const);
  return [...new Map(byStatus).values()];
}

function nonEmpty(members: readonly (readonly [string, Json])[]): JsonObject | undefined {
  return members.length === 0 ? undefined : Object.fromEntries(members);
}

/**
 * Whether an export says what a document says. Texts of the document may hold `${…}`, which stands for anything once it is
 * imported; what the export does not say at all has to be at its default.
 */
export function saysTheSame(ours: Json, theirs: Json): boolean {
  const intrinsic = intrinsicOf(ours);
  if (intrinsic !== undefined) return typeof theirs !== 'object' && fills(intrinsic, String(theirs));
  if (typeof ours === 'string' && ours.includes('${')) return fills(ours, theirs);
  if (typeof ours === 'object' || typeof theirs === 'object') {
    if (isArray(ours) && isArray(theirs))
      return (
        ours.length === theirs.length && ours.every((one, index) => saysTheSame(one, theirs[index] ?? null))
      );
    if (!isObject(ours) || !isObject(theirs)) return ours === theirs;
    const keys = Object.keys(ours);
    return (
      keys.length === Object.keys(theirs).length &&
      keys.every(key => Object.hasOwn(theirs, key) && saysTheSame(ours[key] ?? null, theirs[key] ?? null))
    );
  }
  return String(ours) === String(theirs);
}

/** What CloudFormation fills in, as a text with gaps. */
function intrinsicOf(json: Json): string | undefined {
  if (!isObject(json)) return undefined;
  const [[name, value] = [], ...more] = entriesOf(json);
  if (name === undefined || more.length > 0 || !/^(Ref|Fn::\w+)$/.test(name)) return undefined;
  const text = isArray(value) ? value[0] : value;
  return name === 'Fn::Sub' && typeof text === 'string' ? text : '${}';
}

/** The fixed pieces stand in their order, and something, perhaps the same placeholder, is where each gap is. */
function fills(pattern: string, filled: Json): boolean {
  if (typeof filled !== 'string') return false;
  const pieces = pattern.split(/\$\{[^{}]*\}/);
  const [first = '', ...rest] = pieces;
  const last = rest.at(-1) ?? '';
  if (!filled.startsWith(first) || !filled.endsWith(last)) return false;
  let at = first.length;
  for (const piece of rest.slice(0, -1)) {
    const found = filled.indexOf(piece, at);
    if (found === -1) return false;
    at = found + piece.length;
  }
  return at <= filled.length - last.length;
}

/** A mock that was generated with attribution, be it of an earlier state of its document. */
export function isOurMock(integration: Json): boolean {
  return (
    own(integration, 'type') === 'mock' &&
    entriesOf(own(integration, 'responses')).some(
      ([, response]) => own(own(response, 'responseParameters'), OUR_MARK) !== undefined,
    )
  );
}

/** A mock that only tells browsers what they may send. */
export function isPreflight(verb: string, integration: Json | undefined): boolean {
  return (
    verb === 'OPTIONS' &&
    own(integration, 'type') === 'mock' &&
    entriesOf(own(integration, 'responses')).some(([, response]) =>
      entriesOf(own(response, 'responseParameters')).some(([name]) =>
        name.toLowerCase().startsWith('method.response.header.access-control-allow-'),
      ),
    )
  );
}

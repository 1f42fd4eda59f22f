/** Settings of an API as a whole: gateway responses, binary media types, policy and their like. */
import { joinPointer } from '../../contract/json/pointer.ts';
import { entriesOf, isArray, isObject, type Json, own } from '../../contract/json/value.ts';
import { below } from '../../contract/source.ts';
import { type Homecoming, whoChanged } from './homecoming.ts';
import { saysTheSame } from './plain-integration.ts';

const RESPONSES = 'x-amazon-apigateway-gateway-responses';
const BINARY = 'x-amazon-apigateway-binary-media-types';

export function bringSettings(home: Homecoming): void {
  const { theirs, base, now } = home;
  for (const [name, { json, pointer }] of theirs.settings) {
    const before = base.settings.get(name)?.json;
    const today = now.settings.get(name)?.json;
    if (name === RESPONSES) {
      for (const [type, response] of entriesOf(json))
        bringSetting(home, [name, type], joinPointer(pointer, type), {
          base: own(before, type),
          now: own(today, type),
          theirs: response,
        });
    } else if (name === BINARY) bringBinaryTypes(home, pointer, json, [before, today]);
    else bringSetting(home, [name], pointer, { base: before, now: today, theirs: json });
  }
}

interface Setting {
  readonly base: Json | undefined;
  readonly now: Json | undefined;
  readonly theirs: Json;
}

function bringSetting(
  home: Homecoming,
  keys: readonly string[],
  pointer: string,
  { base, now, theirs }: Setting,
): void {
  const { contract, drafts } = home;
  const what = keys.join(' ');
  const who = whoChanged(
    {
      base: base === undefined ? undefined : plain(base),
      now: now === undefined ? undefined : plain(now),
      theirs: plain(theirs),
    },
    saysTheSame,
  );
  const written = drafts.at(contract.source, ...keys);
  if (who === 'nobody' || (written !== undefined && saysTheSame(plain(written), plain(theirs)))) return;
  if (isOurs(theirs)) {
    home.remark(`${what} was generated of an earlier document.`, contract.source);
    return;
  }
  if (who === 'there' && drafts.put(contract.source, keys, theirs)) home.arrive(what, pointer);
  else
    home.clash(
      `${what} was changed on both sides.`,
      written === undefined ? contract.source : below(contract.source, ...keys),
      pointer,
      'Decide for one of them, and write it into the document.',
    );
}

/** What the service says where nobody has said anything else; exports write it out. */
const DEFAULT_TEMPLATE = '{"message":$context.error.messageString}';

/** A set that only grows. */
function bringBinaryTypes(
  home: Homecoming,
  pointer: string,
  theirs: Json,
  known: readonly (Json | undefined)[],
): void {
  const { contract, drafts } = home;
  const written = drafts.at(contract.source, BINARY);
  const all = [...known, written].flatMap(list => (isArray(list) ? list : []));
  const added = isArray(theirs) ? theirs.filter(type => !all.includes(type)) : [];
  if (added.length === 0) return;
  if (drafts.put(contract.source, [BINARY], [...(isArray(written) ? written : []), ...added]))
    home.arrive(`${BINARY} ${added.join(', ')}`, pointer);
}

/** Statuses as texts, nothing that is empty, and resources of policies without the API that they were given to. */
function plain(setting: Json): Json {
  if (typeof setting === 'string')
    return setting.replace(/^arn:[^:]*:execute-api:[^:]*:[^:]*:[^/]*\//, 'execute-api:/');
  if (isArray(setting)) {
    const [only] = setting;
    return setting.length === 1 && only !== undefined ? plain(only) : setting.map(plain);
  }
  if (!isObject(setting)) return String(setting);
  return Object.fromEntries(
    entriesOf(setting).flatMap(([key, value]): readonly (readonly [string, Json])[] => {
      const said = value === DEFAULT_TEMPLATE ? {} : plain(value);
      return isObject(said) && Object.keys(said).length === 0 ? [] : [[key, said]];
    }),
  );
}

function isOurs(response: Json): boolean {
  return (
    own(own(response, 'responseParameters'), 'gatewayresponse.header.x-rehearsal-deployment') !== undefined
  );
}

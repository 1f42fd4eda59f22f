/** Secrets that stand in a configuration in clear. Such files are committed, so only the names of variables belong there. */
import { joinPointer } from '../../contract/json/pointer.ts';
import { entriesOf, type Json, own } from '../../contract/json/value.ts';

export interface ClearSecret {
  /** Where it stands, as a JSON pointer. */
  readonly pointer: string;
  /** What to do; the secret itself is not repeated. */
  readonly reason: string;
}

/** Headers by which people say who they are. */
const TELLING = /^(proxy-)?authorization$|^cookie$|api-?key|token|secret|password/i;

/** Stage variables by whose names one knows a secret; `tokenUrl` and `secretArn` say where one is. */
const SECRET_VARIABLE = /(api_?key|token|secret|password)$/i;

/** Keys of a stage that hold an address, and what to do with a user and a password in it. */
const ADDRESSES: readonly (readonly [string, string])[] = [
  ['url', 'name their variables under credentials'],
  ['endpoint', 'the AWS SDK finds credentials by itself'],
  ['proxy', 'leave it to HTTPS_PROXY'],
];

/** Keys of a credential that hold a secret. */
const SECRET_KEYS: readonly string[] = [
  'username',
  'password',
  'clientId',
  'clientSecret',
  'accessKeyId',
  'secretAccessKey',
  'sessionToken',
];

/** Every place of a configuration that holds a secret in clear. */
export function clearSecrets(config: Json): readonly ClearSecret[] {
  const found: ClearSecret[] = [];
  const visitCredential = (credential: Json | undefined, place: readonly string[]): void => {
    if (typeof credential === 'string') found.push(clear(place));
    for (const key of SECRET_KEYS) {
      if (typeof own(credential, key) === 'string') found.push(clear([...place, key]));
    }
  };
  const visitCredentials = (holder: Json | undefined, path: readonly string[]): void => {
    for (const [scheme, credential] of entriesOf(own(holder, 'credentials'))) {
      const place = [...path, 'credentials', scheme];
      visitCredential(credential, place);
      visitCredential(own(credential, 'lesser'), [...place, 'lesser']);
    }
  };
  visitCredentials(config, []);
  for (const [name, stage] of entriesOf(own(config, 'stages'))) {
    visitCredentials(stage, ['stages', name]);
    for (const [header] of entriesOf(own(stage, 'headers'))) {
      if (!TELLING.test(header)) continue;
      const reason =
        'is a credential; name its variable under credentials, by the security scheme of the document, or give it with --header';
      found.push({ pointer: joinPointer('', 'stages', name, 'headers', header), reason });
    }
    for (const [variable, value] of entriesOf(own(stage, 'variables'))) {
      if (typeof value === 'string' && SECRET_VARIABLE.test(variable))
        found.push(clear(['stages', name, 'variables', variable]));
    }
    for (const [key, advice] of ADDRESSES) {
      if (!namesSomebody(own(stage, key))) continue;
      const reason = `holds a user and a password; ${advice}`;
      found.push({ pointer: joinPointer('', 'stages', name, key), reason });
    }
    if (typeof own(own(stage, 'tls'), 'passphrase') === 'string')
      found.push(clear(['stages', name, 'tls', 'passphrase']));
  }
  const server = own(own(own(config, 'mock'), 'proxy'), 'server');
  if (namesSomebody(server)) {
    const reason = 'holds a user and a password; name a stage, or give it with --proxy';
    found.push({ pointer: joinPointer('', 'mock', 'proxy', 'server'), reason });
  }
  return found;
}

function namesSomebody(address: Json | undefined): boolean {
  return typeof address === 'string' && /^[a-z]+:\/\/[^/?#]*@/i.test(address);
}

function clear(path: readonly string[]): ClearSecret {
  const reason = "holds a secret in clear; write { env: 'NAME' } and set that variable";
  return { pointer: joinPointer('', ...path), reason };
}

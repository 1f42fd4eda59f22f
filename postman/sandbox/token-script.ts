/** The script that fetches tokens of OAuth 2.0 with a client's own credentials. Stands in a collection as it is, for reading. */
import type { Json } from '../../contract/json/value.ts';
import type { ClientVariables, Variables } from '../variables.ts';

/**
 * Lines for the script of a collection; none where no scheme has such a flow. A token is fetched for a request that asks
 * for it, once, and kept in memory until it expires: never in a variable that is stored.
 *
 * @param inherited - the collection's own `auth`, which requests without one take along
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-4.4
 */
export function tokenScript({ credentials }: Variables, inherited: Json): readonly string[] {
  const clients = [...credentials.values()].flatMap(variables =>
    variables.kind === 'token' && variables.client !== undefined
      ? [clientData(variables.token, variables.client, inherited)]
      : [],
  );
  return clients.length === 0
    ? []
    : [COMMENT, `for (const client of ${JSON.stringify(clients)}) {`, ...FETCH];
}

function clientData(token: string, { id, secret, url, scope }: ClientVariables, inherited: Json): object {
  return { token, id, secret, url, scope, inherited: JSON.stringify(inherited).includes(`{{${token}}}`) };
}

const COMMENT =
  '// A token is fetched where a client and its secret are given and no token is, for requests that ask for it, and kept for the run.';

/** `rehearsalTokens` is shared by the scripts of one run and stored nowhere. */
const FETCH: readonly string[] = [
  "  if (typeof rehearsalTokens === 'undefined') rehearsalTokens = new Map();",
  '  const known = rehearsalTokens.get(client.token);',
  '  const [id, secret, url, scope] = [client.id, client.secret, client.url, client.scope].map(name => pm.variables.get(name));',
  '  const given = pm.variables.get(client.token);',
  '  const asks = pm.request.auth ? false : client.inherited;',
  "  if (!asks && !JSON.stringify(pm.request).includes('{{' + client.token + '}}')) continue;",
  "  const own = given && given !== 'rehearsal' && given !== (known && known.value);",
  '  if (!id || !secret || !url || own || (known && known.until > Date.now())) continue;',
  "  const name = 'a token for ' + client.token + ' from ' + url.split(/[?#]/)[0];",
  '  const fails = why => {',
  '    rehearsalTokens.set(client.token, { until: Infinity });',
  '    pm.test(name, () => { throw new Error(why); });',
  '  };',
  '  if (!/^(https:\\/\\/[^@]+|http:\\/\\/(localhost|127(\\.\\d+){3}|\\[::1\\])([:\\/?].*)?)$/.test(url)) {',
  "    fails('A secret is sent by https alone, but for this machine.');",
  '    continue;',
  '  }',
  "  const form = text => encodeURIComponent(text).replace(/%20/g, '+');",
  "  const fields = [{ key: 'grant_type', value: 'client_credentials' }];",
  "  if (scope) fields.push({ key: 'scope', value: scope });",
  '  pm.sendRequest({',
  '    url,',
  "    method: 'POST',",
  "    header: { Accept: 'application/json', Authorization: 'Basic ' + btoa(form(id) + ':' + form(secret)) },",
  "    body: { mode: 'urlencoded', urlencoded: fields },",
  '  }, (error, response) => {',
  '    let told = {};',
  '    try { told = response.json(); } catch {}',
  '    if (error || response.code !== 200 || !told.access_token) {',
  "      fails(error ? String(error.message) : 'It answers ' + response.code + ', ' + (told.error || 'and gives none') + '.');",
  '      return;',
  '    }',
  '    const life = told.expires_in > 0 ? told.expires_in * 900 : Infinity;',
  '    rehearsalTokens.set(client.token, { value: told.access_token, until: Date.now() + life });',
  '    pm.variables.set(client.token, told.access_token);',
  '  });',
  '}',
];

/** The scripts of a collection: the checks with their documents, once; what stands in for secrets nobody gave. */
import type { Json, JsonObject } from '../../contract/json/value.ts';
import type { Contract } from '../../contract/model.ts';
import { BLOCK_BEGINS, BLOCK_ENDS } from '../merge/merge-scripts.ts';
import { namesOf, type Variables } from '../variables.ts';
import { SANDBOX_SOURCE } from './bundled-source.ts';
import { documentsOf } from './documents.ts';
import type { JudgeSettings } from './judge-settings.ts';
import { tokenScript } from './token-script.ts';

/**
 * The events of a collection. Scripts of one run share their undeclared names, in newman as in Postman: the checks are
 * made before the first request, and stay.
 *
 * @param inherited - the `auth` of the collection
 */
export function collectionEvents(
  contract: Contract,
  variables: Variables,
  settings?: JudgeSettings,
  inherited: Json = null,
): readonly JsonObject[] {
  const names = [...variables.credentials.values()].flatMap(namesOf).map(([name]) => name);
  const before = checks(contract, settings);
  const tokens = tokenScript(variables, inherited);
  const own = [...before, ...tokens, ...(names.length === 0 ? [] : placeholders(names)), BLOCK_ENDS];
  return [event('prerequest', own)];
}

function event(listen: string, exec: readonly string[]): JsonObject {
  return { listen, script: { exec } };
}

/** What `rehearsal test` sends without credentials: of the right form, and no secret. */
function placeholders(names: readonly string[]): readonly string[] {
  return [
    '// A credential that nobody gave is sent as a placeholder of the right form, which a mock takes.',
    `for (const name of ${JSON.stringify(names)})`,
    "  if (!pm.variables.get(name)) pm.variables.set(name, 'rehearsal');",
  ];
}

/** The line that holds the documents begins so. */
export const JUDGE_OF = '  const judge = rehearsalSandbox.judgeOf(';

function checks(contract: Contract, settings: JudgeSettings | undefined): readonly string[] {
  const told = [documentsOf(contract), ...(settings === undefined ? [] : [settings])];
  return [
    BLOCK_BEGINS,
    "if (typeof rehearsal === 'undefined') {",
    SANDBOX_SOURCE,
    `${JUDGE_OF}${told.map(one => JSON.stringify(one)).join(', ')});`,
    '  rehearsal = judge;',
    '}',
  ];
}

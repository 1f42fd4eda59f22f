/** Scripts that people have changed: our lines in them become the newest, and theirs stay where they are. */
import { isArray, type Json, own } from '../../contract/json/value.ts';

/** What the script of a collection begins and ends its own lines with. */
export const BLOCK_BEGINS = '// The checks of rehearsal test, and the document they hold answers against.';
export const BLOCK_ENDS = '// So far what is generated; lines of your own may stand above and below.';
/** In the script of an item. */
const CALL = /^\s*rehearsal\(\{.*\}, pm\);\s*$/;

/** Events as they stand, with our lines from those made anew; an event of ours that somebody removed stays away. */
export function mergeScripts(before: readonly Json[], made: readonly Json[]): readonly Json[] {
  return before.map(event => {
    const fresh = made.find(other => own(other, 'listen') === own(event, 'listen'));
    if (fresh === undefined) return event;
    const exec = withOurLines(linesOf(event), linesOf(fresh));
    const script = own(event, 'script');
    return { ...(event as object), script: { ...(script as object), exec } } as Json;
  });
}

function withOurLines(before: readonly string[], made: readonly string[]): readonly string[] {
  const [begins, ends] = [before.indexOf(BLOCK_BEGINS), before.indexOf(BLOCK_ENDS)];
  const [first, last] = [made.indexOf(BLOCK_BEGINS), made.indexOf(BLOCK_ENDS)];
  if (begins !== -1 && ends > begins && first !== -1)
    return [...before.slice(0, begins), ...made.slice(first, last + 1), ...before.slice(ends + 1)];
  const call = made.find(line => CALL.test(line));
  return call === undefined ? before : before.map(line => (CALL.test(line) ? call : line));
}

function linesOf(event: Json): readonly string[] {
  const exec = own(own(event, 'script'), 'exec');
  const texts = isArray(exec) ? exec : [exec];
  return texts.flatMap(text => (typeof text === 'string' ? text.split('\n') : []));
}

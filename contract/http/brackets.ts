/**
 * Objects in square brackets, as style deepObject has them: `filter[price][max]=9`. Costs what was sent and no more,
 * whatever indices it names: everything is kept by name until a schema asks for a list.
 */
import type { NamedValues } from './named-values.ts';
import { type Decode, type Malformed, type Raw, undecodable } from './raw.ts';

/** Levels of brackets that are written and read. */
export const MAX_LEVELS = 20;

interface Branch {
  readonly children: Map<string, Branch>;
  readonly texts: string[];
}

/**
 * The members of an object sent as `name[a][b]=1`, brackets encoded or not; undefined when nothing of the kind was
 * sent.
 */
export function readBrackets(values: NamedValues, name: string, decode: Decode): Raw | Malformed | undefined {
  const root: Branch = { children: new Map(), texts: [] };
  const start = `${name}[`;
  for (const [key, sent] of values) {
    if (!key.startsWith(start)) continue;
    const path = bracketPath(key.slice(name.length));
    if (path === undefined) return { malformed: `the brackets of ${JSON.stringify(key)} do not close` };
    if (path.length > MAX_LEVELS)
      return { malformed: `${name} is nested more than ${MAX_LEVELS} levels deep` };
    let branch = root;
    for (const token of path) {
      let child = branch.children.get(token);
      if (child === undefined) {
        child = { children: new Map(), texts: [] };
        branch.children.set(token, child);
      }
      branch = child;
    }
    for (const text of sent) {
      const value = decode(text);
      if (value === undefined) return undecodable(text);
      branch.texts.push(value);
    }
  }
  if (root.children.size === 0) return undefined;
  return branchValue(root) ?? { malformed: `${name} is given both a value and members` };
}

/** `[a][b]` as its names; undefined when something stands outside the brackets. */
function bracketPath(text: string): string[] | undefined {
  const path: string[] = [];
  let at = 0;
  while (at < text.length) {
    const end = text.indexOf(']', at);
    if (text[at] !== '[' || end === -1) return undefined;
    path.push(text.slice(at + 1, end));
    at = end + 1;
    if (path.length > MAX_LEVELS) break;
  }
  return path;
}

function branchValue({ children, texts }: Branch): Raw | undefined {
  if (children.size === 0) return texts.length === 1 ? texts[0] : texts;
  if (texts.length > 0) return undefined;
  const members = new Map<string, Raw>();
  for (const [name, child] of children) {
    const value = branchValue(child);
    if (value === undefined) return undefined;
    members.set(name, value);
  }
  return members;
}

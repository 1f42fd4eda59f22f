/**
 * Link Object: which operation a response leads to.
 *
 * @see https://spec.openapis.org/oas/v3.1.1#link-object
 */
import { isObject, type Json, own } from '../json/value.ts';
import type { Link, Operation } from '../model.ts';
import { below } from '../source.ts';
import {
  type BuildContext,
  child,
  children,
  decodeFragment,
  type Node,
  type ObjectNode,
  settleObject,
  stringOf,
} from './context.ts';

/** The links of a response, by name. */
export function buildLinks(context: BuildContext, node: Node | undefined): ReadonlyMap<string, Link> {
  const links = new Map<string, Link>();
  for (const [name, written] of children(node, true)) {
    const link = settleObject(context, written);
    if (link !== undefined) links.set(name, buildLink(context, name, link));
  }
  return links;
}

function buildLink(context: BuildContext, name: string, node: ObjectNode): Link {
  const parameters = own(node.raw, 'parameters');
  return {
    source: node.source,
    name,
    description: stringOf(node.raw, 'description'),
    operation: linkedOperation(context, node),
    parameters: new Map(isObject(parameters) ? (Object.entries(parameters) as [string, Json][]) : []),
    requestBody: child(node, 'requestBody')?.raw,
  };
}

function linkedOperation(context: BuildContext, node: ObjectNode): Operation | undefined {
  const id = stringOf(node.raw, 'operationId');
  const ref = stringOf(node.raw, 'operationRef');
  // An operationRef into another document names an operation that is not served here.
  if (id === undefined && (ref === undefined || !ref.startsWith('#'))) return undefined;
  const found =
    id !== undefined ? context.operationById(id) : context.operationAt(decodeFragment((ref ?? '').slice(1)));
  if (found === undefined) {
    const key = id !== undefined ? 'operationId' : 'operationRef';
    context.report({
      rule: 'link-target',
      severity: 'error',
      message: `The link's "${key}" ${JSON.stringify(id ?? ref)} names no operation of this document.`,
      source: below(node.source, key),
      fix:
        id !== undefined
          ? 'Write the operationId of an operation in "paths".'
          : 'Write a pointer such as #/paths/~1pets~1{id}/get.',
    });
  }
  return found;
}

/**
 * Which words of the documentation are about a thing: the part that names it most closely. Parts reach down the tree of
 * resources, and `*` stands for every verb and status.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-documenting-api-content-representation.html
 */
import { own } from '../../../contract/json/value.ts';
import { propertiesOf } from '../state/documentation-part.ts';
import type { DocumentationLocation, DocumentationPart } from '../state/records.ts';
import type { ExportView, Written } from './export-view.ts';

/** The words of the nearest part, those of some keys only; none where documentation was not asked for. */
export function wordsFor(
  { documentation, snapshot }: ExportView,
  about: DocumentationLocation,
  ...keys: readonly string[]
): Written {
  if (!documentation) return {};
  let best: DocumentationPart | undefined;
  let nearest = -1;
  for (const part of snapshot.documentationParts) {
    const distance = nearness(part.location, about);
    if (distance === undefined || distance < nearest) continue;
    best = part;
    nearest = distance;
  }
  const properties = propertiesOf(best);
  const found = keys.flatMap(key => {
    const value = own(properties, key);
    return value === undefined ? [] : [[key, value] as const];
  });
  return Object.fromEntries(found);
}

/** Greater for a part that names the thing more closely; undefined for one that is about something else. */
function nearness(part: DocumentationLocation, about: DocumentationLocation): number | undefined {
  const { path = '/', method = '*', statusCode = '*' } = part;
  const wanted = about.path ?? '/';
  if (part.type !== about.type || part.name !== about.name) return undefined;
  if (path !== '/' && path !== wanted && !wanted.startsWith(`${path}/`)) return undefined;
  if (method !== '*' && method !== about.method) return undefined;
  if (statusCode !== '*' && statusCode !== about.statusCode) return undefined;
  const depth = path === '/' ? 0 : path.split('/').length;
  return depth * 4 + (method === '*' ? 0 : 2) + (statusCode === '*' ? 0 : 1);
}

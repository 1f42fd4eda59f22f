/** Models as the schemas of a document, their addresses turned back to references inside it. */
import { parseJson } from '../../../contract/json/parse.ts';
import { isObject, type Json, own } from '../../../contract/json/value.ts';
import { mapSchemas, nameInAddress } from '../import/model-schema.ts';
import { type ExportView, modelReference, type Written } from './export-view.ts';
import { wordsFor } from './words.ts';

export function schemasOf(view: ExportView): Written {
  const visit = (node: Json): Json => {
    if (!isObject(node)) return node;
    const name = nameInAddress(own(node, '$ref'));
    return name === undefined ? mapSchemas(node, visit) : modelReference(view, name);
  };
  return Object.fromEntries(
    view.snapshot.models.map(({ name, schema }) => {
      const parsed = parseJson(schema);
      const written = visit('value' in parsed ? parsed.value : {});
      const words = wordsFor(view, { type: 'MODEL', name }, 'title', 'description');
      return [name, isObject(written) ? { ...written, ...words } : {}];
    }),
  );
}

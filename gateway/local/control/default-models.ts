/** The two models that CreateRestApi makes; an import makes only those of its document. */
import { type Chance, partId } from '../state/ids.ts';
import type { Model } from '../state/records.ts';

export function defaultModels(chance: Chance): readonly Model[] {
  const first = partId(chance, () => false);
  return [
    {
      id: first,
      name: 'Empty',
      description: 'This is a default empty schema model',
      contentType: 'application/json',
      schema: written({
        $schema: 'http://json-schema.org/draft-04/schema#',
        title: 'Empty Schema',
        type: 'object',
      }),
    },
    {
      id: partId(chance, id => id === first),
      name: 'Error',
      description: 'This is a default error schema model',
      contentType: 'application/json',
      schema: written({
        $schema: 'http://json-schema.org/draft-04/schema#',
        title: 'Error Schema',
        type: 'object',
        properties: { message: { type: 'string' } },
      }),
    },
  ];
}

function written(schema: object): string {
  return JSON.stringify(schema, undefined, 2);
}

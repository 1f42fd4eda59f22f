/** `unevaluatedProperties` and `unevaluatedItems`: what no other keyword of the schema has looked at. */
import { isArray, isObject, type Json } from '../../json/value.ts';
import { descend, fail, type Keyword, mayStop, show } from '../run.ts';

/** @see https://json-schema.org/draft/2020-12/json-schema-core#section-11.3 */
export const unevaluatedProperties: Keyword = (schema, compiler) => {
  if (schema.unevaluatedProperties === undefined) return undefined;
  const slot = compiler.slot(schema.unevaluatedProperties);
  const forbidden = schema.unevaluatedProperties.always === false;
  return (value, run) => {
    const { marks } = run;
    if (!isObject(value) || marks === undefined || marks.allProperties) return true;
    let holds = true;
    for (const name of Object.keys(value)) {
      if (marks.properties.has(name)) continue;
      let good: boolean;
      if (forbidden) {
        run.report?.path.push(name);
        good = fail(
          run,
          schema,
          'unevaluatedProperties',
          () => `must not be there: no schema here knows property ${show(name)}`,
        );
        run.report?.path.pop();
      } else good = descend(slot, value[name] as Json, name, run);
      if (good) continue;
      holds = false;
      if (mayStop(run)) return false;
    }
    marks.allProperties = true;
    return holds;
  };
};

/** @see https://json-schema.org/draft/2020-12/json-schema-core#section-11.2 */
export const unevaluatedItems: Keyword = (schema, compiler) => {
  if (schema.unevaluatedItems === undefined) return undefined;
  const slot = compiler.slot(schema.unevaluatedItems);
  const forbidden = schema.unevaluatedItems.always === false;
  return (value, run) => {
    const { marks } = run;
    if (!isArray(value) || marks === undefined || marks.allItems) return true;
    let holds = true;
    for (let index = marks.firstItems; index < value.length; index++) {
      if (marks.items.has(index)) continue;
      let good: boolean;
      if (forbidden) {
        run.report?.path.push(index);
        good = fail(
          run,
          schema,
          'unevaluatedItems',
          () => 'must not be there: no schema here knows this item',
        );
        run.report?.path.pop();
      } else good = descend(slot, value[index] as Json, index, run);
      if (good) continue;
      holds = false;
      if (mayStop(run)) return false;
    }
    marks.allItems = true;
    return holds;
  };
};

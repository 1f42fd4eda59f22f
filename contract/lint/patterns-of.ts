/** Every regular expression of a list of schemas with its place: `pattern`, and the keys of `patternProperties`. */
import { joinPointer } from '../json/pointer.ts';
import type { Schema } from '../model.ts';
import type { Source } from '../source.ts';

export function* patternsOf(
  schemas: readonly Schema[],
): Generator<{ readonly pattern: string; readonly source: Source }> {
  for (const { pattern, patternProperties, source } of schemas) {
    const at = (...tokens: string[]): Source => ({
      ...source,
      pointer: joinPointer(source.pointer, ...tokens),
    });
    if (pattern !== undefined) yield { pattern, source: at('pattern') };
    for (const key of patternProperties.keys()) yield { pattern: key, source: at('patternProperties', key) };
  }
}

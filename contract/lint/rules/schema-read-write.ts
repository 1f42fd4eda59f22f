/** A property that may be neither sent nor received. */
import { joinPointer } from '../../json/pointer.ts';
import type { LintRule } from '../rule.ts';

export const schemaReadWrite: LintRule = {
  name: 'schema-read-write',
  severity: 'error',
  title: 'A schema is `readOnly` and `writeOnly` at once. 3.0 forbids that; from 3.1 on it is a warning.',
  fix: 'Keep one of the two.',
  see: 'https://spec.openapis.org/oas/v3.0.4#fixed-fields-20',
  failing: `openapi: 3.0.4
info: { title: Pets, version: 1.0.0 }
paths: {}
components:
  schemas:
    Pet: { type: object, properties: { id: { type: string, readOnly: true, writeOnly: true } } }
`,
  passing: `openapi: 3.0.4
info: { title: Pets, version: 1.0.0 }
paths: {}
components:
  schemas:
    Pet: { type: object, properties: { id: { type: string, readOnly: true } } }
`,
  check: ({ contract, schemas }, report) => {
    for (const { readOnly, writeOnly, source } of schemas) {
      if (!readOnly || !writeOnly) continue;
      const place = { ...source, pointer: joinPointer(source.pointer, 'writeOnly') };
      const other = contract.dialect === '3.0' ? {} : ({ severity: 'warning' } as const);
      report(
        place,
        'This is readOnly and writeOnly at once, so it is never sent in either direction.',
        other,
      );
    }
  },
};

/** `info.title` and `info.version` are required by OpenAPI; API Gateway does without them, and so do we. */
import { isIntrinsic } from '../../build/context.ts';
import { own } from '../../json/value.ts';
import type { LintRule } from '../rule.ts';

export const infoIncomplete: LintRule = {
  name: 'info-incomplete',
  severity: 'warning',
  title:
    '`info.title` or `info.version` is missing. OpenAPI requires both; API Gateway accepts documents without them. An error where one of them is no text.',
  fix: 'Write "info" with a title and a version.',
  see: 'https://spec.openapis.org/oas/v3.1.1#info-object',
  failing: `openapi: 3.0.4
info: { title: Pets }
paths: {}
`,
  passing: `openapi: 3.0.4
info: { title: Pets, version: 1.0.0 }
paths: {}
`,
  check: ({ contract }, report) => {
    const info = own(contract.raw, 'info');
    const place = { ...contract.source, pointer: info === undefined ? '' : '/info' };
    const missing = ['title', 'version'].filter(key => own(info, key) === undefined);
    if (missing.length > 0)
      report(place, `The document has no ${missing.map(key => `info.${key}`).join(' and no ')}.`);
    for (const key of ['title', 'version']) {
      const value = own(info, key);
      if (value === undefined || typeof value === 'string' || isIntrinsic(value)) continue;
      report(
        { ...place, pointer: `/info/${key}` },
        `info.${key} must be text, and is ${JSON.stringify(value)}.`,
        {
          severity: 'error',
          fix: 'Write it in quotes.',
        },
      );
    }
  },
};

/** A document as the text that is sent: JSON as it is, YAML as AWS's writer has it, every text in double quotes. */
import { stringify } from 'yaml';
import { stringifyJson } from '../../../contract/json/stringify.ts';
import type { Written } from './export-view.ts';

export type ExportFormat = 'json' | 'yaml';

export function exportText(document: Written, format: ExportFormat): string {
  if (format === 'json') return stringifyJson(document, 2);
  const yaml = stringify(document, {
    defaultStringType: 'QUOTE_DOUBLE',
    defaultKeyType: 'PLAIN',
    lineWidth: 0,
    doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER,
    aliasDuplicateObjects: false,
  });
  return `---\n${yaml}`;
}

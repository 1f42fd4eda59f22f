/**
 * Text to document: JSON or YAML, told apart by the text itself. Everything wrong with the text is a problem with its
 * place; nothing here knows OpenAPI.
 */
import type { DocumentAddress } from './document-of.ts';
import { looksLikeJson, type ParsedDocument, parseJsonDocument, withoutMark } from './json-document.ts';
import { faultProblem } from './text-fault.ts';
import { readYaml } from './yaml-document.ts';

/** Reads one text. A document comes back only when its text is whole: syntax, keys, nesting and size. */
export function parseDocument(text: string, address: DocumentAddress): ParsedDocument {
  const clean = withoutMark(text);
  if (looksLikeJson(clean, address.name)) return parseJsonDocument(clean, address);
  const read = readYaml(clean);
  if ('faults' in read) {
    return { document: undefined, problems: read.faults.map(fault => faultProblem(fault, clean, address)) };
  }
  return { document: { ...address, value: read.value, text: () => clean, locate: read.locate } };
}

/** For tests: the API Gateway documents of the corpus as AWS takes them, what a deployment would fill in written in their place. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument } from '../../../contract/document/parse-document.ts';
import { stringifyJson } from '../../../contract/json/stringify.ts';
import { isArray, isObject, type Json } from '../../../contract/json/value.ts';

const FOLDER = join(import.meta.dirname, '../../../test/corpus');

export const CONSOLE_PETSTORE = 'apigw-console-petstore.json';

/** Those that hold no CloudFormation. */
export const PLAIN: readonly string[] = [
  CONSOLE_PETSTORE,
  'apigw-export-peststore.json',
  'apigw-importer-uber.json',
];

/** Those that do. */
export const TEMPLATES: readonly string[] = [
  'apigw-dynamodb-crud.yaml',
  'apigw-realworld-backend.yaml',
  'apigw-url-shortener.yaml',
];

/** As it was published. */
export function corpusText(name: string): string {
  return readFileSync(join(FOLDER, name), 'utf8');
}

/** With its placeholders and intrinsics filled in, as a JSON text. */
export function filledCorpusText(name: string): string {
  const text = corpusText(name).replaceAll(
    '${uri}',
    'http://petstore.execute-api.us-east-1.amazonaws.com/petstore/pets',
  );
  const { document } = parseDocument(text, { name, uri: `memory:${name}` });
  return stringifyJson(filled(document?.value ?? null));
}

/** What CloudFormation makes of an intrinsic, near enough for a test: its text, or an ARN. */
function filled(node: Json): Json {
  if (isArray(node)) return node.map(filled);
  if (!isObject(node)) return node;
  const [key = '', only] = Object.entries(node).length === 1 ? (Object.entries(node)[0] ?? []) : [];
  if (key === 'Fn::Sub') return substituted(isArray(only) ? (only[0] ?? '') : (only ?? ''));
  if (key === 'Fn::If' && isArray(only)) return filled(only[1] ?? '');
  if (key === 'Fn::GetAtt') return 'arn:aws:iam::000000000000:role/filled';
  if (key === 'Ref') return 'filled';
  return Object.fromEntries(Object.entries(node).map(([name, value]) => [name, filled(value)]));
}

function substituted(text: Json): Json {
  const arns = String(text).replaceAll(
    /\$\{[^}]*\.Arn\}/g,
    'arn:aws:lambda:us-east-1:000000000000:function:filled',
  );
  return arns.replaceAll(/\$\{(?!AWS::|!)[^}]*\}/g, 'filled').replaceAll('${!', '${');
}

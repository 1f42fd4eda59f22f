/**
 * A document for API Gateway inside a template. CloudFormation looks for its functions everywhere in a template, so what
 * is meant as one is told apart from what only looks so: in integrations, authorizers and policies functions and the
 * variables of the account are meant; any other text stays what it is, or the document cannot stand in a template.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-sub.html
 */
import { joinPointer } from '../../contract/json/pointer.ts';
import { isArray, isObject, type Json, type JsonObject, own, setOwn } from '../../contract/json/value.ts';
import { foreignNames, functionCall } from './function-names.ts';

export interface EmbeddedDocument {
  readonly body: JsonObject;
  /** Of the template, for what the document's own functions name. */
  readonly parameters: Readonly<Record<string, Json>>;
  readonly conditions: Readonly<Record<string, Json>>;
}

/** Why a document cannot stand in a template. */
export interface Unembeddable {
  readonly reason: string;
  readonly fix: string;
}

/** Parts that are about AWS, in which somebody may mean a function. */
const MEANT = new Set([
  'x-amazon-apigateway-integration',
  'x-amazon-apigateway-authorizer',
  'x-amazon-apigateway-policy',
  'x-amazon-apigateway-gateway-responses',
  'x-amazon-apigateway-endpoint-configuration',
  'x-amazon-apigateway-cors',
]);

/** The gateway's own answers, which may be in the words of the document. */
const ANSWERS = 'x-amazon-apigateway-gateway-responses';

/** What the import of a document puts in by itself, and a template the same way. */
const VARIABLE = /\$\{(AWS::(?:AccountId|Partition|Region))\}/;

/** Resolved in every text of a template, and nothing escapes it. */
const DYNAMIC = /\{\{resolve:(ssm|ssm-secure|secretsmanager):/;

const ON_S3 = 'Keep the document in a file of its own with --body s3.';

/** @param reserved - logical ids that the template has already */
export function embedDocument(
  document: JsonObject,
  reserved: ReadonlySet<string>,
): EmbeddedDocument | Unembeddable {
  const names = foreignNames(reserved);
  const refused: string[] = [];
  const refuseText = (text: string, pointer: string): void => {
    if (DYNAMIC.test(text))
      refused.push(`the text at ${pointer} is one that CloudFormation takes for a dynamic reference`);
  };
  const words = (value: Json, pointer: string): Json => {
    if (typeof value === 'string') refuseText(value, pointer);
    if (isArray(value)) return value.map((item, index) => words(item, joinPointer(pointer, index)));
    if (!isObject(value)) return value;
    const call = functionCall(value)?.[0] ?? Object.keys(value).find(key => key === 'Fn::Transform');
    if (call !== undefined)
      refused.push(`${pointer} has the member "${call}" alone, which CloudFormation takes for a function`);
    return mapped(value, (item, key) => {
      const place = joinPointer(pointer, key);
      if (!MEANT.has(key)) return words(item, place);
      // What a mock says is the document's, whoever wrote the integration.
      const isAnswer = key === ANSWERS || /^mock$/i.test(String(own(item, 'type')));
      return meant(item, place, isAnswer);
    });
  };
  const meant = (value: Json, pointer: string, isAnswer: boolean): Json => {
    if (typeof value === 'string') {
      if (isAnswer) refuseText(value, pointer);
      return substituted(value);
    }
    if (isArray(value)) return value.map((item, index) => meant(item, joinPointer(pointer, index), isAnswer));
    if (!isObject(value)) return value;
    if (functionCall(value) !== undefined) return names.settled(value);
    return mapped(value, (item, key) => meant(item, joinPointer(pointer, key), isAnswer));
  };
  const body = words(document, '');
  const [reason] = refused;
  if (reason !== undefined) return { reason, fix: ON_S3 };
  const unknown = names.refused();
  if (unknown !== undefined) {
    return {
      reason: `an integration or authorizer uses ${unknown}, whose meaning is in the template that it was written for`,
      fix: 'Write the value itself there, or a Ref, which becomes a parameter.',
    };
  }
  return {
    body: isObject(body) ? body : {},
    parameters: names.parameters(),
    conditions: names.conditions(),
  };
}

/** True for a document with a function that only a template can call. */
export function callsFunctions(document: Json): boolean {
  if (isArray(document)) return document.some(callsFunctions);
  if (!isObject(document)) return false;
  return Object.entries(document).some(
    ([key, item]) => (MEANT.has(key) && hasCall(item)) || callsFunctions(item),
  );
}

function hasCall(value: Json): boolean {
  if (isArray(value)) return value.some(hasCall);
  return isObject(value) && (functionCall(value) !== undefined || Object.values(value).some(hasCall));
}

/** A text as the function that puts account, partition and region into it, and leaves everything else. */
export function substituted(text: string): Json {
  if (!VARIABLE.test(text)) return text;
  const parts = text.split(new RegExp(VARIABLE, 'g'));
  // Brackets that open and never close are no text for `Fn::Sub`, whatever stands before them.
  const isPlain = parts.every((part, index) => index % 2 === 1 || !/\$\{(?![\w.:-]+\})/.test(part));
  if (isPlain) {
    const written = parts.map((part, index) => (index % 2 === 1 ? `\${${part}}` : escapedSub(part)));
    return { 'Fn::Sub': written.join('') };
  }
  const joined = parts.map((part, index) => (index % 2 === 1 ? { Ref: part } : part));
  return { 'Fn::Join': ['', joined.filter(part => part !== '')] };
}

/** A text as it stands in `Fn::Sub` to come out unchanged. */
export function escapedSub(text: string): string {
  return text.replaceAll('${', '${!');
}

function mapped(value: JsonObject, change: (item: Json, key: string) => Json): JsonObject {
  const result: Record<string, Json> = {};
  for (const [key, item] of Object.entries(value)) setOwn(result, key, change(item, key));
  return result;
}

/** The request body of a method: a model for what is JSON, the bare media type for the rest. */

import { isJson } from '../../contract/http/media-type.ts';
import type { Json } from '../../contract/json/value.ts';
import type { Operation, Schema } from '../../contract/model.ts';
import { isValid } from '../../contract/schema/validate.ts';
import { type Loss, loss } from '../lower/loss.ts';
import type { SchemaLowering } from '../lower/lower-schema.ts';
import { legalName } from '../lower/model-names.ts';

const JSON_TYPE = 'application/json';

export interface MethodBody {
  /** `requestBody` of OpenAPI 3.0. */
  readonly json: Json;
  /** Whether the service may hold bodies against the models. */
  readonly validated: boolean;
}

/** @param lowering - makes the models */
export function methodBody(
  operation: Operation,
  lowering: SchemaLowering,
  lose: (loss: Loss) => void,
): MethodBody | undefined {
  const { requestBody } = operation;
  if (requestBody === undefined) return undefined;
  const { required, content, source } = requestBody;
  const told = (message: string, fix: string): void =>
    lose(loss('unvalidated', { rule: 'apigateway-body', message, source, fix }));
  const modelled = content.filter(
    (media): media is typeof media & { readonly schema: Schema } =>
      media.schema !== undefined && media.schema.always !== true && isJson(media.mediaType),
  );
  const wish = legalName(`${operation.id ?? operation.key} Request`);
  const json: Record<string, Json> = {};
  for (const { mediaType, schema } of content) {
    // The service compares them without their parameters, so of two that differ in these alone the first counts.
    const type = bareType(mediaType);
    const named = modelled.some(one => one.mediaType === mediaType);
    if (Object.hasOwn(json, type)) {
      if (named && schema !== modelled.find(one => bareType(one.mediaType) === type)?.schema)
        told(
          `API Gateway takes ${mediaType} for ${type}, which is there already, so bodies of ${operation.key} in it are held against the model of that.`,
          'Give it a media type of its own.',
        );
      continue;
    }
    json[type] = named && schema !== undefined ? { schema: lowering.refer(schema, schema.name ?? wish) } : {};
  }
  const [first] = modelled;
  // GetExport fails for a method that has models, and none for this type.
  if (first !== undefined && json[JSON_TYPE] === undefined) {
    json[JSON_TYPE] = { schema: lowering.refer(first.schema, first.schema.name ?? wish) };
  }
  if (
    modelled.length < content.filter(({ schema }) => schema !== undefined && schema.always !== true).length
  ) {
    told(
      `API Gateway's models are about JSON, so bodies of ${operation.key} in other media types are not checked.`,
      'Validate them behind the gateway.',
    );
  }
  // A body that was not sent is checked as if it were {}.
  const refusesNone = !required && modelled.some(({ schema }) => !isValid(schema, {}, 'request'));
  if (refusesNone) {
    told(
      `API Gateway takes a body that was not sent for {}, which the schema of ${operation.key} refuses although the body is optional; so no body is checked there.`,
      'Make the body required, or let its schema allow an empty object.',
    );
  }
  if (required && (modelled.length === 0 || modelled.some(({ schema }) => isValid(schema, {}, 'request')))) {
    told(
      `API Gateway takes a body that was not sent for {}, so a request of ${operation.key} without one passes.`,
      'Require a property of it, if there is one that is always there.',
    );
  }
  return { json: { content: json, required }, validated: modelled.length > 0 && !refusesNone };
}

function bareType(mediaType: string): string {
  return (mediaType.split(';')[0] ?? '').trim().toLowerCase();
}

/** Mapping templates by media type, as integrations and their responses keep them. Nothing is compiled here. */
import { badRequest } from './aws-error.ts';

/** API Gateway's own limit. */
const TEMPLATE_LIMIT = 300 * 1024;

export type Templates = Readonly<Record<string, string | null>>;

/**
 * Templates as they are kept: an empty one is null, and is echoed so.
 *
 * @throws AwsError for a key that is no media type, or a template that is too long
 */
export function templatesOf(given: Templates | undefined): Templates | undefined {
  if (given === undefined) return undefined;
  return Object.fromEntries(
    Object.entries(given).map(([mediaType, template]) => [mediaType, templateOf(mediaType, template)]),
  );
}

export function templateOf(mediaType: string, template: string | null | undefined): string | null {
  if (mediaType !== '$default' && !/^[^\s/;]+\/[^\s/;]+(\s*;.*)?$/.test(mediaType)) {
    throw invalid(`Invalid content type specified: ${mediaType}`);
  }
  if (template === undefined || template === null || template === '') return null;
  if (Buffer.byteLength(template) > TEMPLATE_LIMIT) {
    throw invalid(`Mapping template for ${mediaType} exceeds the limit of 300 KB`);
  }
  return template;
}

function invalid(reason: string): Error {
  return badRequest(`Validation Result: warnings : [], errors : [${reason}]`);
}

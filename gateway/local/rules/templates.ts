/** Mapping templates by media type, as integrations and their responses keep them. Nothing is compiled here. */
import { validationResult } from './validation-result.ts';

export type Templates = Readonly<Record<string, string | null>>;

const MEDIA_TYPE = /^[^\s/;]+\/[^\s/;]+(\s*;.*)?$/;
/** API Gateway's own limit. */
const TEMPLATE_LIMIT = 300 * 1024;

/** The reason against a set of templates, in AWS's words, or undefined. */
export function templatesFault(templates: Templates | undefined): string | undefined {
  for (const [mediaType, template] of Object.entries(templates ?? {})) {
    if (mediaType !== '$default' && !MEDIA_TYPE.test(mediaType)) {
      return validationResult(`Invalid content type specified: ${mediaType}`);
    }
    if (template !== null && Buffer.byteLength(template) > TEMPLATE_LIMIT) {
      return validationResult(`Mapping template for ${mediaType} exceeds the limit of 300 KB`);
    }
  }
  return undefined;
}

/** Templates as they are kept: an empty one is null, and is echoed so. */
export function keptTemplates(templates: Templates | undefined): Templates | undefined {
  if (templates === undefined) return undefined;
  return Object.fromEntries(
    Object.entries(templates).map(([mediaType, template]) => [mediaType, template || null]),
  );
}

/** Values out of a payload by a path, for mapping expressions (apigateway.md 16.1). */

/** What a body must begin with to be read as JSON at all; anything else is a text. */
const JSON_START = /^\s*[{["']/;

/** @param path - without `$.`; undefined for the payload as it is */
export function bodyValue(text: string, path: string | undefined): string | undefined {
  if (path === undefined) return text === '' ? undefined : text;
  if (!JSON_START.test(text)) return undefined;
  return undefined;
}

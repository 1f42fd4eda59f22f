/**
 * What API Gateway takes as a stage variable, so that anything else is refused before something is sent.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_CreateStage.html#API_CreateStage_RequestBody
 */

/** How many a stage may have. */
export const MOST_VARIABLES = 100;

const NAME = /^\w{1,64}$/;
const VALUE = /^[A-Za-z0-9\-._~:/?#&=,]{1,512}$/;

/**
 * What is wrong with a variable; the value is not repeated, since it may be a secret.
 *
 * @param value - undefined for one that is known later
 */
export function refusedVariable(name: string, value: string | undefined): string | undefined {
  if (!NAME.test(name)) return 'is no name of a stage variable: letters, digits and _, at most 64 of them';
  if (value === undefined || VALUE.test(value)) return undefined;
  if (value === '') return 'is empty, which API Gateway does not take; leave the variable out';
  if (value.length > 512) return `has ${value.length} characters; a stage variable holds 512`;
  const wrong = [...new Set(value.replace(/[A-Za-z0-9\-._~:/?#&=,]/g, ''))].map(one => JSON.stringify(one));
  return `holds ${wrong.join(' and ')}, which API Gateway does not take; letters, digits and -._~:/?#&=, are taken`;
}

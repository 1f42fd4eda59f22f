/**
 * Where an integration's back end is. A stage says it with its variables unless somebody names another, so that one
 * document serves every stage.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/aws-api-gateway-stage-variables-reference.html
 */

/** The stage variable `backend`: a host, or a host with a path. */
const HTTP_BACKEND = 'https://${stageVariables.backend}';
/** The stage variable `function`: its name. */
const FUNCTION = '${stageVariables.function}';

/** The address of a path behind the gateway. @param path - as API Gateway takes it */
export function httpAddress(backend: string | undefined, path: string): string {
  return `${(backend ?? HTTP_BACKEND).replace(/\/$/, '')}${path === '/' ? '' : path.replaceAll('+}', '}')}`;
}

/** The address under which the service calls a Lambda function. @param name - of the function, or its ARN */
export function functionAddress(name: string = FUNCTION): string {
  const arn = name.startsWith('arn:')
    ? name
    : `arn:\${AWS::Partition}:lambda:\${AWS::Region}:\${AWS::AccountId}:function:${name}`;
  return `arn:\${AWS::Partition}:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/${arn}/invocations`;
}

/** `requestParameters` that put variables of the path where an address has them. */
export function addressParameters(address: string, path: string): Readonly<Record<string, string>> {
  const known = new Set([...path.matchAll(/\{([^{}]+?)\+?\}/g)].map(([, name = '']) => name));
  // Stage variables and those of the account stand in braces too.
  const used = [...address.matchAll(/(?<!\$)\{([^{}]+?)\}/g)].flatMap(([, name = '']) =>
    known.has(name) ? [name] : [],
  );
  return Object.fromEntries(
    used.map(name => [`integration.request.path.${name}`, `method.request.path.${name}`]),
  );
}

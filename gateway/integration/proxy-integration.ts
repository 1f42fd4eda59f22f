/**
 * Operations handed to a real back end: an address that takes the path as it is, or a Lambda function. Which one it is
 * a stage says with its variables, so that one document serves every stage.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/aws-api-gateway-stage-variables-reference.html
 */
import type { Json } from '../../contract/json/value.ts';

export interface ProxyTarget {
  readonly type: 'http_proxy' | 'aws_proxy';
  /** What stands before the path, or the ARN of the function. Default: named by a stage variable. */
  readonly backend?: string;
}

/** Where a stage says nothing else: the variables `backend` (a host, or a host with a path) and `function` (a name). */
const HTTP_BACKEND = 'https://${stageVariables.backend}';
const FUNCTION =
  'arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:${stageVariables.function}';

/** @param path - as API Gateway takes it @param method - of the operation, `ANY` for all */
export function proxyIntegration({ type, backend }: ProxyTarget, path: string, method: string): Json {
  if (type === 'aws_proxy') {
    const region = 'arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions';
    return {
      type,
      // A Lambda function is called with POST, whatever the client sent.
      httpMethod: 'POST',
      uri: `${region}/${backend ?? FUNCTION}/invocations`,
      passthroughBehavior: 'when_no_match',
    };
  }
  const variables = [...path.matchAll(/\{([^{}]+?)\+?\}/g)].map(([, name = '']) => name);
  const place = path === '/' ? '' : path.replaceAll('+}', '}');
  return {
    type,
    httpMethod: method,
    uri: `${(backend ?? HTTP_BACKEND).replace(/\/$/, '')}${place}`,
    passthroughBehavior: 'when_no_match',
    ...(variables.length === 0
      ? {}
      : {
          requestParameters: Object.fromEntries(
            variables.map(name => [`integration.request.path.${name}`, `method.request.path.${name}`]),
          ),
        }),
  };
}

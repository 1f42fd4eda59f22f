/**
 * Permission for API Gateway to call the Lambda functions that a document names as back ends or authorizers: one for each
 * function and stage. Where the document names a role to call with, the role's policy decides and nothing is needed.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-control-access-using-iam-policies-to-invoke-api.html
 */
import { createHash } from 'node:crypto';
import { isArray, isObject, type Json, type JsonObject, own } from '../../contract/json/value.ts';
import { escapedSub, substituted } from './embed-document.ts';
import type { StageVariables } from './stage-variables.ts';

/** A function as a document names it: a text for `Fn::Sub`, and the values that this was given. */
interface NamedFunction {
  readonly sub: string;
  readonly values: Json | undefined;
  readonly isAuthorizer: boolean;
}

const SOURCE = 'arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${Api}';

/**
 * Resources by logical id.
 *
 * @param lose - hears of a function whose name cannot be read
 */
export function invokePermissions(
  body: JsonObject,
  stages: readonly { readonly name: string; readonly variables: StageVariables }[],
  lose: (message: string) => void,
): Readonly<Record<string, Json>> {
  const resources: Record<string, Json> = {};
  for (const { sub, values, isAuthorizer } of functionsOf(body, lose)) {
    for (const { name, variables } of stages) {
      const resolved = variables.resolved(sub);
      // Authorizers of the API are asked for every stage.
      const source = isAuthorizer ? `${SOURCE}/authorizers/*` : `${SOURCE}/${name}/*/*`;
      const mark = createHash('sha256').update(`${resolved}\n${source}`).digest('hex').slice(0, 10);
      resources[`${isAuthorizer ? 'Authorize' : 'Invoke'}${mark}`] = {
        Type: 'AWS::Lambda::Permission',
        Properties: {
          Action: 'lambda:InvokeFunction',
          FunctionName: functionName(resolved, values),
          Principal: 'apigateway.amazonaws.com',
          SourceArn: { 'Fn::Sub': source },
        },
      };
    }
  }
  return resources;
}

function functionName(sub: string, values: Json | undefined): Json {
  if (values !== undefined) return { 'Fn::Sub': [sub, values] };
  if (/\$\{(?!!)/.test(sub)) return { 'Fn::Sub': sub };
  return sub.replaceAll('${!', '${');
}

/** Each function once, in document order. */
function functionsOf(body: JsonObject, lose: (message: string) => void): readonly NamedFunction[] {
  const found = new Map<string, NamedFunction>();
  const add = (value: Json | undefined, isAuthorizer: boolean, where: string): void => {
    const address = subOf(value);
    if (address === undefined) {
      if (value !== undefined && JSON.stringify(value).includes('lambda')) {
        lose(
          `The function that ${where} calls is named by ${Object.keys(value ?? {}).join()}, so the template gives no permission to call it.`,
        );
      }
      return;
    }
    const sub = functionIn(address.sub);
    if (sub === undefined) return;
    const named = { sub, values: address.values, isAuthorizer };
    found.set(JSON.stringify(named), named);
  };
  for (const [path, item] of Object.entries(objectOf(own(body, 'paths')))) {
    for (const [method, operation] of Object.entries(objectOf(item))) {
      const integration = objectOf(own(operation, 'x-amazon-apigateway-integration'));
      if (!/^aws(_proxy)?$/i.test(String(integration['type'])) || hasRole(integration['credentials']))
        continue;
      add(integration['uri'], false, `${method.toUpperCase()} ${path}`);
    }
  }
  const schemes = objectOf(own(own(body, 'components'), 'securitySchemes'));
  for (const [name, scheme] of Object.entries(schemes)) {
    const authorizer = objectOf(own(scheme, 'x-amazon-apigateway-authorizer'));
    if (!hasRole(authorizer['authorizerCredentials']))
      add(authorizer['authorizerUri'], true, `the authorizer ${name}`);
  }
  return [...found.values()];
}

function hasRole(credentials: Json | undefined): boolean {
  return credentials !== undefined && credentials !== null && credentials !== '';
}

/** A text, or what `Fn::Sub` makes one of; undefined for what no text can be read from. */
function subOf(value: Json | undefined): Pick<NamedFunction, 'sub' | 'values'> | undefined {
  if (typeof value === 'string') {
    const evaluated = substituted(value);
    return typeof evaluated === 'string' ? { sub: escapedSub(value), values: undefined } : subOf(evaluated);
  }
  const argument = own(value, 'Fn::Sub');
  if (typeof argument === 'string') return { sub: argument, values: undefined };
  if (isArray(argument) && typeof argument[0] === 'string') return { sub: argument[0], values: argument[1] };
  return undefined;
}

/** The function of an address; HTTP APIs may name it alone. */
function functionIn(sub: string): string | undefined {
  const [, within] = /:lambda:path\/[^/]+\/functions\/(.+)\/invocations$/.exec(sub) ?? [];
  return within ?? /^arn:(?:aws|\$\{AWS::Partition\}).*:lambda:[^/]*:function:[^/]+$/.exec(sub)?.[0];
}

function objectOf(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}

/** What an authorizer must say of itself. */
import { joinPointer } from '../../../contract/json/pointer.ts';
import { own } from '../../../contract/json/value.ts';
import { type GatewayRule, isText } from '../gateway-rule.ts';

const AUTHORIZER = 'x-amazon-apigateway-authorizer';
const TYPES = ['token', 'request', 'cognito_user_pools'];
const MAX_SECONDS = 3_600;

const sample = (ttl: number): string => `paths: {}
components:
  securitySchemes:
    auth:
      type: apiKey
      name: Authorization
      in: header
      ${AUTHORIZER}:
        type: token
        authorizerUri: 'arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn/invocations'
        authorizerResultTtlInSeconds: ${ttl}
`;

export const authorizer: GatewayRule = {
  name: 'apigateway-authorizer',
  severity: 'error',
  title:
    'An authorizer has an unknown type, no function or user pool, or keeps its results for longer than an hour or by nothing.',
  fix: 'Use token, request or cognito_user_pools, name what decides, keep results for 0 to 3600 seconds, and give one of the type request an `identitySource` if it keeps any.',
  see: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-authorizer.html',
  failing: sample(MAX_SECONDS + 1),
  passing: sample(300),
  check: ({ contract }, report) => {
    for (const { extensions, source, name } of contract.securitySchemes.values()) {
      const json = extensions.get(AUTHORIZER);
      if (json === undefined) continue;
      const place = { ...source, pointer: joinPointer(source.pointer, AUTHORIZER) };
      const type = own(json, 'type');
      if (!isText(type) || !TYPES.includes(type.toLowerCase())) {
        report(
          place,
          `The authorizer ${name} is of the type ${JSON.stringify(type)}, which REST APIs do not have.`,
        );
      } else if (
        own(json, type.toLowerCase() === 'cognito_user_pools' ? 'providerARNs' : 'authorizerUri') ===
        undefined
      ) {
        report(place, `The authorizer ${name} does not say what decides.`);
      }
      const ttl = own(json, 'authorizerResultTtlInSeconds');
      if (/^request$/i.test(String(type)) && ttl !== 0 && !isText(own(json, 'identitySource'))) {
        report(place, `The authorizer ${name} keeps results, and says no "identitySource" to keep them by.`);
      }
      if (ttl !== undefined && !(typeof ttl === 'number' && ttl >= 0 && ttl <= MAX_SECONDS)) {
        report(
          place,
          `The authorizer ${name} keeps results for ${JSON.stringify(ttl)} seconds; at most ${MAX_SECONDS} are allowed.`,
        );
      }
    }
  },
};

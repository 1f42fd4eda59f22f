/** AppSync has more functions under the same name, and API Gateway prints nothing for those it does not have. */
import type { GatewayRule } from '../gateway-rule.ts';
import { ownTemplates, templateSample } from '../own-templates.ts';

const KNOWN = new Set([
  'escapeJavaScript',
  'parseJson',
  'urlEncode',
  'urlDecode',
  'base64Encode',
  'base64Decode',
]);

export const templateFunction: GatewayRule = {
  name: 'apigateway-template-function',
  severity: 'error',
  title: 'A mapping template calls a function of `$util` that API Gateway does not have.',
  fix: 'Use escapeJavaScript, parseJson, urlEncode, urlDecode, base64Encode or base64Decode; others are those of AppSync.',
  see: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html#util-template-reference',
  failing: templateSample('{"a": $util.toJson($context.path)}'),
  passing: templateSample('{"a": "$util.escapeJavaScript($context.path)"}'),
  check: ({ integrations }, report) => {
    for (const { integration, source, text } of ownTemplates(integrations)) {
      const called = [...text.matchAll(/\$!?\{?util\.(\w+)/g)].map(([, name = '']) => name);
      for (const name of new Set(called.filter(one => !KNOWN.has(one)))) {
        report(source, `A template of ${integration.operation.key} calls $util.${name}.`);
      }
    }
  },
};

/** A mock integration answers nothing, so there is nothing that its response templates could look into. */
import { own } from '../../../contract/json/value.ts';
import { type GatewayRule, isText } from '../gateway-rule.ts';
import { ownTemplates, templateSample } from '../own-templates.ts';

export const mockBody: GatewayRule = {
  name: 'apigateway-mock-body',
  severity: 'warning',
  title:
    'A response template of a mock reads a body, and there is none: not the one that the client sent either.',
  fix: 'Hand values on in the request template, as in `#set($context.requestOverride.querystring.name = …)`, or use `$input.params()`.',
  see: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-mock-integration.html',
  failing: templateSample('{"name": $input.json("$.name")}'),
  passing: templateSample('{"name": "$input.params("name")"}'),
  check: ({ integrations }, report) => {
    for (const { integration, kind, source, text } of ownTemplates(integrations)) {
      const type = own(integration.json, 'type');
      if (kind === 'request' || !isText(type) || type.toLowerCase() !== 'mock') continue;
      if (/\$!?\{?input\.(?:body|json|path)\b/.test(text))
        report(source, `A response template of ${integration.operation.key} reads the body of a mock.`);
    }
  },
};

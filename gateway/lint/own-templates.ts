/** The mapping templates that integrations of the document itself have. */
import { joinPointer } from '../../contract/json/pointer.ts';
import { own } from '../../contract/json/value.ts';
import type { Source } from '../../contract/source.ts';
import { isText, membersOf, type OwnIntegration } from './gateway-rule.ts';

export interface OwnTemplate {
  readonly integration: OwnIntegration;
  readonly kind: 'request' | 'response';
  readonly source: Source;
  readonly text: string;
}

export function ownTemplates(integrations: readonly OwnIntegration[]): readonly OwnTemplate[] {
  return integrations.flatMap(integration => {
    const { json, source } = integration;
    const at = (kind: OwnTemplate['kind'], text: string, ...keys: readonly string[]): OwnTemplate => ({
      integration,
      kind,
      source: { ...source, pointer: joinPointer(source.pointer, ...keys) },
      text,
    });
    const requests = membersOf(own(json, 'requestTemplates')).flatMap(([type, text]) =>
      isText(text) ? [at('request', text, 'requestTemplates', type)] : [],
    );
    const responses = membersOf(own(json, 'responses')).flatMap(([pattern, response]) =>
      membersOf(own(response, 'responseTemplates')).flatMap(([type, text]) =>
        isText(text) ? [at('response', text, 'responses', pattern, 'responseTemplates', type)] : [],
      ),
    );
    return [...requests, ...responses];
  });
}

/** A document whose one mock answers with this response template: samples of rules about templates. */
export function templateSample(template: string): string {
  return `paths:
  /pets:
    get:
      responses: { '200': { description: all } }
      x-amazon-apigateway-integration:
        type: mock
        requestTemplates: { application/json: '{"statusCode": 200}' }
        responses: { default: { statusCode: '200', responseTemplates: { application/json: '${template}' } } }
`;
}

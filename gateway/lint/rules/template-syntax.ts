/** A template that cannot be read fails every request, and nobody says so before. */
import { compileTemplate } from '../../vtl/template.ts';
import { TemplateError } from '../../vtl/template-error.ts';
import type { GatewayRule } from '../gateway-rule.ts';
import { ownTemplates, templateSample } from '../own-templates.ts';

export const templateSyntax: GatewayRule = {
  name: 'apigateway-template-syntax',
  severity: 'error',
  title: 'A mapping template cannot be read; its requests end in 500.',
  fix: 'Mend it where the message says: most often an `#end` is missing, or a parenthesis.',
  see: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html',
  failing: templateSample('#if($input.body == "") none'),
  passing: templateSample('#if($input.params("id") == "") none #end'),
  check: ({ integrations }, report) => {
    for (const { integration, source, text } of ownTemplates(integrations)) {
      const fault = faultOf(text);
      if (fault === undefined) continue;
      report(
        source,
        `A template of ${integration.operation.key} cannot be read in line ${fault.line}, column ${fault.column}: ${fault.reason}.`,
      );
    }
  },
};

function faultOf(text: string): TemplateError | undefined {
  try {
    compileTemplate(text);
    return undefined;
  } catch (error) {
    if (error instanceof TemplateError) return error;
    throw error;
  }
}

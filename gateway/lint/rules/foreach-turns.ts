/** How often a template may go round. */
import { type GatewayRule, QUOTAS } from '../gateway-rule.ts';
import { ownTemplates, templateSample } from '../own-templates.ts';

const MAX_TURNS = 1_000;
const RANGE = /#(?:foreach|\{foreach\})\s*\([^()]*\bin\s*\[\s*(-?\d+)\s*\.\.\s*(-?\d+)\s*\]/g;

export const foreachTurns: GatewayRule = {
  name: 'apigateway-foreach-turns',
  severity: 'error',
  title: 'A mapping template goes round more than 1,000 times.',
  fix: 'Go round less often, or let a back end do it.',
  see: QUOTAS,
  failing: templateSample('#foreach($i in [1..1001])$i#end'),
  passing: templateSample('#foreach($i in [1..1000])$i#end'),
  check: ({ integrations }, report) => {
    for (const { integration, source, text } of ownTemplates(integrations)) {
      for (const [, from, to] of text.matchAll(RANGE)) {
        const turns = Math.abs(Number(to) - Number(from)) + 1;
        if (turns <= MAX_TURNS) continue;
        report(
          source,
          `A template of ${integration.operation.key} goes round ${turns} times; API Gateway ends after ${MAX_TURNS}.`,
        );
      }
    }
  },
};

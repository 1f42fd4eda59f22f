/** A mapping template of API Gateway: what of a request it sees, and what becomes of its faults. */
import { configurationError } from './failure.ts';
import type { MappingTemplate } from './model.ts';

/** Templates are read once; one that cannot be read fails each request instead of the deployment, as on AWS. */
export function compileTemplate(text: string, side: 'request' | 'response'): MappingTemplate {
  if (!/[$#\\]/.test(text)) return { render: () => text };
  return {
    render: () => {
      throw configurationError(`Unable to transform ${side}`);
    },
  };
}

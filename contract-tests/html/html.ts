/** HTML that cannot be broken into: whatever is put into a template is escaped unless it is HTML itself. */
import { printable } from '../exchange-text.ts';

export interface Html {
  readonly html: string;
}

type Part = string | number | Html | readonly Html[] | undefined;

/**
 * A piece of HTML. Texts and numbers are escaped, lists are joined, undefined is nothing. Attribute values must stand
 * in double quotes.
 */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  let text = strings[0] ?? '';
  for (const [index, part] of parts.entries()) text += written(part) + (strings[index + 1] ?? '');
  return { html: text };
}

function written(part: Part): string {
  if (part === undefined) return '';
  if (typeof part === 'string') return escapeHtml(part);
  if (typeof part === 'number') return String(part);
  return 'html' in part ? part.html : part.map(({ html: text }) => text).join('');
}

/** The text in a form that means itself in HTML, in and outside of attributes. */
export function escapeHtml(text: string): string {
  return printable(text).replace(/[&<>"']/g, mark => `&#${mark.charCodeAt(0)};`);
}

/** Our own style or script, which is no text of anybody else's. */
export function trusted(text: string): Html {
  return { html: text };
}

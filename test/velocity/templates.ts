/** The templates that were written by hand, out of the text files in `templates/`. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(import.meta.dirname, 'templates');

/** What a text file cannot show: the end of a line at the very end, and blanks where editors take them away. */
const SIGNS: Readonly<Record<string, string>> = { '␊': '\n', '␍': '\r', '␉': '\t', '␠': ' ' };

/** Each template with the topic it is about; they stand between lines of four dashes. */
export function writtenTemplates(): readonly { readonly topic: string; readonly template: string }[] {
  const files = readdirSync(FOLDER).toSorted();
  return files.flatMap(file => {
    const text = readFileSync(join(FOLDER, file), 'utf8').replace(/\n$/, '');
    return text.split('\n----\n').map(template => ({
      topic: file.replace('.txt', ''),
      template: template.replace(/[␊␍␉␠]/g, sign => SIGNS[sign] ?? sign),
    }));
  });
}

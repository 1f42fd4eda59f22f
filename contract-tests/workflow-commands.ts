/**
 * GitHub Actions workflow commands, which become annotations on the lines of a pull request.
 *
 * @see https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions#setting-an-error-message
 */

export interface Annotation {
  readonly level: 'error' | 'warning' | 'notice';
  /** Without one it is about the step as a whole. */
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  /** The first column after it, where it ends on the same line. */
  readonly endColumn?: number;
  readonly title: string;
  readonly message: string;
}

/** One command, on a line of its own. */
export function workflowCommand(annotation: Annotation): string {
  const { level, file, line, column, endColumn, title, message } = annotation;
  const properties = {
    ...(file === undefined ? {} : { file }),
    ...(line === undefined ? {} : { line: String(line) }),
    ...(column === undefined ? {} : { col: String(column) }),
    ...(endColumn === undefined ? {} : { endLine: String(line), endColumn: String(endColumn) }),
    title,
  };
  const list = Object.entries(properties).map(([key, value]) => `${key}=${property(value)}`);
  return `::${level} ${list.join(',')}::${data(message)}\n`;
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

/**
 * SARIF 2.1.0, which code scanning services read: rules that were broken, and where.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */

export type SarifLevel = 'error' | 'warning' | 'note';

export interface SarifRule {
  readonly id: string;
  readonly title?: string;
  readonly help?: string;
  readonly helpUri?: string;
  readonly level?: SarifLevel;
}

export interface SarifResult {
  readonly rule: string;
  readonly level: SarifLevel;
  readonly message: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** The first column after it, where it ends on the same line. */
  readonly endColumn?: number;
  /** JSON pointer into the file. */
  readonly pointer: string;
  /** What makes it the same result in the next run. */
  readonly fingerprint?: string;
  /** Set when somebody has accepted it, with the reason. */
  readonly suppressed?: string;
}

/**
 * One log with one run. Every result's rule must be among the rules.
 *
 * @param warnings - about the run itself, which have no place in a file
 */
export function sarifLog(
  rules: readonly SarifRule[],
  results: readonly SarifResult[],
  warnings: readonly string[] = [],
): string {
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'rehearsal', rules: rules.map(ruleObject) } },
        ...(warnings.length === 0 ? {} : { invocations: [invocationOf(warnings)] }),
        columnKind: 'utf16CodeUnits',
        results: results.map(result => resultObject(result, rules)),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function invocationOf(warnings: readonly string[]): object {
  const toolExecutionNotifications = warnings.map(text => ({ level: 'warning', message: { text } }));
  return { executionSuccessful: true, toolExecutionNotifications };
}

function ruleObject({ id, title, help, helpUri, level }: SarifRule): object {
  return {
    id,
    ...(title === undefined ? {} : { shortDescription: { text: title } }),
    ...(help === undefined ? {} : { help: { text: help } }),
    ...(helpUri === undefined ? {} : { helpUri }),
    ...(level === undefined ? {} : { defaultConfiguration: { level } }),
  };
}

function resultObject(result: SarifResult, rules: readonly SarifRule[]): object {
  const { rule, level, message, file, line, column, endColumn, pointer, fingerprint, suppressed } = result;
  return {
    ruleId: rule,
    ruleIndex: rules.findIndex(({ id }) => id === rule),
    level,
    message: { text: message },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(file) },
          region: { startLine: line, startColumn: column, ...(endColumn === undefined ? {} : { endColumn }) },
        },
        logicalLocations: [{ fullyQualifiedName: pointer === '' ? '/' : pointer }],
      },
    ],
    ...(fingerprint === undefined ? {} : { partialFingerprints: { 'rehearsal/v1': fingerprint } }),
    ...(suppressed === undefined ? {} : { suppressions: [{ kind: 'external', justification: suppressed }] }),
  };
}

/** A path as a relative URI reference; a URL stays one. */
function uriOf(file: string): string {
  if (/^https?:/.test(file)) return file;
  const path = encodeURI(file.replaceAll('\\', '/').toWellFormed()).replace(/[?#]/g, encodeURIComponent);
  return path.startsWith('/') ? `file://${path}` : path.replace(/^\.\//, '');
}

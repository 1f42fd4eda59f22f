/**
 * The execution log of one request: AWS's lines in AWS's order, cut at 1,024 bytes (apigateway.md 10.4). Steps say
 * lines; what becomes of them is decided when the request is over.
 */

export interface ExecutionLog {
  /** `ERROR` keeps what tells of failures, `INFO` the steps too. */
  readonly level: 'ERROR' | 'INFO';
  /** Headers, bodies and whatever else the request carries. */
  readonly dataTrace: boolean;
  /** Stages write some lines that a test invocation has not. */
  readonly ofStage: boolean;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly lines: LogLine[];
}

export interface LogLine {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly text: string;
}

const EVENT_BYTES = 1024;
const CUT = '[TRUNCATED]';

/** A step of the way. */
export function say(log: ExecutionLog | undefined, text: string): void {
  if (log !== undefined && log.level === 'INFO') push(log, text);
}

/** Something the client or a back end sent. Costly texts are made after {@link traces} said yes. */
export function trace(log: ExecutionLog | undefined, text: string): void {
  if (log?.dataTrace === true) push(log, text);
}

export function traces(log: ExecutionLog | undefined): log is ExecutionLog {
  return log?.dataTrace === true;
}

/** What went wrong. */
export function complain(log: ExecutionLog | undefined, text: string): void {
  if (log !== undefined) push(log, text);
}

function push(log: ExecutionLog, text: string): void {
  log.lines.push({ at: log.now(), text });
}

/** One event as CloudWatch keeps it: the request's id, and no more than 1,024 bytes. */
export function cloudWatchLine(requestId: string, line: LogLine): string {
  return cut(`(${requestId}) ${line.text}`);
}

/** One line of the log that TestInvokeMethod answers with: `Wed Nov 25 13:57:15 UTC 2026 : …`. */
export function testLine({ at, text }: LogLine): string {
  const [day = '', date = '', month = '', year = '', time = ''] = new Date(at).toUTCString().split(/,? /);
  return `${day} ${month} ${date} ${time} UTC ${year} : ${cut(text)}`;
}

/** A line break inside an event would make two of it where a file has one for each line. */
function cut(text: string): string {
  if (text.length * 3 <= EVENT_BYTES) return text;
  const bytes = Buffer.from(text);
  if (bytes.length <= EVENT_BYTES) return text;
  let end = EVENT_BYTES - CUT.length;
  // No character is cut through: only its first byte is none that continues one.
  while (((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return `${bytes.toString('utf8', 0, end)}${CUT}`;
}

/** `{petId=123, q=a, b}`, as Java prints a map; several values of a name stand behind each other. */
export function javaMap(entries: Iterable<readonly [string, string | readonly string[]]>): string {
  const parts: string[] = [];
  for (const [name, value] of entries) {
    parts.push(`${name}=${typeof value === 'string' ? value : value.join(', ')}`);
  }
  return `{${parts.join(', ')}}`;
}

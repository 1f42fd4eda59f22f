/** Reads a report that `rehearsal test` wrote, told apart by what stands in it: `json`, `ndjson` or `har`. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { RehearsalError } from '../contract/errors.ts';
import { isArray, isObject, type Json, type JsonObject, own } from '../contract/json/value.ts';
import { validate } from '../contract/schema/validate.ts';
import {
  casesOfEvents,
  casesOfReport,
  type ReplayEvent,
  type ReplayReport,
} from '../contract-tests/replay-record.ts';
import { REPORT_SCHEMA } from '../contract-tests/report-schema.ts';
import { ownSchema } from './config/own-schema.ts';

/**
 * The failed cases of a report.
 *
 * @throws RehearsalError REPORT_UNREADABLE
 */
export function readReport(name: string, cwd: string): ReplayReport {
  const unreadable = (reason: string): RehearsalError =>
    new RehearsalError('REPORT_UNREADABLE', { file: name, reason });
  let text: string;
  try {
    text = readFileSync(resolve(cwd, name), 'utf8');
  } catch (error) {
    throw unreadable((error as Error).message);
  }
  const whole = parsed(text);
  const { part, value } = partsOf(whole ?? lines(text));
  if (part === undefined) throw unreadable('it is no report of json, ndjson or har');
  const schema = ownSchema({ $ref: `#/$defs/${part}`, $defs: own(REPORT_SCHEMA, '$defs') ?? {} });
  for (const [index, item] of value.entries()) {
    const [violation] = validate(schema, item, { maxViolations: 1 });
    if (violation === undefined) continue;
    const place = part === 'event' ? `event ${index + 1}` : 'the report';
    throw unreadable(
      `${place} is not what the reporter writes: ${violation.instance || '/'} ${violation.message}`,
    );
  }
  const [first] = value;
  return part === 'report'
    ? casesOfReport(first as unknown as Parameters<typeof casesOfReport>[0])
    : casesOfEvents(value as unknown as readonly ReplayEvent[]);
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** One value a line. The last may be a half one, where a run was killed. */
function lines(text: string): readonly Json[] {
  return text.split('\n').flatMap(line => {
    const value = line.trim() === '' ? undefined : parsed(line);
    return value === undefined ? [] : [value];
  });
}

function partsOf(value: Json): { readonly part?: 'report' | 'event'; readonly value: readonly Json[] } {
  if (own(value, 'format') === 'rehearsal-report/1') return { part: 'report', value: [value] };
  const events = isArray(value) ? value : [value];
  if (own(events[0], 'format') === 'rehearsal-events/1') return { part: 'event', value: events };
  const log = own(value, 'log');
  const entries = own(log, 'entries');
  if (!isArray(entries)) return { value: [] };
  return { part: 'event', value: [...startOf(own(log, '_rehearsal')), ...entries.flatMap(eventOf)] };
}

/** What an archive says of its run as the event it was written from. */
function startOf(about: Json | undefined): readonly Json[] {
  if (!isObject(about)) return [];
  return [{ event: 'run-started', format: 'rehearsal-events/1', operations: 0, ...about }];
}

/** An entry of an archive as the event it was written from; entries of other programs say nothing of cases. */
function eventOf(entry: Json): readonly Json[] {
  const about = own(entry, '_rehearsal');
  const request = own(entry, 'request');
  const outcome = own(about, 'outcome');
  if (!isObject(about) || !isObject(request) || (outcome !== 'failed' && outcome !== 'unanswered')) return [];
  const { masked, ...rest } = about;
  const type = own(own(request, 'postData'), 'mimeType');
  const sent: JsonObject = {
    method: own(request, 'method') ?? '',
    ...pathOf(String(own(request, 'url') ?? ''), String(own(about, 'baseUrl') ?? '')),
    headers: headersOf(request).filter(([name]) => name?.toLowerCase() !== 'content-type'),
    ...contentTypeOf(request, type),
    ...bodyOf(own(request, 'postData')),
    ...(masked === undefined ? {} : { masked }),
  };
  const event = { event: 'case-finished', ...rest, curl: '', request: sent };
  if (outcome === 'unanswered') return [{ ...event, trouble: '', message: own(about, 'message') ?? '' }];
  const response = own(entry, 'response') ?? {};
  const answer: JsonObject = {
    status: own(response, 'status') ?? 0,
    headers: headersOf(response),
    milliseconds: 0,
    ...bodyOf(own(response, 'content')),
  };
  return [{ ...event, response: answer }];
}

function contentTypeOf(request: Json, mimeType: Json | undefined): JsonObject {
  const header = headersOf(request).find(([name]) => name?.toLowerCase() === 'content-type');
  const type = header?.[1] ?? mimeType;
  return type === undefined || type === '' ? {} : { contentType: type };
}

function pathOf(url: string, baseUrl: string): JsonObject {
  const rest = url.startsWith(baseUrl) ? url.slice(baseUrl.replace(/\/+$/, '').length) : url;
  const at = rest.indexOf('?');
  return at === -1 ? { path: rest, query: '' } : { path: rest.slice(0, at), query: rest.slice(at + 1) };
}

function headersOf(message: Json): readonly (readonly string[])[] {
  const headers = own(message, 'headers');
  return (isArray(headers) ? headers : []).map(header => [
    String(own(header, 'name') ?? ''),
    String(own(header, 'value') ?? ''),
  ]);
}

function bodyOf(content: Json | undefined): JsonObject {
  const text = own(content, 'text');
  if (text === undefined) return {};
  const cut = own(content, 'comment') === 'cut' ? { bodyBytes: own(content, 'size') ?? 0 } : {};
  return own(content, 'encoding') === 'base64' ? { bodyBase64: text, ...cut } : { body: text, ...cut };
}

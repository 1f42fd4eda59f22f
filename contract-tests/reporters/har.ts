/**
 * Exchanges of a run as an HTTP archive, which browsers' tools and proxies open: those that failed, or all of them.
 *
 * @see http://www.softwareishard.com/blog/har-12-spec/
 */
import { formDecode } from '../../contract/http/percent-encoding.ts';
import type { CaseFinished, Listener, RunEvent, RunSummary } from '../events.ts';
import {
  type BodyRecord,
  failureRecord,
  type RequestRecord,
  type ResponseRecord,
  responseRecord,
  sentRecord,
} from '../records.ts';
import { startRecord } from '../run-records.ts';
import { leftBehindLines } from '../summary-text.ts';
import type { ReporterContext, ReporterModule } from './reporter.ts';

export const harReporter: ReporterModule = {
  name: 'har',
  summary: 'an HTTP archive (HAR 1.2) of the exchanges that failed, or of all with --all-exchanges',
  description:
    'For the network tools of browsers and for proxies. Bodies that are no text are in Base64; answers are cut after 256 KiB. Each entry says in `_rehearsal` which case it is and what failed, and `rehearsal replay` reads it.',
  defaultFile: 'rehearsal-report.har',
  create,
};

function create(context: ReporterContext): Listener {
  const { write } = context;
  let baseUrl = '';
  let entries = 0;
  return (event: RunEvent) => {
    switch (event.kind) {
      case 'run-started':
        baseUrl = event.baseUrl;
        write('{"log":{"version":"1.2","creator":{"name":"rehearsal","version":"1"},"pages":[],');
        write(`"_rehearsal":${JSON.stringify(startRecord(event, context.mask))},"entries":[`);
        break;
      case 'case-finished':
        if (!isWanted(event, context)) break;
        write(`${entries === 0 ? '' : ','}\n${JSON.stringify(entryOf(event, baseUrl, context))}`);
        entries += 1;
        break;
      case 'operation-finished':
        break;
      case 'run-finished':
        write(`\n]${commentOf(event.summary, context)}}}\n`);
        break;
    }
  };
}

/** What could not be cleaned up, where HAR has room for words about the whole. */
function commentOf(summary: RunSummary, { mask }: ReporterContext): string {
  const left = leftBehindLines(summary).map(line => mask.text(line));
  return left.length === 0 ? '' : `,"comment":${JSON.stringify(left.join('\n'))}`;
}

function isWanted({ outcome }: CaseFinished, { allExchanges }: ReporterContext): boolean {
  return allExchanges === true || outcome.kind === 'failed' || outcome.kind === 'unanswered';
}

function entryOf({ case: tested, outcome }: CaseFinished, baseUrl: string, context: ReporterContext): object {
  const { mask, now } = context;
  const earlier = outcome.kind === 'unanswered' ? undefined : outcome.exchange.earlier;
  const { request, curl: _curl, ...about } = sentRecord(tested, baseUrl, mask, earlier);
  const answer = outcome.kind === 'unanswered' ? undefined : outcome.exchange.response;
  const ms = answer?.ms ?? 0;
  const response = answer === undefined ? undefined : responseRecord(answer, mask);
  return {
    startedDateTime: new Date((now?.() ?? ms) - ms).toISOString(),
    time: ms,
    request: requestEntry(about.baseUrl, request),
    response: responseEntry(response),
    cache: {},
    timings: { send: 0, wait: ms, receive: 0 },
    _rehearsal: {
      ...about,
      outcome: outcome.kind,
      ...(request.masked === undefined ? {} : { masked: request.masked }),
      ...(outcome.kind === 'failed'
        ? { failures: outcome.failures.map(failure => failureRecord(failure, mask)) }
        : {}),
      ...(outcome.kind === 'unanswered' ? { message: mask.text(outcome.trouble.message) } : {}),
    },
  };
}

function requestEntry(baseUrl: string, request: RequestRecord): object {
  const { method, path, query, headers, contentType } = request;
  const { text, encoding } = textOf(request);
  const type = contentType === undefined ? [] : [{ name: 'Content-Type', value: contentType }];
  return {
    method,
    url: `${baseUrl.replace(/\/+$/, '')}${path}${query === '' ? '' : `?${query}`}`,
    httpVersion: 'HTTP/1.1',
    cookies: cookiesOf(headers, 'cookie'),
    headers: [...headers.map(([name, value]) => ({ name, value })), ...type],
    queryString: query === '' ? [] : query.split('&').map(queryPair),
    ...(text === undefined
      ? {}
      : {
          postData: {
            mimeType: contentType ?? '',
            params: [],
            text,
            ...(encoding === undefined ? {} : { encoding, comment: 'Base64' }),
          },
        }),
    headersSize: -1,
    bodySize: sizeOf(request),
  };
}

/** HAR has no word for an answer that never came; browsers write the status 0. */
function responseEntry(response: ResponseRecord | undefined): object {
  const { status = 0, headers = [] } = response ?? {};
  const header = (name: string): string => headers.find(([known]) => known.toLowerCase() === name)?.[1] ?? '';
  const { text, encoding } = textOf(response ?? {});
  return {
    status,
    statusText: '',
    httpVersion: 'HTTP/1.1',
    cookies: cookiesOf(headers, 'set-cookie'),
    headers: headers.map(([name, value]) => ({ name, value })),
    content: {
      size: sizeOf(response ?? {}),
      mimeType: header('content-type'),
      ...(text === undefined ? {} : { text }),
      ...(encoding === undefined ? {} : { encoding }),
      ...(response?.bodyBytes === undefined ? {} : { comment: 'cut' }),
    },
    redirectURL: header('location'),
    headersSize: -1,
    bodySize: response === undefined ? -1 : sizeOf(response),
  };
}

function textOf({ body, bodyBase64 }: BodyRecord): {
  readonly text?: string;
  readonly encoding?: 'base64';
} {
  if (bodyBase64 !== undefined) return { text: bodyBase64, encoding: 'base64' };
  return body === undefined ? {} : { text: body };
}

function sizeOf({ body, bodyBase64, bodyBytes }: BodyRecord): number {
  if (bodyBytes !== undefined) return bodyBytes;
  return Buffer.byteLength(body ?? bodyBase64 ?? '', body === undefined ? 'base64' : 'utf8');
}

function queryPair(pair: string): object {
  const [name = '', ...rest] = pair.split('=');
  const value = rest.join('=');
  // Cases may hold a percent sign that encodes nothing.
  return { name: formDecode(name) ?? name, value: formDecode(value) ?? value };
}

function cookiesOf(headers: ResponseRecord['headers'], wanted: 'cookie' | 'set-cookie'): readonly object[] {
  return headers
    .filter(([name]) => name.toLowerCase() === wanted)
    .flatMap(([, line]) => (wanted === 'cookie' ? line.split(/;\s*/) : [line.split(';', 1)[0] ?? '']))
    .map(pair => {
      const at = pair.indexOf('=');
      return at === -1 ? { name: '', value: pair } : { name: pair.slice(0, at), value: pair.slice(at + 1) };
    });
}

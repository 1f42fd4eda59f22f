/** Where a document speaks about an answer, for findings about what HTTP asks and no line of the document says. */
import { documentedResponse, type Exchange } from '../exchange.ts';
import type { Source } from '../source.ts';

/** The response documented for the status; the operation where there is none. */
export function answerSource({ case: { operation }, response }: Exchange): Source {
  return documentedResponse(operation, response.status)?.source ?? operation.source;
}

/** The value of a request header; undefined when it was not sent. */
export function requestHeader({ case: { request } }: Exchange, name: string): string | undefined {
  return request.headers.find(([key]) => key.length === name.length && key.toLowerCase() === name)?.[1];
}

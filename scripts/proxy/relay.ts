/** Passes an answer of the real server on to the client, byte for byte, and keeps a copy of what fits into a limit. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ReadBytes } from './read-bytes.ts';

/** What was passed on; undefined when the client left before the end. */
export function relay(
  incoming: IncomingMessage,
  response: ServerResponse,
  limit: number,
): Promise<ReadBytes | undefined> {
  return new Promise(resolve => {
    let chunks: Buffer[] = [];
    let size = 0;
    const settle = (end: ReadBytes['end']): void => {
      response.off('close', left);
      resolve({ bytes: Buffer.concat(chunks), end: size > limit ? 'more' : end });
    };
    const left = (): void => {
      incoming.destroy();
      resolve(undefined);
    };
    response.on('close', left);
    incoming.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limit) chunks.push(chunk);
      else chunks = [];
      if (response.write(chunk)) return;
      incoming.pause();
      response.once('drain', () => incoming.resume());
    });
    incoming.on('end', () => {
      response.end();
      settle('whole');
    });
    incoming.on('close', () => {
      if (incoming.complete) return;
      settle('cut');
      // The client is left with as little as we have.
      response.destroy();
    });
    incoming.on('error', () => {});
    // It may have been paused by whoever read its beginning.
    incoming.resume();
  });
}

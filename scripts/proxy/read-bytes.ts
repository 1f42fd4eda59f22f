/** Reads a message's body up to a limit, so that it can be looked at; what goes beyond is only passed on. */
import type { IncomingMessage } from 'node:http';

export interface ReadBytes {
  readonly bytes: Uint8Array;
  /** `more`: it goes beyond the limit; the message is paused and holds the rest. `cut`: it broke off. */
  readonly end: 'whole' | 'more' | 'cut';
}

export function readBytes(message: IncomingMessage, limit: number): Promise<ReadBytes> {
  return new Promise(resolve => {
    const chunks: Buffer[] = [];
    let size = 0;
    const settle = (end: ReadBytes['end']): void => {
      message.off('data', onData).off('end', onEnd).off('close', onClose);
      resolve({ bytes: Buffer.concat(chunks), end });
    };
    const onData = (chunk: Buffer): void => {
      chunks.push(chunk);
      size += chunk.length;
      if (size <= limit) return;
      message.pause();
      settle('more');
    };
    const onEnd = (): void => settle('whole');
    const onClose = (): void => settle('cut');
    // What broke off tells so by closing; without an ear for the error it would end the process.
    message
      .on('data', onData)
      .on('end', onEnd)
      .on('close', onClose)
      .on('error', () => {});
  });
}

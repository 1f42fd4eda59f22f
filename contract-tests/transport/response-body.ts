/**
 * The bytes of answers on their way in. A small body is simply kept; a large one has to wait for a lane, unread, so that
 * many connections together never hold more than a few large ones.
 */
import type { IncomingMessage } from 'node:http';

const MEGABYTE = 1024 * 1024;
/** What every connection may hold without asking. */
const SMALL_BYTES = 4 * MEGABYTE;
const LANES = 2;

export interface Lanes {
  readonly enter: (begin: () => void) => void;
  readonly leave: () => void;
}

/** Lets so many in at once; the others begin in the order in which they came. */
export function newLanes(lanes: number = LANES): Lanes {
  let free = lanes;
  const waiting: (() => void)[] = [];
  return {
    enter: begin => {
      if (free === 0) {
        waiting.push(begin);
        return;
      }
      free -= 1;
      begin();
    },
    leave: () => {
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    },
  };
}

export interface BodyEnd {
  /** All of it, or as far as it came. */
  readonly whole: (body: Uint8Array) => void;
  /** The connection ended in good order before the body did. */
  readonly cut: (body: Uint8Array) => void;
  /** It grew beyond the limit. */
  readonly tooLarge: () => void;
}

export interface BodyReader {
  /** Bytes so far. */
  readonly bytes: number;
  /** Milliseconds spent waiting for a lane, which no server can be blamed for; undefined while it waits. */
  readonly waited: number | undefined;
  /** What has come so far. */
  readonly soFar: () => Uint8Array;
}

/** Reads a body to its end; exactly one of the ends is called. */
export function readBody(incoming: IncomingMessage, limit: number, lanes: Lanes, end: BodyEnd): BodyReader {
  const chunks: Uint8Array[] = [];
  const reader: { bytes: number; waited: number | undefined; readonly soFar: () => Uint8Array } = {
    bytes: 0,
    waited: 0,
    soFar: () => joined(chunks),
  };
  let lane: 'none' | 'asked' | 'held' | 'left' = 'none';
  const leave = (): void => {
    if (lane === 'held') lanes.leave();
    lane = 'left';
  };
  const ask = (): void => {
    lane = 'asked';
    const since = performance.now();
    reader.waited = undefined;
    incoming.pause();
    lanes.enter(() => {
      // It may have been given up meanwhile.
      if (lane === 'left') {
        lanes.leave();
        return;
      }
      lane = 'held';
      reader.waited = performance.now() - since;
      incoming.resume();
    });
  };
  incoming.on('data', (chunk: Uint8Array) => {
    reader.bytes += chunk.length;
    if (reader.bytes > limit) {
      leave();
      end.tooLarge();
      return;
    }
    chunks.push(chunk);
    if (reader.bytes > SMALL_BYTES && lane === 'none') ask();
  });
  incoming.on('end', () => {
    const body = joined(chunks);
    if (lane !== 'none') leave();
    end.whole(body);
  });
  incoming.on('error', () => {
    if (lane !== 'none') leave();
    end.cut(joined(chunks));
  });
  return reader;
}

function joined(chunks: readonly Uint8Array[]): Uint8Array {
  const [only] = chunks;
  return chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks);
}

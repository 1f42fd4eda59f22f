/** Percent-encoding in requests. What is no encoding at all is an error; bytes that are no UTF-8 become U+FFFD, as in Java. */
import { GatewayFailure } from './failure.ts';

const BROKEN = /%(?![0-9a-fA-F]{2})/;

/** @throws GatewayFailure for a `%` without two hexadecimal digits */
export function decoded(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    refuseBroken(text);
    return lossy(text);
  }
}

/** As in a query: a plus sign is a space. @throws GatewayFailure for a `%` without two hexadecimal digits */
export function formDecoded(text: string): string {
  return decoded(text.includes('+') ? text.replaceAll('+', ' ') : text);
}

/** @throws GatewayFailure for a `%` without two hexadecimal digits */
export function refuseBroken(text: string): void {
  if (text.includes('%') && BROKEN.test(text)) throw new GatewayFailure('DEFAULT_4XX', { status: 400 });
}

function lossy(text: string): string {
  const bytes = Buffer.from(text).toString('latin1');
  const raw = bytes.replace(/%([0-9a-fA-F]{2})/g, (_all, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(raw, 'latin1').toString();
}

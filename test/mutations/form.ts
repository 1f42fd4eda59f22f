/** Reads forms of several parts, which carry files. */
import { type Asked, Refusal } from './served.ts';
import { contentType } from './texts.ts';

/** The parts of a form by name (RFC 7578). */
export function partsOf(asked: Asked): ReadonlyMap<string, Buffer> {
  const parts = new Map<string, Buffer>();
  if (contentType(asked) !== 'multipart/form-data') return parts;
  const boundary = /boundary="?([^";]+)"?/i.exec(asked.headers['content-type'] ?? '')?.[1];
  if (boundary === undefined) throw new Refusal(400, 'the form has no boundary');
  const whole = asked.body.toString('latin1');
  if (!whole.includes(`--${boundary}--`)) throw new Refusal(400, 'the form does not end');
  for (const section of whole.split(`--${boundary}`).slice(1, -1)) {
    const end = section.indexOf('\r\n\r\n');
    const name = /name="([^"]*)"/i.exec(section.slice(0, end))?.[1];
    if (end === -1 || name === undefined) throw new Refusal(400, 'a part of the form has no name');
    parts.set(name, Buffer.from(section.slice(end + 4, -2), 'latin1'));
  }
  return parts;
}

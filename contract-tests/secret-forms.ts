/** The forms in which a secret comes back: servers quote what they were sent in JSON, in URLs, in HTML and in Base64. */

/** A part of a Base64 text shorter than this would be found by chance. */
const SHORTEST_CORE = 8;

/** The secret as it is, and as it reads once written into something else. */
export function secretForms(secret: string): ReadonlySet<string> {
  const text = secret.toWellFormed();
  const percent = encodeURIComponent(text);
  const json = JSON.stringify(text).slice(1, -1);
  return new Set([
    secret,
    percent,
    percent.replace(/%[0-9A-F]{2}/g, code => code.toLowerCase()),
    // RFC 3986's reserved marks, which encodeURIComponent leaves as they are, and a form's plus for a blank.
    percent.replace(/[!'()*]/g, mark => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`),
    new URLSearchParams([['', text]]).toString().slice(1),
    json,
    json.replaceAll('/', '\\/'),
    json.replace(/[^\x20-\x7e]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
    text.replace(/[&<>"']/g, mark => `&#${mark.charCodeAt(0)};`),
    text.replace(/[&<>"]/g, mark => ENTITIES[mark] ?? mark),
    text.replace(/[&<>"']/g, mark => ENTITIES[mark] ?? mark),
    ...base64Cores(text),
  ]);
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/**
 * The secret in Base64, alone and as a part of something longer: three bytes make four characters, so it may begin at
 * any of three offsets, and what its ends share with their neighbours is cut off.
 */
function base64Cores(text: string): readonly string[] {
  const bytes = Buffer.from(text, 'utf8');
  const found: string[] = [];
  for (const before of [0, 1, 2]) {
    const encoded = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    const first = Math.ceil((before * 8) / 6);
    const last = Math.floor(((before + bytes.length) * 8) / 6);
    const core = encoded.slice(first, last);
    if (core.length >= SHORTEST_CORE)
      found.push(core, core.replaceAll('+', '-').replaceAll('/', '_'), core.replaceAll('/', '\\/'));
  }
  const whole = bytes.toString('base64');
  return [whole, whole.replace(/=+$/, ''), whole.replaceAll('+', '-').replaceAll('/', '_'), ...found];
}

/**
 * URIs, IRIs and URI templates.
 *
 * @see https://www.rfc-editor.org/rfc/rfc3986
 * @see https://www.rfc-editor.org/rfc/rfc6570
 */
import { isIpv6 } from './host.ts';

interface UriKind {
  readonly absolute: boolean;
  readonly international: boolean;
}

/** RFC 3986 by its own splitting (appendix B), then each part by its characters; RFC 3987 adds letters. */
export function isUri(value: string, { absolute, international }: UriKind): boolean {
  const match = /^(?:([^:/?#]+):)?(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#([\s\S]*))?$/.exec(value);
  if (match === null) return false;
  const [, scheme, authority, path = '', query = '', fragment = ''] = match;
  if (scheme === undefined ? absolute : !/^[a-z][a-z0-9+.-]*$/i.test(scheme)) return false;
  const allowed = international ? INTERNATIONAL : ASCII;
  if (authority !== undefined && !isAuthority(authority, allowed)) return false;
  // Without an authority, `//` would begin one; without a scheme, a colon in the first segment would end one.
  if (authority === undefined && path.startsWith('//')) return false;
  if (scheme === undefined && authority === undefined && /^[^/]*:/.test(path)) return false;
  return isText(path, allowed.path) && isText(query, allowed.query) && isText(fragment, allowed.fragment);
}

interface Characters {
  readonly host: RegExp;
  readonly user: RegExp;
  readonly path: RegExp;
  readonly query: RegExp;
  readonly fragment: RegExp;
}

const ASCII: Characters = {
  host: /^[\w.~!$&'()*+,;=%-]*$/,
  user: /^[\w.~!$&'()*+,;=:%-]*$/,
  path: /^[\w.~!$&'()*+,;=:@/%-]*$/,
  query: /^[\w.~!$&'()*+,;=:@/?%-]*$/,
  fragment: /^[\w.~!$&'()*+,;=:@/?%-]*$/,
};

const INTERNATIONAL: Characters = {
  host: /^[\w.~!$&'()*+,;=%\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef\u{10000}-\u{efffd}-]*$/u,
  user: /^[\w.~!$&'()*+,;=:%\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef\u{10000}-\u{efffd}-]*$/u,
  path: /^[\w.~!$&'()*+,;=:@/%\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef\u{10000}-\u{efffd}-]*$/u,
  query:
    /^[\w.~!$&'()*+,;=:@/?%\u00a0-\ud7ff\ue000-\uf8ff\uf900-\ufdcf\ufdf0-\uffef\u{10000}-\u{10fffd}-]*$/u,
  fragment: /^[\w.~!$&'()*+,;=:@/?%\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef\u{10000}-\u{efffd}-]*$/u,
};

function isText(value: string, allowed: RegExp): boolean {
  return allowed.test(value) && !/%(?![0-9a-f]{2})/i.test(value);
}

function isAuthority(authority: string, allowed: Characters): boolean {
  const at = authority.lastIndexOf('@');
  if (at !== -1 && !isText(authority.slice(0, at), allowed.user)) return false;
  const place = authority.slice(at + 1);
  const literal = /^\[([^\]]*)\](?::[0-9]*)?$/.exec(place)?.[1];
  if (literal !== undefined) {
    return isIpv6(literal) || /^v[0-9a-f]+\.[\w.~!$&'()*+,;=:-]+$/i.test(literal);
  }
  const colon = place.indexOf(':');
  const host = colon === -1 ? place : place.slice(0, colon);
  return isText(host, allowed.host) && (colon === -1 || /^[0-9]*$/.test(place.slice(colon + 1)));
}

/** RFC 6570. */
export function isUriTemplate(value: string): boolean {
  for (let at = 0; at < value.length; ) {
    const open = value.indexOf('{', at);
    const literal = value.slice(at, open === -1 ? value.length : open);
    if (/[\u0000- "'<>\\^`|}\u007f]/.test(literal) || /%(?![0-9a-f]{2})/i.test(literal)) return false;
    if (open === -1) return true;
    const close = value.indexOf('}', open);
    if (close === -1 || !isExpression(value.slice(open + 1, close))) return false;
    at = close + 1;
  }
  return true;
}

function isExpression(expression: string): boolean {
  return expression
    .replace(/^[+#./;?&=,!@|]/, '')
    .split(',')
    .every(variable =>
      /^(?:\w|%[0-9a-f]{2})(?:[\w.]|%[0-9a-f]{2})*(?::[1-9][0-9]{0,3}|\*)?$/i.test(variable),
    );
}

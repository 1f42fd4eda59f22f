/**
 * Hosts and the mailboxes on them: host names, addresses, email.
 *
 * @see https://www.rfc-editor.org/rfc/rfc1123#section-2.1
 * @see https://www.rfc-editor.org/rfc/rfc5321#section-4.1.2
 */

/** What nearly all addresses look like; short ones cannot break a limit of length. */
const USUAL_EMAIL = /^[a-z0-9_+-]+(?:\.[a-z0-9_+-]+)*@[a-z0-9]+(?:[.-][a-z0-9]+)*$/i;

/** RFC 5321's mailbox; `international` adds RFC 6531's characters. */
export function isEmail(value: string, international: boolean): boolean {
  if (value.length <= 64 && USUAL_EMAIL.test(value)) return true;
  if (value.length > 320) return false;
  const at = value.lastIndexOf('@');
  const local = value.slice(0, at);
  const domain = value.slice(at + 1);
  if (at < 1 || (!international && local.length > 64)) return false;
  const atom = international ? /^[\w!#$%&'*+/=?^`{|}~\u0080-\u{10ffff}-]+$/u : /^[\w!#$%&'*+/=?^`{|}~-]+$/;
  const quoted = international
    ? /^"(?:[ !#-[\]-~\u0080-\u{10ffff}]|\\[ -~])*"$/u
    : /^"(?:[ !#-[\]-~]|\\[ -~])*"$/;
  if (!quoted.test(local) && !local.split('.').every(part => atom.test(part))) return false;
  if (domain.startsWith('[') && domain.endsWith(']')) {
    const address = domain.slice(1, -1);
    return isIpv4(address) || (address.startsWith('IPv6:') && isIpv6(address.slice(5)));
  }
  return international ? isIdnHostname(domain) : isHostname(domain);
}

/** RFC 1123. Whether an `xn--` label decodes to letters that IDNA allows is not asked. */
export function isHostname(value: string): boolean {
  if (value.length <= 63 && /^[a-z0-9]+(?:[.-][a-z0-9]+)*$/i.test(value)) return true;
  if (value.length === 0 || value.length > 253) return false;
  return value.split('.').every(label => {
    if (!/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i.test(label)) return false;
    return label.slice(2, 4) !== '--' || /^xn--./i.test(label);
  });
}

/** What UTS 46 makes an ASCII host name of. The engine's URL knows its tables. */
export function isIdnHostname(value: string): boolean {
  if (value === '' || value.length > 1000) return false;
  // The dots that UTS 46 reads as dots.
  const dotted = value.replace(/[\u3002\uff0e\uff61]/g, '.');
  if (/[\u0000- "#$%&'()*+,/:;<=>?@[\\\]^_`{|}~!\u007f]/.test(dotted)) return false;
  const ascii = urlHost(dotted);
  return (
    ascii !== undefined &&
    ascii.length <= 253 &&
    ascii.split('.').every(label => label.length > 0 && label.length <= 63)
  );
}

function urlHost(value: string): string | undefined {
  try {
    // The letter keeps `1.2` from being read as an IPv4 address.
    const host = new URL(`http://a.${value}.a/`).hostname;
    return host.slice(2, -2);
  } catch {
    return undefined;
  }
}

export function isIpv4(value: string): boolean {
  const parts = value.split('.', 5);
  return (
    parts.length === 4 && parts.every(part => /^(?:0|[1-9][0-9]{0,2})$/.test(part) && Number(part) <= 255)
  );
}

export function isIpv6(value: string): boolean {
  if (value.length > 45 || value.length < 2) return false;
  const halves = value.split('::');
  if (halves.length > 2) return false;
  let groups = 0;
  for (const [index, half] of halves.entries()) {
    if (half === '') continue;
    const parts = half.split(':');
    for (const [place, part] of parts.entries()) {
      const last = index === halves.length - 1 && place === parts.length - 1;
      if (last && part.includes('.')) {
        if (!isIpv4(part)) return false;
        groups += 2;
      } else {
        if (!/^[0-9a-f]{1,4}$/i.test(part)) return false;
        groups += 1;
      }
    }
  }
  // An empty half is only right beside `::`.
  if (halves.length === 1) return groups === 8 && !value.startsWith(':') && !value.endsWith(':');
  return groups <= 7;
}

/**
 * Texts as they have to stand in a mapping template to come out of it unchanged. What means something to Velocity is
 * put in by references to one-character texts, which the template sets at its beginning; nothing rests on escapes, whose
 * meaning depends on what follows.
 *
 * @see https://velocity.apache.org/engine/1.7/user-guide.html#escaping-vtl-directives
 */

/** A text for the middle of a template, between other things of any kind. */
export function literal(text: string): string {
  // A backslash changes what follows it, so those that end up before a reference or a directive become one.
  const escaped = text.replace(/\\+(?=[$#]|$)|[$#]/g, found =>
    found === '$' ? '${d}' : found === '#' ? '${h}' : '${b}'.repeat(found.length),
  );
  // Blanks and line ends beside directives are taken for layout.
  const start = /^\s/.test(escaped) ? '${e}' : '';
  const end = /\s$/.test(escaped) ? '${e}' : '';
  return `${start}${escaped}${end}`;
}

/** What has to stand before texts that were made by {@link literal}: only what one of them needs. */
export function settingsFor(template: string): string {
  const settings = [
    ['${d}', "#set($d = '$')"],
    ['${h}', "#set($h = '#')"],
    ['${b}', "#set($b = '\\')"],
    ['${e}', "#set($e = '')"],
  ] as const;
  return settings
    .filter(([reference]) => template.includes(reference))
    .map(([, setting]) => setting)
    .join('');
}

/** A text as a string of Velocity's that nothing is looked up in. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** What un-serialising leaves before any schema has spoken: texts and their structure, or why there is none. */

/** Texts, and lists or named members of them. */
export type Raw = string | readonly Raw[] | ReadonlyMap<string, Raw>;

export interface Malformed {
  readonly malformed: string;
}

/** The characters behind an encoded text; undefined when it cannot be decoded. */
export type Decode = (text: string) => string | undefined;

export function undecodable(text: string): Malformed {
  const shown = text.length > 40 ? `${text.slice(0, 40)}…` : text;
  return { malformed: `${JSON.stringify(shown)} is not percent-encoded UTF-8` };
}

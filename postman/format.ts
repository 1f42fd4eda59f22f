/**
 * Postman's collection format 2.1.0 and its environments, as far as they are written here, each type in the order of its
 * keys.
 *
 * @see https://schema.postman.com/collection/json/v2.1.0/draft-07/docs/index.html
 */
import type { Json, JsonObject } from '../contract/json/value.ts';
import { stableId } from './stable-id.ts';

export const COLLECTION_SCHEMA = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';

export type KeyValue = {
  readonly key: string;
  readonly value: string | null;
};

export type Auth = { readonly type: string } & JsonObject;

export type ItemRequest = {
  readonly method: string;
  readonly header: readonly KeyValue[];
  readonly url: JsonObject;
} & JsonObject;

export type Item = { readonly id: string; readonly name: string; readonly request: ItemRequest } & JsonObject;

export type Folder = {
  readonly id: string;
  readonly name: string;
  readonly item: readonly (Folder | Item)[];
} & JsonObject;

/** `members` without those that are undefined. */
export function written(members: Readonly<Record<string, Json | undefined>>): JsonObject {
  return Object.fromEntries(
    Object.entries(members).filter((entry): entry is [string, Json] => entry[1] !== undefined),
  );
}

/** @param key - what its id is made of */
export function folder(
  name: string,
  description: string | undefined,
  item: Folder['item'],
  key: string,
): Folder {
  return {
    id: stableId(`${key} folder`),
    name,
    ...(description === undefined ? {} : { description }),
    item,
  };
}

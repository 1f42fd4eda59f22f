/**
 * What the answer to a step of a sequence must show beyond what every answer must. Steps are named by their number in
 * the sequence, and found again among an exchange's `earlier` ones. Types only.
 */
import type { Json } from './json/value.ts';

/** Where a case stands in a sequence. */
export interface SequencePlace {
  /** The sequence's id. */
  readonly sequence: string;
  /** The number of the step, from 0. A step that was not made leaves a gap, a walk through pages has one number. */
  readonly index: number;
  readonly claims: readonly Claim[];
}

export type Claim =
  /** What step `made` made can be read. */
  | { readonly kind: 'readable'; readonly made: number }
  /** The address that step `made` gave in Location leads to something. */
  | { readonly kind: 'located'; readonly made: number }
  /** The answer holds what step `written` sent. */
  | { readonly kind: 'shows'; readonly written: number; readonly how: 'created' | 'updated' }
  /** What step `written` did not send is as it was in the answer to step `before`. */
  | { readonly kind: 'keeps'; readonly before: number; readonly written: number }
  /** What step `first` sent, step `before` showed, and step `written` left out when it replaced all is not shown any more. */
  | { readonly kind: 'drops'; readonly first: number; readonly before: number; readonly written: number }
  /** The thing is as in step `before`: what step `written` wrote or removed is another one beside it. */
  | { readonly kind: 'untouched'; readonly before: number; readonly written: number }
  /** What step `removed` removed is not there: neither to be read nor to be deleted once more. */
  | { readonly kind: 'gone'; readonly removed: number; readonly by: 'read' | 'delete' }
  /** What nobody made is not there. */
  | { readonly kind: 'unknown' }
  /** The answer is that of step `before`, although step `refused` tried to change it. */
  | { readonly kind: 'unchanged'; readonly before: number; readonly refused: number }
  /** What is like that of step `refused` but for its values is taken, so what both refer to was no reason for the refusal. */
  | { readonly kind: 'likewise'; readonly refused: number }
  /** The answer is that of step `as`, although the same was written once more. */
  | { readonly kind: 'same'; readonly as: number }
  /** The thing is another one than that of step `than`. */
  | { readonly kind: 'another'; readonly than: number; readonly id: string | undefined }
  /** The thing is that of step `as`, which was sent with the same Idempotency-Key. */
  | { readonly kind: 'same-one'; readonly as: number; readonly id: string | undefined }
  /** The answer to HEAD is that of step `get` without its body, in all that was the same in step `first`. `documented`: the document speaks of HEAD. */
  | { readonly kind: 'head-of'; readonly get: number; readonly first: number; readonly documented: boolean }
  /** The client has what it asks for already, by the ETag of step `of`. */
  | { readonly kind: 'not-modified'; readonly of: number }
  /** The client knows another version than there is, so nothing may be done. */
  | { readonly kind: 'precondition' }
  /** What step `written` changed has another ETag than in step `before`. */
  | { readonly kind: 'new-tag'; readonly before: number; readonly written: number }
  /** Whoever asks so is known: the same was answered in one of the steps `as`, where others asked. */
  | { readonly kind: 'admitted'; readonly as: readonly number[] }
  /** The link `name` of step `from` leads to something. */
  | { readonly kind: 'linked'; readonly from: number; readonly name: string }
  /** A page of a walk through a list: no item was on a page before, there are not more than asked for, and there is an end. */
  | {
      readonly kind: 'page';
      readonly shape: ListShape;
      readonly size: number | undefined;
      readonly more: MorePages;
    }
  /** The pages up to this one, if it is the last, hold the items with these ids. */
  | {
      readonly kind: 'lists';
      readonly shape: ListShape;
      readonly more: MorePages;
      readonly ids: readonly string[];
    }
  /** The list at `items` holds none whose `property` is another than `value`. */
  | { readonly kind: 'filtered'; readonly items: string; readonly property: string; readonly value: Json }
  /** None of the pages up to this one holds an item with one of these ids. */
  | { readonly kind: 'unlisted'; readonly shape: ListShape; readonly ids: readonly string[] };

/** Where the items stand in a list, and the property that tells them apart. */
export interface ListShape {
  /** JSON pointer to the list. */
  readonly items: string;
  readonly id: string;
}

/** How an answer shows that there is a further page. */
export type MorePages =
  | { readonly kind: 'none' }
  /** There may be one behind each that is full. */
  | {
      readonly kind: 'full';
      readonly size: number;
      /** The document says how long a page may be, so that none of this size is cut short. */
      readonly firm: boolean;
    }
  | { readonly kind: 'token'; readonly pointer: string }
  | { readonly kind: 'link' };

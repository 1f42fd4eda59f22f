/** What every step of a homecoming sees: the document, the export, and what API Gateway was given when they parted. */
import type { Json } from '../../contract/json/value.ts';
import type { Contract, Schema } from '../../contract/model.ts';
import type { Source } from '../../contract/source.ts';
import type { PlacedOperation } from '../document/resource-paths.ts';
import type { Drafts } from './drafts.ts';
import type { GatewayView } from './gateway-view.ts';
import type { WrittenParts } from './written-parts.ts';

/** Something of the export that is in the document from now on. */
export interface Arrival {
  readonly what: string;
  readonly there: Source;
}

/** Something that a person has to decide: nothing of it is in the document. */
export interface Conflict {
  readonly message: string;
  /** In the document. */
  readonly here: Source;
  /** In the export. */
  readonly there: Source;
  readonly fix: string;
}

/** Something that is left as it is, and why. */
export interface Remark {
  readonly message: string;
  readonly source: Source;
}

export interface Homecoming {
  readonly contract: Contract;
  readonly theirs: GatewayView;
  /** What would be exported if the document was deployed now. */
  readonly now: GatewayView;
  /** What was deployed when the two parted; `now` where nobody has said. */
  readonly base: GatewayView;
  readonly placed: readonly PlacedOperation[];
  /** The schema that each model is made of. */
  readonly models: ReadonlyMap<string, Schema>;
  /** Models as they would be if the document was deployed as Swagger 2.0. */
  readonly asSwagger: () => GatewayView['models'];
  readonly parts: WrittenParts;
  readonly drafts: Drafts;
  readonly arrive: (what: string, pointer: string) => void;
  readonly clash: (message: string, here: Source, pointer: string, fix: string) => void;
  readonly remark: (message: string, source: Source) => void;
}

/**
 * Who changed a thing: `nobody` when the export says what was deployed or what the document says, `there` when only the
 * export did, `both` when the document has become something else too.
 *
 * @param same - whether the first, of a document, is said by the second, of the export
 */
export function whoChanged(
  {
    base,
    now,
    theirs,
  }: { readonly base: Json | undefined; readonly now: Json | undefined; readonly theirs: Json },
  same: (ours: Json, theirs: Json) => boolean,
): 'nobody' | 'there' | 'both' {
  if (base !== undefined && same(base, theirs)) return 'nobody';
  if (now !== undefined && same(now, theirs)) return 'nobody';
  if (base === undefined || now === undefined) return base === now ? 'there' : 'both';
  return same(base, now) || base === now ? 'there' : 'both';
}

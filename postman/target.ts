/** The target `postman`: for each document a collection, and an environment for each of its servers. */

import type { JsonObject } from '../contract/json/value.ts';
import type { Contract } from '../contract/model.ts';
import type { Depth } from '../contract/plan/cases/options.ts';
import {
  defineTarget,
  type GeneratedFile,
  madeBy,
  type Target,
  type TargetInput,
} from '../contract/target.ts';
import { type Collection, collectionOf } from './collection.ts';
import { dataText } from './data-rows.ts';
import { environmentsOf } from './environments.ts';
import { layOut } from './layout.ts';
import { isRemovable, mergeFile } from './merge/merge-file.ts';
import { withRecord } from './merge/record.ts';

export const postmanTarget: Target = defineTarget({
  name: 'postman',
  summary: 'a Postman collection with one item for each case, and its environments',
  folder: 'postman',
  requires: [],
  emit,
  losses: input => made(input).losses,
  merge: mergeFile,
  removable: isRemovable,
});

/** The requests of `rehearsal test`. Of a document with a thousand operations they are some forty megabytes. */
const DEFAULT_DEPTH: Depth = 'standard';

const known = new WeakMap<Contract, Map<string, Collection>>();

/** The file and the list of losses come of one making. */
function made({ name, contract, spec, depth = DEFAULT_DEPTH }: TargetInput): Collection {
  const wanted = `${depth} ${name} ${spec}`;
  const all = known.get(contract) ?? new Map<string, Collection>();
  known.set(contract, all);
  const collection = all.get(wanted) ?? collectionOf(contract, { key: name, depth, madeBy: sentence(spec) });
  all.set(wanted, collection);
  return collection;
}

function emit(input: TargetInput): readonly GeneratedFile[] {
  const { name, contract, spec, addresses } = input;
  const { collection, data } = made(input);
  return [
    file(`collections/${name}.postman_collection.json`, withRecord(collection)),
    ...environmentsOf(contract, name, sentence(spec), addresses).map(({ name: server, environment }) =>
      file(`environments/${name}.${server}.postman_environment.json`, environment),
    ),
    ...data.map(({ name: operation, rows }) => ({
      path: `data/${name}.${operation}.json`,
      text: dataText(rows, sentence(spec)),
    })),
  ];
}

/** The files stand one folder further down than the target's. */
function sentence(spec: string | undefined): string {
  const relative = spec !== undefined && !/^([a-z]+:|\/)/i.test(spec);
  return madeBy('postman', relative ? `../${spec}` : spec);
}

function file(path: string, value: JsonObject): GeneratedFile {
  return { path, text: layOut(value) };
}

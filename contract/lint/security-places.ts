/** Every scope that a `security` list asks for, with its place: the model settles inheritance and forgets where. */
import { joinPointer } from '../json/pointer.ts';
import { isArray, isObject, own } from '../json/value.ts';
import type { Source } from '../source.ts';
import type { Survey } from './survey.ts';

interface RequiredScope {
  readonly name: string;
  readonly scope: string;
  readonly source: Source;
}

/** The scopes of the document's `security` and of each operation's own. */
export function contextSecurity({ contract, operations, rawAt }: Survey): readonly RequiredScope[] {
  return [contract.source, ...operations.map(({ operation }) => operation.source)].flatMap(owner => {
    const list = own(rawAt(owner), 'security');
    if (!isArray(list)) return [];
    return list.flatMap((requirement, index) =>
      (isObject(requirement) ? Object.entries(requirement) : []).flatMap(([name, scopes]) =>
        (isArray(scopes) ? scopes : []).flatMap((scope, at) =>
          typeof scope === 'string'
            ? [
                {
                  name,
                  scope,
                  source: { ...owner, pointer: joinPointer(owner.pointer, 'security', index, name, at) },
                },
              ]
            : [],
        ),
      ),
    );
  });
}

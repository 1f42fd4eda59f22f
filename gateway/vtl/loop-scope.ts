/** `$foreach`: where a loop is, the loop around it, and what the template keeps in it. */
import { HostObject, isMap, type Value, type ValueMap } from './values.ts';

/** The scope of one loop. It owns its names: `#set($foreach.mine = 1)` keeps a value for the length of the loop. */
export class LoopScope extends HostObject {
  index = -1;
  hasNext = false;
  readonly parent: LoopScope | undefined;
  readonly #replaced: Value;
  readonly storage: ValueMap = new Map();

  constructor(before: Value) {
    super('foreach', {});
    this.parent = before instanceof LoopScope ? before : undefined;
    this.#replaced = before instanceof LoopScope ? null : before;
  }

  /** What `$foreach` was before the outermost loop. */
  get replaced(): Value {
    return this.#replaced ?? this.parent?.replaced ?? null;
  }

  override property(name: string): Value {
    switch (name) {
      case 'index':
        return this.index;
      case 'count':
        return this.index + 1;
      case 'hasNext':
        return this.hasNext;
      case 'first':
        return this.index < 1;
      case 'last':
        return !this.hasNext;
      case 'parent':
        return this.parent ?? null;
      case 'topmost': {
        let top: LoopScope = this;
        while (top.parent !== undefined) top = top.parent;
        return top;
      }
      case 'replaced':
        return this.replaced;
      default:
        return this.storage.get(name) ?? null;
    }
  }

  override call(name: string, args: readonly Value[]): Value | undefined {
    const [key, value] = args;
    if (name === 'get' && key !== undefined) return this.storage.get(key) ?? null;
    if (name === 'put' && key !== undefined && value !== undefined) {
      const before = this.storage.get(key) ?? null;
      this.storage.set(key, value);
      return before;
    }
    const member = /^(?:get|is)([A-Z])(\w*)$/.exec(name);
    if (args.length > 0) return undefined;
    if (name === 'hasNext') return this.hasNext;
    if (member === null) return undefined;
    const found = `${member[1]?.toLowerCase() ?? ''}${member[2] ?? ''}`;
    return MEMBERS.has(found) ? this.property(found) : undefined;
  }

  override set(name: string, value: Value): boolean {
    this.storage.set(name, value);
    return true;
  }

  override toText(write: (value: Value) => string): string {
    return write(this.storage);
  }
}

const MEMBERS: ReadonlySet<string> = new Set([
  'index',
  'count',
  'hasNext',
  'first',
  'last',
  'parent',
  'topmost',
  'replaced',
]);

/** The items of what `#foreach` goes through; undefined for what it does not go through. */
export function itemsOf(value: Value): readonly Value[] | undefined {
  if (Array.isArray(value)) return value;
  if (isMap(value)) return [...value.values()];
  if (value instanceof LoopScope) return [...value.storage.values()];
  return value instanceof HostObject ? value.items?.() : undefined;
}

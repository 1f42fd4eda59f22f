/**
 * Template text to tokens, as Velocity 1.7 cuts it: what a character means depends on a stack of states, a token is the
 * longest that any rule of the state finds, and some rules only begin a token that the next one ends (`$`, `#`), which
 * is why `$ #set(` loses its `$`. Odd as some of it is, templates in use rely on it, so the machine is kept whole.
 *
 * @see https://velocity.apache.org/engine/1.7/vtl-reference.html
 */
import { SyntaxFault } from './template-error.ts';
import { type Rule, rulesAt } from './token-rules.ts';
import type { State, Token } from './tokens.ts';

/** What is remembered of a state while another is on. */
interface Shelved {
  readonly state: State;
  readonly opened: number;
  readonly closed: number;
}

/** A lexer that goes forward only; the parser looks ahead by keeping tokens. */
export interface Lexer {
  next(): Token;
  /** After a directive's name: reads on as in its parentheses. */
  enterDirective(): void;
  /** After a directive's name without parentheses: back to text. */
  leaveDirective(): void;
  /** After `#set(…)`. */
  endSet(): void;
  /** True when the next character that is no blank is an opening parenthesis. */
  beforeParenthesis(): boolean;
}

export function newLexer(source: string): Lexer {
  const shelf: Shelved[] = [];
  let state: State = 'text';
  /** Parentheses seen in this state. */
  let opened = 0;
  let closed = 0;
  let inSet = false;
  let inComment = false;
  let at = 0;

  const push = (next: State): void => {
    shelf.push({ state, opened, closed });
    opened = 0;
    state = next;
  };
  const pop = (): boolean => {
    const back = shelf.pop();
    opened = back?.opened ?? 0;
    closed = back?.closed ?? closed;
    state = back?.state ?? 'text';
    return back !== undefined;
  };
  /** Drops to the state whose parenthesis this one closes. */
  const closeParenthesis = (): void => {
    if (inComment) return;
    while (opened === 0) if (!pop()) return;
    if (opened === closed + 1) pop();
    else closed += 1;
  };

  /** What a rule does beside making a token. Returns where the token ends. */
  const act = (rule: Rule, end: number): number => {
    switch (rule.kind) {
      case 'dollar':
        if (inComment) break;
        if (state === 'reference') pop();
        push('reference');
        break;
      case 'hash':
        if (inComment) break;
        if (state === 'reference' || state === 'modifier') pop();
        push('hash');
        break;
      case 'verbatim':
      case 'comment':
      case 'line comment': {
        const ended = rule.sort === 'token' && rule.kind !== 'line comment';
        if (ended) {
          inComment = false;
          pop();
          break;
        }
        if (inComment) break;
        if (rule.kind === 'line comment' && state === 'reference') pop();
        inComment = true;
        push(rule.kind);
        return rule.backs === undefined ? end : end - rule.backs;
      }
      case 'line end':
        inComment = false;
        pop();
        break;
      case 'set':
        push('directive');
        inSet = true;
        opened += 1;
        break;
      case '(':
        opened += 1;
        if (state === 'modifier') state = 'arguments';
        break;
      case ')':
        closeParenthesis();
        break;
      case 'arguments )':
        state = 'reference';
        break;
      case 'index [':
        push('index');
        break;
      case 'index ]':
      case 'reference }':
      case 'end':
      case 'else':
        pop();
        break;
      case 'if':
      case 'elseif':
        state = 'directive';
        break;
      case 'dot':
        state = 'modifier';
        return end - 1;
      case 'integer':
        if (source.startsWith('..', end - 2)) end -= 2;
        if (opened === 0 && !inSet && state !== 'arguments' && state !== 'index') pop();
        break;
      case 'double':
        if (opened === 0 && !inSet && state !== 'arguments') pop();
        break;
      case 'string':
        if (state === 'directive' && !inSet && opened === 0) pop();
        break;
      case 'terminator':
        pop();
        return end - 1;
      default:
    }
    return end;
  };

  return {
    next() {
      let start = at;
      let special = '';
      let lastSpecial = '';
      for (;;) {
        if (at >= source.length) {
          if (start < at) {
            throw new SyntaxFault(start, `the template ends within ${shown(source.slice(start, at))}`);
          }
          return { kind: 'end of template', image: '', at, special };
        }
        const { rule, end } = longest(source, at, state);
        if (rule === undefined) {
          throw new SyntaxFault(at, `${shown(source.charAt(at))} has no meaning ${PLACES[state]}`);
        }
        const found = end;
        at = act(rule, end);
        if (rule.sort === 'token') {
          // A dot keeps nothing of what began it.
          const image = rule.kind === 'dot' ? '.' : source.slice(start, at);
          return { kind: rule.kind, image, at: start, special: lastSpecial.startsWith('##') ? '' : special };
        }
        if (rule.sort === 'special') {
          lastSpecial = source.slice(start, found);
          special += signsOf(lastSpecial);
        }
        if (rule.sort !== 'more') start = at;
      }
    },
    enterDirective() {
      state = 'directive';
    },
    leaveDirective() {
      pop();
    },
    endSet() {
      inSet = false;
    },
    beforeParenthesis() {
      let next = at;
      while (next < source.length && ' \t\n\r'.includes(source.charAt(next))) next += 1;
      return source.charAt(next) === '(';
    },
  };
}

/** The rule that finds the longest token here; of equal ones the first. */
function longest(source: string, at: number, state: State): { readonly rule?: Rule; readonly end: number } {
  let best: Rule | undefined;
  let end = at;
  for (const rule of rulesAt(state, source.charCodeAt(at))) {
    const found = rule.find(source, at);
    if (found > end) {
      best = rule;
      end = found;
    }
  }
  return best === undefined ? { end } : { rule: best, end };
}

/** What is kept of a text that the machine passes over: signs, and backslashes before a `$`; what follows those goes. */
function signsOf(passed: string): string {
  let signs = '';
  for (const [, escaped, sign] of passed.matchAll(/(\\+\$)[\s\S]?|([#$])/g)) signs += escaped ?? sign ?? '';
  return signs;
}

const PLACES: Readonly<Record<State, string>> = {
  text: 'in text',
  reference: 'after a reference',
  modifier: 'after a dot',
  index: 'in square brackets after a reference',
  directive: 'in a directive',
  arguments: 'among the arguments of a method',
  hash: 'after "#"',
  verbatim: 'in "#[["',
  comment: 'in a comment',
  'line comment': 'in a comment',
};

/** A piece of a template as an error shows it. */
export function shown(image: string): string {
  const line = image.length > 20 ? `${image.slice(0, 20)}…` : image;
  return JSON.stringify(line);
}

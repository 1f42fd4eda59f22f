/** A template as a tree. Types only; every node knows the offset at which it begins. */

export type Block = readonly Statement[];

export type Statement =
  | { readonly kind: 'text'; readonly text: string }
  | Reference
  | { readonly kind: 'set'; readonly at: number; readonly target: Reference; readonly value: Expression }
  | {
      readonly kind: 'if';
      readonly branches: readonly { readonly test: Expression; readonly block: Block }[];
      readonly otherwise: Block;
    }
  | {
      readonly kind: 'foreach';
      readonly at: number;
      readonly variable: string;
      /** Undefined where none was written: then there are no turns. */
      readonly items: Expression | undefined;
      readonly block: Block;
    }
  | Macro
  | MacroCall
  | { readonly kind: 'define'; readonly at: number; readonly name: string; readonly block: Block }
  | { readonly kind: 'evaluate'; readonly at: number; readonly text: Expression }
  /** Without a scope the nearest loop, macro or block ends; with one, what the scope stands for. */
  | { readonly kind: 'break'; readonly at: number; readonly scope: Expression | undefined }
  | { readonly kind: 'stop' }
  /** At the end of a string: the last character printed goes. */
  | { readonly kind: 'trim' };

/** `#macro(name $a $b) … #end`. */
export interface Macro {
  readonly kind: 'macro';
  readonly name: string;
  readonly parameters: readonly string[];
  readonly block: Block;
}

/** `#name(…)`, or `#@name(…) … #end` with a body. */
export interface MacroCall {
  readonly kind: 'call';
  readonly at: number;
  readonly name: string;
  readonly arguments: readonly MacroArgument[];
  readonly body: Block | undefined;
  /** What is printed when there is no such macro. */
  readonly literal: () => string;
  /** A plain word among the arguments, which no macro takes. */
  readonly word: string | undefined;
}

export interface MacroArgument {
  readonly value: Expression;
  /** What the parameter prints when it has no value. */
  readonly literal: () => string;
}

/** `$a.b(c)[0]`, in any of its spellings. */
export interface Reference {
  readonly kind: 'reference';
  readonly at: number;
  readonly name: string;
  /** The variable that `#set` sets when there are no steps. */
  readonly settable: string;
  readonly steps: readonly Step[];
  /** Printed before the value: half of the backslashes that stood before the `$`. */
  readonly backslashes: string;
  /** Printed before the value: other signs that stood before the `$`. */
  readonly signs: string;
  /** After an odd number of backslashes: prints itself. */
  readonly escaped: boolean;
  /** `$!x`. */
  readonly quiet: boolean;
  /** Printed when there is no value. */
  readonly literal: string;
  /** A word that looks like a name where only references stand: has no value and prints itself. */
  readonly bare: boolean;
}

export type Step =
  | { readonly kind: 'member'; readonly at: number; readonly name: string }
  | {
      readonly kind: 'method';
      readonly at: number;
      readonly name: string;
      readonly arguments: readonly Expression[];
    }
  | { readonly kind: 'index'; readonly at: number; readonly index: Expression };

export type BinaryOperator =
  | '+'
  | '-'
  | '*'
  | '/'
  | '%'
  | '<'
  | '<='
  | '>'
  | '>='
  | '=='
  | '!='
  | 'and'
  | 'or';

export type Expression =
  | Reference
  | { readonly kind: 'constant'; readonly value: boolean | number | bigint | string }
  | { readonly kind: 'double'; readonly value: number }
  /** `"… $x …"`. */
  | { readonly kind: 'interpolation'; readonly at: number; readonly block: Block }
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  | { readonly kind: 'map'; readonly entries: readonly (readonly [Expression, Expression])[] }
  | { readonly kind: 'range'; readonly at: number; readonly from: Expression; readonly to: Expression }
  | { readonly kind: 'not'; readonly operand: Expression }
  | {
      readonly kind: 'binary';
      readonly at: number;
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
      /** As written: `"a" + $none` prints what has no value. */
      readonly leftLiteral: () => string;
      readonly rightLiteral: () => string;
    };

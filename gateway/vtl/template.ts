/** Mapping templates: text in, a template to render as often as wanted. */
import { compileBlock } from './compile.ts';
import { API_GATEWAY, type Dialect } from './dialect.ts';
import { Names, TemplateFrame } from './frame.ts';
import { DEFAULT_LIMITS, LimitReached, type Limits, Meter, ValueFault } from './meter.ts';
import { parseTemplate } from './parse.ts';
import { type CompiledMacro, type Render, Run, Stop } from './run.ts';
import { SyntaxFault, TemplateError } from './template-error.ts';
import type { Value } from './values.ts';

export interface TemplateOptions {
  /** Whose rules count where the two differ; {@link API_GATEWAY} unless told. */
  readonly dialect?: Dialect;
}

export interface RenderOptions {
  /** What differs from {@link DEFAULT_LIMITS}. */
  readonly limits?: Partial<Limits>;
  /** Counts this rendering together with what else was counted on it; its limits count then. */
  readonly meter?: Meter;
}

/** A template that has been read; it holds nothing of its renderings. */
export interface Template {
  /**
   * The text it makes. Values in `variables` may be changed by the template, the variables themselves are not.
   *
   * @throws TemplateError `TEMPLATE_FAILED` or `TEMPLATE_LIMIT`, with the place.
   */
  readonly render: (variables?: ReadonlyMap<string, Value>, options?: RenderOptions) => string;
}

const NONE: ReadonlyMap<string, Value> = new Map();

/** API Gateway takes 300 KB; beyond this many characters nothing is read. */
const MAX_LENGTH = 1_000_000;

/**
 * Reads a mapping template of API Gateway, or a template of Apache Velocity 1.7.
 *
 * @example
 * ```ts
 * import { compileTemplate } from './gateway/vtl/template.ts';
 * import { toValue } from './gateway/vtl/values.ts';
 *
 * const template = compileTemplate('{ "id": "$pet.id"#if($pet.name), "name": "$pet.name"#end }');
 * console.log(template.render(new Map([['pet', toValue({ id: 7 })]]))); // { "id": "7" }
 * ```
 * @throws TemplateError `TEMPLATE_INVALID`, with the place.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
 */
export function compileTemplate(source: string, { dialect = API_GATEWAY }: TemplateOptions = {}): Template {
  const names = new Names();
  const macros = new Map<string, CompiledMacro>();
  const countsTurns = /velocity(?:Count|HasNext)|evaluate/.test(source);
  const [block, text] = reading(source, () => {
    if (source.length > MAX_LENGTH) throw new SyntaxFault(MAX_LENGTH, `more than ${MAX_LENGTH} characters`);
    const tree = parseTemplate(source);
    const [only] = tree;
    const plain = tree.length === 1 && only?.kind === 'text' ? only.text : undefined;
    return [compileBlock(tree, { names, macros, countsTurns }), plain] as const;
  });
  const compileText = (text: string, run: Run): Render => {
    try {
      // What the text defines is known for the rest of this rendering, and not in the next.
      const known = new Map(run.macros);
      const compiled = compileBlock(parseTemplate(text, new Set(known.keys())), {
        names: run.root.extendedNames(),
        macros: known,
        countsTurns,
      });
      run.macros = known;
      return compiled;
    } catch (error) {
      if (!(error instanceof SyntaxFault)) throw error;
      throw new ValueFault(`#evaluate cannot read its text: ${error.message}`);
    }
  };
  return {
    render(variables = NONE, options) {
      // Text alone needs nothing of what a rendering is made of.
      if (text !== undefined && options === undefined) return text;
      const meter = options?.meter ?? newMeter(options?.limits);
      const frame = new TemplateFrame(variables, names);
      return rendering(source, new Run(frame, meter, dialect, macros, compileText), block);
    },
  };
}

function newMeter(limits: Partial<Limits> | undefined): Meter {
  return new Meter(limits === undefined ? DEFAULT_LIMITS : { ...DEFAULT_LIMITS, ...limits });
}

function reading<T>(source: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof SyntaxFault) {
      throw new TemplateError('TEMPLATE_INVALID', source, error.offset, error.message, error);
    }
    if (error instanceof RangeError) throw asTemplateError(source, 0, error);
    throw error;
  }
}

function rendering(source: string, run: Run, block: Render): string {
  try {
    block(run);
  } catch (error) {
    if (!(error instanceof Stop)) throw asTemplateError(source, run.at, error);
  }
  return run.out;
}

/** Whatever went wrong, as what it means for a template: the stack of the host, too, is a limit. */
function asTemplateError(source: string, at: number, error: unknown): TemplateError {
  const [code, reason] =
    error instanceof LimitReached
      ? (['TEMPLATE_LIMIT', error.message] as const)
      : error instanceof RangeError
        ? (['TEMPLATE_LIMIT', 'what stands in each other is too deep, or too long'] as const)
        : (['TEMPLATE_FAILED', error instanceof Error ? error.message : String(error)] as const);
  return new TemplateError(code, source, at, reason, error);
}

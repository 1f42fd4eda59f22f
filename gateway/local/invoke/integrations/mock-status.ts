/**
 * The status that a mock's request template asks for: the integer `statusCode` of an object that need not be JSON.
 * Reported of AWS (apigateway.md 2.3): keys without quotes or in single ones, commas too many, members that mean
 * nothing; refused are quotes that do not match, a quoted status, and a text that is no whole object.
 */

/** Undefined for a text without such an integer. */
export function mockStatus(text: string): number | undefined {
  const usual = USUAL.exec(text);
  return usual === null ? lenient(text) : Number(usual[1]);
}

/** What nearly every template writes. */
const USUAL = /^\s*\{\s*"statusCode"\s*:\s*(-?\d{1,9})\s*\}\s*$/;

/** Keys and values: in quotes, or bare up to what ends one. */
const TOKEN = /\s*(?:"((?:\\.|[^"\\])*)"|'((?:\\.|[^'\\])*)'|([{}[\]:,])|([^\s{}[\]:,"']+))/y;

interface Token {
  readonly kind: 'text' | 'sign' | 'bare';
  readonly text: string;
}

function lenient(text: string): number | undefined {
  const tokens = tokensOf(text);
  if (tokens === undefined || !isSign(tokens[0], '{') || !isSign(tokens.at(-1), '}')) return undefined;
  let depth = 0;
  let status: number | undefined;
  for (const [index, token] of tokens.entries()) {
    if (isSign(token, '{') || isSign(token, '[')) depth += 1;
    if (isSign(token, '}') || isSign(token, ']')) depth -= 1;
    if (depth === 0 && index < tokens.length - 1) return undefined;
    const isKey = depth === 1 && token.kind !== 'sign' && isSign(tokens[index + 1], ':');
    if (!isKey || token.text !== 'statusCode') continue;
    // A key that stands twice counts as it stands last, as in a JSON object.
    status = integerOf(tokens[index + 2]);
    if (status === undefined) return undefined;
  }
  return depth === 0 ? status : undefined;
}

function tokensOf(text: string): readonly Token[] | undefined {
  const tokens: Token[] = [];
  const source = text.trimEnd();
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < source.length) {
    const found = TOKEN.exec(source);
    if (found === null) return undefined;
    const [, double, single, sign, bare] = found;
    if (sign !== undefined) tokens.push({ kind: 'sign', text: sign });
    else if (bare !== undefined) tokens.push({ kind: 'bare', text: bare });
    else tokens.push({ kind: 'text', text: double ?? single ?? '' });
  }
  return tokens;
}

function isSign(token: Token | undefined, sign: string): boolean {
  return token?.kind === 'sign' && token.text === sign;
}

function integerOf(token: Token | undefined): number | undefined {
  return token?.kind === 'bare' && /^-?\d{1,9}$/.test(token.text) ? Number(token.text) : undefined;
}

/** Names that give a secret away where no schema does. */

const WORDS =
  /^(.*[-_])?((new|old|current|user)?pass(word|wd|phrase|code)?|secret|client[-_]?secret|(access|refresh|id|auth|session|csrf)?[-_]?token|api[-_]?key|private[-_]?key|authorization|cookie|credit[-_]?card|cvv|cvc|pin|ssn)$/i;

/** Whether what is called so is somebody's secret. */
export function isSecretName(name: string): boolean {
  return WORDS.test(name.replace(/([a-z])(?=[A-Z])/g, '$1-'));
}

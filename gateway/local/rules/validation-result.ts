/** The wrapper in which AWS's validators of models, mappings and templates give a reason. */
export function validationResult(reason: string): string {
  return `Validation Result: warnings : [], errors : [${reason}]`;
}

/** Names as far as they must be told apart to know what belongs to what. */

/** `pet_id`, `petId` and `PetID` are one name. */
export function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

export function singular(word: string): string {
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  return word.replace(/(?<=s|x|ch|sh)es$|s$/, '');
}

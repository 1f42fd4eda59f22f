import type { Problem } from '../problem.ts';
import type { Survey } from './survey.ts';
export async function metaSchemaProblems(
  _survey: Survey,
  _known: readonly Problem[],
): Promise<readonly Problem[]> {
  return [];
}

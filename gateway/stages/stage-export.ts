/** What a stage serves, as GetExport says it, with all that it can say. */
import { askPlane } from './ask-plane.ts';
import type { ControlPlane } from './control-plane.ts';
import type { StagePlace } from './stage-state.ts';

export interface ExportForm {
  /** OpenAPI 3.0, or Swagger 2.0. */
  readonly type: 'oas30' | 'swagger';
  readonly yaml: boolean;
}

/**
 * @throws RehearsalError as `askPlane`: PLANE_REFUSED for what the service cannot export, such as models for other types
 * than JSON alone
 */
export async function exportText(
  plane: ControlPlane,
  { apiId, stageName }: StagePlace,
  { type, yaml }: ExportForm = { type: 'oas30', yaml: false },
): Promise<string> {
  const { body } = await askPlane('GetExport', () =>
    plane.getExport({
      restApiId: apiId,
      stageName,
      exportType: type,
      parameters: { extensions: 'apigateway' },
      accepts: yaml ? 'application/yaml' : 'application/json',
    }),
  );
  return Buffer.from(body ?? new Uint8Array()).toString('utf8');
}

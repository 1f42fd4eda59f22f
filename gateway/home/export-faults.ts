/** Why a document cannot be what GetExport gave, or would not be one that API Gateway takes again. */
import { joinPointer } from '../../contract/json/pointer.ts';
import { entriesOf, isObject, type Json, own } from '../../contract/json/value.ts';
import { below, type Source, type SourceDocument } from '../../contract/source.ts';
import { gatewayView, type MethodView } from './gateway-view.ts';
import { INTEGRATION } from './plain-integration.ts';

export interface ExportFault {
  readonly message: string;
  readonly source: Source;
}

const TYPES = new Set(['mock', 'http', 'http_proxy', 'aws', 'aws_proxy']);
/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html */
const MOST_TEMPLATE_BYTES = 300 * 1024;

/** Nothing for an export that can be brought home. */
export function exportFaults(document: SourceDocument): readonly ExportFault[] {
  const root: Source = { document, pointer: '' };
  const { value } = document;
  const swagger = own(value, 'swagger');
  const openapi = own(value, 'openapi');
  if (swagger !== '2.0' && !(typeof openapi === 'string' && openapi.startsWith('3.0.'))) {
    const said = openapi ?? swagger;
    return [
      {
        message:
          said === undefined
            ? 'It says no version of OpenAPI.'
            : `It is of version ${String(said)}, and exports are Swagger 2.0 or OpenAPI 3.0.`,
        source: root,
      },
    ];
  }
  const paths = own(value, 'paths');
  if (!isObject(paths)) return [{ message: 'It has no paths.', source: root }];
  const wrong = entriesOf(paths).filter(([, item]) => !isObject(item));
  if (wrong.length > 0)
    return wrong.map(([path]) => ({
      message: 'A path has to be an object.',
      source: below(root, 'paths', path),
    }));
  return [...gatewayView(document).methods.values()].flatMap(method => methodFaults(document, method));
}

function methodFaults(
  document: SourceDocument,
  { pointer, responses, integration }: MethodView,
): readonly ExportFault[] {
  const fault = (message: string, ...keys: readonly string[]): ExportFault => ({
    message,
    source: { document, pointer: joinPointer(pointer, ...keys) },
  });
  const faults = [...responses.keys()]
    .filter(status => status !== 'default' && !isStatus(status))
    .map(status => fault(`${status} is no status of HTTP.`, 'responses', status));
  if (integration === undefined) return faults;
  const { written } = integration;
  const type = own(written, 'type');
  if (typeof type !== 'string' || !TYPES.has(type.toLowerCase()))
    faults.push(fault(`There is no integration of type ${JSON.stringify(type ?? null)}.`, INTEGRATION));
  faults.push(...templateFaults(own(written, 'requestTemplates'), fault, INTEGRATION, 'requestTemplates'));
  for (const [pattern, response] of entriesOf(own(written, 'responses'))) {
    const at = [INTEGRATION, 'responses', pattern];
    const status = own(response, 'statusCode');
    if (status !== undefined && !isStatus(String(status)))
      faults.push(fault(`${String(status)} is no status of HTTP.`, ...at));
    faults.push(...templateFaults(own(response, 'responseTemplates'), fault, ...at, 'responseTemplates'));
  }
  return faults;
}

function templateFaults(
  templates: Json | undefined,
  fault: (message: string, ...keys: readonly string[]) => ExportFault,
  ...keys: readonly string[]
): readonly ExportFault[] {
  return entriesOf(templates)
    .filter(
      ([, text]) => typeof text === 'string' && new TextEncoder().encode(text).length > MOST_TEMPLATE_BYTES,
    )
    .map(([type]) =>
      fault('The mapping template is longer than the 300 KB that API Gateway takes.', ...keys, type),
    );
}

function isStatus(text: string): boolean {
  return /^[1-5]\d\d$/.test(text);
}

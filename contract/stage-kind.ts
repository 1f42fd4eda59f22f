/**
 * What kind of server a stage is, because not every kind can keep every promise of a document. Types only.
 *
 * - `server`: a server of its own, which answers unknown methods and media types as HTTP says
 * - `apigateway`: a stage of API Gateway, which answers unknown methods and routes with 403
 *   `Missing Authentication Token` and validates no more than its request validators do
 */
export type StageKind = 'server' | 'apigateway';

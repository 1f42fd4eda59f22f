/**
 * What kind of server a stage is, because not every kind can keep every promise of a document.
 *
 * - `server`: a server of its own, which answers unknown methods and media types as HTTP says
 * - `apigateway`: a stage of API Gateway, which answers unknown methods and routes with 403
 *   `Missing Authentication Token` and validates no more than its request validators do
 * - `apigateway-mock`: the same where every operation has a mock integration, as `rehearsal generate gateway` makes them,
 *   whatever the document says about back ends and authorizers
 */
export type StageKind = 'server' | 'apigateway' | 'apigateway-mock';

/** True where API Gateway answers, with whatever behind it. */
export function isGateway(kind: StageKind | undefined): boolean {
  return kind !== undefined && kind !== 'server';
}

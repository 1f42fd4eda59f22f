import { expect, test } from 'vitest';
import type { GatewayResponse } from '../state/records.ts';
import { DEFAULT_TEMPLATES, effectiveResponse } from './effective-response.ts';
import { RESPONSE_TYPES, responseKind } from './response-types.ts';

const put = (responseType: string, more: Partial<GatewayResponse>): GatewayResponse => ({
  responseType,
  responseParameters: {},
  responseTemplates: DEFAULT_TEMPLATES,
  defaultResponse: false,
  ...more,
});

test('5.1: there are 21 types, each with the default template', () => {
  expect(RESPONSE_TYPES).toHaveLength(21);
  for (const type of RESPONSE_TYPES) {
    const { status } = responseKind(type);
    expect(effectiveResponse([], type)).toEqual({
      responseType: type,
      ...(status === undefined ? {} : { statusCode: String(status) }),
      responseParameters: {},
      responseTemplates: { 'application/json': '{"message":$context.error.messageString}' },
      defaultResponse: true,
    });
  }
});

test('5.2: DEFAULT_5XX gives its status to all 5XX types but one that was put', () => {
  const all = [put('DEFAULT_5XX', { statusCode: '599' }), put('AUTHORIZER_FAILURE', { statusCode: '500' })];
  const status = Object.fromEntries(
    RESPONSE_TYPES.map(type => [type, effectiveResponse(all, type).statusCode]),
  );
  expect(status).toMatchObject({
    API_CONFIGURATION_ERROR: '599',
    AUTHORIZER_CONFIGURATION_ERROR: '599',
    INTEGRATION_FAILURE: '599',
    INTEGRATION_TIMEOUT: '599',
    AUTHORIZER_FAILURE: '500',
    MISSING_AUTHENTICATION_TOKEN: '403',
    DEFAULT_4XX: undefined,
  });
});

test('5.2: parameters and templates are inherited, the status only where it is set', () => {
  const parameters = { 'gatewayresponse.header.X': "'1'" };
  const all = [put('DEFAULT_4XX', { responseParameters: parameters, responseTemplates: { 'text/a': 'b' } })];
  expect(effectiveResponse(all, 'THROTTLED')).toEqual({
    responseType: 'THROTTLED',
    statusCode: '429',
    responseParameters: parameters,
    responseTemplates: { 'text/a': 'b' },
    defaultResponse: true,
  });
  expect(effectiveResponse(all, 'INTEGRATION_FAILURE').responseParameters).toEqual({});
});

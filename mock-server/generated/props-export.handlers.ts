// Made by rehearsal generate msw from ../../specs/props-export.json. Do not edit.
import type { RequestHandler } from 'msw';
import { type HandlerOptions, handlers as handlersOf } from 'rehearsal/msw';

/** MSW handlers for all operations of the document: `setupServer(...handlers())`. */
export function handlers(options: HandlerOptions = {}): readonly RequestHandler[] {
  return handlersOf(document, options);
}

const document: object = {
  swagger: "2.0",
  info: {
    version: "2027-02-11T09:42:17Z",
    title: "Props",
  },
  host: "k7c2m9x4qe.execute-api.eu-west-2.amazonaws.com",
  basePath: "/prod",
  schemes: [
    "https",
  ],
  paths: {
    "/props": {
      get: {
        operationId: "listProps",
        produces: [
          "application/json",
        ],
        parameters: [
          {
            name: "kind",
            in: "query",
            required: false,
            type: "string",
          },
          {
            name: "shelf",
            in: "query",
            required: true,
            type: "string",
          },
        ],
        responses: {
          "200": {
            description: "200 response",
            schema: {
              $ref: "#/definitions/PropList",
            },
          },
          "400": {
            description: "400 response",
            schema: {
              $ref: "#/definitions/Error",
            },
          },
          "403": {
            description: "403 response",
            schema: {
              $ref: "#/definitions/Error",
            },
          },
        },
        security: [
          {
            api_key: [],
          },
        ],
        "x-amazon-apigateway-request-validator": "Validate query string parameters and headers",
        "x-amazon-apigateway-integration": {
          type: "http",
          httpMethod: "GET",
          uri: "https://props-store.theatre.example/props",
          responses: {
            default: {
              statusCode: "200",
            },
          },
          requestParameters: {
            "integration.request.querystring.kind": "method.request.querystring.kind",
            "integration.request.querystring.shelf": "method.request.querystring.shelf",
          },
          passthroughBehavior: "when_no_match",
        },
      },
      post: {
        operationId: "createProp",
        consumes: [
          "application/json",
        ],
        produces: [
          "application/json",
        ],
        parameters: [
          {
            in: "body",
            name: "NewProp",
            required: true,
            schema: {
              $ref: "#/definitions/NewProp",
            },
          },
        ],
        responses: {
          "201": {
            description: "201 response",
            schema: {
              $ref: "#/definitions/Prop",
            },
            headers: {
              Location: {
                type: "string",
              },
            },
          },
          "400": {
            description: "400 response",
            schema: {
              $ref: "#/definitions/Error",
            },
          },
          "403": {
            description: "403 response",
            schema: {
              $ref: "#/definitions/Error",
            },
          },
        },
        security: [
          {
            api_key: [],
          },
        ],
        "x-amazon-apigateway-request-validator": "Validate body",
        "x-amazon-apigateway-integration": {
          type: "aws_proxy",
          httpMethod: "POST",
          uri: "arn:aws:apigateway:eu-west-2:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-2:123456789012:function:props-create:${stageVariables.release}/invocations",
          responses: {
            default: {
              statusCode: "200",
            },
          },
          passthroughBehavior: "when_no_match",
          contentHandling: "CONVERT_TO_TEXT",
        },
      },
      options: {
        operationId: "preflightProps",
        consumes: [
          "application/json",
        ],
        produces: [
          "application/json",
        ],
        responses: {
          "200": {
            description: "200 response",
            schema: {
              $ref: "#/definitions/Empty",
            },
            headers: {
              "Access-Control-Allow-Origin": {
                type: "string",
              },
              "Access-Control-Allow-Methods": {
                type: "string",
              },
              "Access-Control-Allow-Headers": {
                type: "string",
              },
            },
          },
        },
        "x-amazon-apigateway-integration": {
          type: "mock",
          responses: {
            default: {
              statusCode: "200",
              responseParameters: {
                "method.response.header.Access-Control-Allow-Methods": "'GET,POST,OPTIONS'",
                "method.response.header.Access-Control-Allow-Headers": "'Content-Type,X-Api-Key'",
                "method.response.header.Access-Control-Allow-Origin": "'*'",
              },
              responseTemplates: {
                "application/json": "{}",
              },
            },
          },
          requestTemplates: {
            "application/json": "{\"statusCode\": 200}",
          },
          passthroughBehavior: "when_no_match",
        },
      },
    },
    "/props/{propId}": {
      get: {
        operationId: "getProp",
        produces: [
          "application/json",
        ],
        parameters: [
          {
            name: "propId",
            in: "path",
            required: true,
            type: "string",
          },
        ],
        responses: {
          "200": {
            description: "200 response",
            schema: {
              $ref: "#/definitions/Prop",
            },
          },
          "403": {
            description: "403 response",
            schema: {
              $ref: "#/definitions/Error",
            },
          },
          "404": {
            description: "404 response",
            schema: {
              $ref: "#/definitions/Error",
            },
          },
        },
        security: [
          {
            api_key: [],
          },
        ],
        "x-amazon-apigateway-integration": {
          type: "http",
          httpMethod: "GET",
          uri: "https://props-store.theatre.example/props/{propId}",
          responses: {
            "404": {
              statusCode: "404",
              responseTemplates: {
                "application/json": "{\"message\":\"No such prop\"}",
              },
            },
            default: {
              statusCode: "200",
            },
          },
          requestParameters: {
            "integration.request.path.propId": "method.request.path.propId",
          },
          passthroughBehavior: "when_no_match",
        },
      },
      delete: {
        operationId: "deleteProp",
        produces: [
          "application/json",
        ],
        parameters: [
          {
            name: "propId",
            in: "path",
            required: true,
            type: "string",
          },
        ],
        responses: {
          "204": {
            description: "204 response",
          },
          "403": {
            description: "403 response",
            schema: {
              $ref: "#/definitions/Error",
            },
          },
          "404": {
            description: "404 response",
            schema: {
              $ref: "#/definitions/Error",
            },
          },
        },
        security: [
          {
            api_key: [],
          },
        ],
        "x-amazon-apigateway-integration": {
          type: "http",
          httpMethod: "DELETE",
          uri: "https://props-store.theatre.example/props/{propId}",
          responses: {
            "2\\d{2}": {
              statusCode: "204",
            },
            default: {
              statusCode: "404",
              responseTemplates: {
                "application/json": "{\"message\":\"No such prop\"}",
              },
            },
          },
          requestParameters: {
            "integration.request.path.propId": "method.request.path.propId",
          },
          passthroughBehavior: "when_no_match",
        },
      },
    },
    "/props/{propId}/photo": {
      get: {
        operationId: "getPropPhoto",
        produces: [
          "application/json",
        ],
        parameters: [
          {
            name: "propId",
            in: "path",
            required: true,
            type: "string",
          },
        ],
        responses: {
          "200": {
            description: "200 response",
            headers: {
              "Cache-Control": {
                type: "string",
              },
            },
          },
          "404": {
            description: "404 response",
            schema: {
              $ref: "#/definitions/Error",
            },
          },
        },
        "x-amazon-apigateway-integration": {
          type: "http_proxy",
          httpMethod: "GET",
          uri: "https://props-store.theatre.example/photos/{propId}.png",
          responses: {
            default: {
              statusCode: "200",
            },
          },
          requestParameters: {
            "integration.request.path.propId": "method.request.path.propId",
          },
          passthroughBehavior: "when_no_match",
        },
      },
    },
  },
  securityDefinitions: {
    api_key: {
      type: "apiKey",
      name: "x-api-key",
      in: "header",
    },
  },
  definitions: {
    Empty: {
      type: "object",
      title: "Empty Schema",
    },
    Error: {
      type: "object",
      properties: {
        message: {
          type: "string",
        },
      },
      title: "Error Schema",
    },
    MODEL4e1c7a: {
      type: "object",
      properties: {
        height: {
          type: "number",
          minimum: 0,
        },
        weight: {
          type: "number",
          minimum: 0,
        },
      },
    },
    NewProp: {
      type: "object",
      required: [
        "kind",
        "name",
        "shelf",
      ],
      properties: {
        name: {
          type: "string",
          minLength: 1,
          maxLength: 80,
        },
        kind: {
          type: "string",
          enum: [
            "weapon",
            "furniture",
            "food",
            "document",
            "other",
          ],
        },
        shelf: {
          type: "string",
          pattern: "^[A-F][0-9]{2}$",
        },
        size: {
          $ref: "#/definitions/MODEL4e1c7a",
        },
        scenes: {
          type: "array",
          items: {
            type: "integer",
          },
        },
      },
    },
    Prop: {
      type: "object",
      required: [
        "kind",
        "name",
        "propId",
        "shelf",
      ],
      properties: {
        propId: {
          type: "string",
        },
        name: {
          type: "string",
        },
        kind: {
          type: "string",
          enum: [
            "weapon",
            "furniture",
            "food",
            "document",
            "other",
          ],
        },
        shelf: {
          type: "string",
          pattern: "^[A-F][0-9]{2}$",
        },
        size: {
          $ref: "#/definitions/MODEL4e1c7a",
        },
        lentTo: {
          type: "string",
        },
      },
    },
    PropList: {
      type: "array",
      items: {
        $ref: "#/definitions/Prop",
      },
    },
  },
  "x-amazon-apigateway-gateway-responses": {
    DEFAULT_4XX: {
      responseParameters: {
        "gatewayresponse.header.Access-Control-Allow-Origin": "'*'",
      },
      responseTemplates: {
        "application/json": "{\"message\":$context.error.messageString}",
      },
    },
  },
  "x-amazon-apigateway-request-validators": {
    "Validate body": {
      validateRequestParameters: false,
      validateRequestBody: true,
    },
    "Validate query string parameters and headers": {
      validateRequestParameters: true,
      validateRequestBody: false,
    },
  },
  "x-amazon-apigateway-binary-media-types": [
    "image/png",
  ],
};

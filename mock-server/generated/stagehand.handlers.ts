// Made by rehearsal generate msw from ../../specs/stagehand.yaml. Do not edit.
import type { RequestHandler } from 'msw';
import { type HandlerOptions, handlers as handlersOf } from 'rehearsal/msw';

/** MSW handlers for all operations of the document: `setupServer(...handlers())`. */
export function handlers(options: HandlerOptions = {}): readonly RequestHandler[] {
  return handlersOf(document, options);
}

const document: object = {
  openapi: "3.0.3",
  info: {
    title: "Stagehand",
    description: "Cues, crew calls and plans for the people behind the scenes",
    version: "2.1.0",
  },
  servers: [
    {
      url: "https://crew.theatre.example/{basePath}",
      variables: {
        basePath: {
          default: "v2",
        },
      },
    },
  ],
  tags: [
    {
      name: "cues",
      description: "What happens when",
    },
    {
      name: "calls",
      description: "Who has to be where",
    },
    {
      name: "plans",
      description: "Drawings of the stage",
    },
  ],
  "x-amazon-apigateway-request-validators": {
    all: {
      validateRequestBody: true,
      validateRequestParameters: true,
    },
    parameters: {
      validateRequestBody: false,
      validateRequestParameters: true,
    },
  },
  "x-amazon-apigateway-request-validator": "parameters",
  "x-amazon-apigateway-binary-media-types": [
    "image/png",
  ],
  "x-amazon-apigateway-api-key-source": "HEADER",
  "x-amazon-apigateway-minimum-compression-size": 1024,
  "x-amazon-apigateway-gateway-responses": {
    BAD_REQUEST_BODY: {
      statusCode: "400",
      responseParameters: {
        "gatewayresponse.header.Access-Control-Allow-Origin": "'*'",
      },
      responseTemplates: {
        "application/json": "{\"message\":\"The body does not fit the contract\",\"requestId\":\"$context.requestId\"}",
      },
    },
    DEFAULT_4XX: {
      responseParameters: {
        "gatewayresponse.header.Access-Control-Allow-Origin": "'*'",
      },
      responseTemplates: {
        "application/json": "{\"message\":$context.error.messageString,\"requestId\":\"$context.requestId\"}",
      },
    },
    DEFAULT_5XX: {
      responseParameters: {
        "gatewayresponse.header.Access-Control-Allow-Origin": "'*'",
      },
      responseTemplates: {
        "application/json": "{\"message\":$context.error.messageString,\"requestId\":\"$context.requestId\"}",
      },
    },
  },
  paths: {
    "/health": {
      get: {
        operationId: "getHealth",
        summary: "Say whether the service is up",
        description: "A mock integration, so that it answers while the rest is being deployed",
        responses: {
          "200": {
            description: "It is up",
            content: {
              "application/json": {
                schema: {
                  $ref: "#/components/schemas/Health",
                },
                example: {
                  status: "up",
                },
              },
            },
          },
        },
        "x-amazon-apigateway-integration": {
          type: "mock",
          passthroughBehavior: "when_no_match",
          requestTemplates: {
            "application/json": "{\"statusCode\": 200}",
          },
          responses: {
            default: {
              statusCode: "200",
              responseTemplates: {
                "application/json": "{\"status\":\"up\"}",
              },
            },
          },
        },
      },
    },
    "/cues": {
      get: {
        operationId: "listCues",
        summary: "List the cues of a show, page by page",
        tags: [
          "cues",
        ],
        security: [
          {
            crewAuthorizer: [],
          },
        ],
        parameters: [
          {
            name: "show",
            in: "query",
            required: true,
            schema: {
              type: "string",
              pattern: "^[a-z0-9-]{2,40}$",
            },
            example: "the-tempest",
          },
          {
            name: "act",
            in: "query",
            schema: {
              type: "integer",
              minimum: 1,
              maximum: 5,
            },
            example: 1,
          },
          {
            name: "limit",
            in: "query",
            schema: {
              type: "integer",
              minimum: 1,
              maximum: 100,
              default: 50,
            },
          },
          {
            name: "nextToken",
            in: "query",
            schema: {
              type: "string",
              minLength: 1,
              maxLength: 200,
            },
          },
        ],
        responses: {
          "200": {
            description: "One page of cues",
            headers: {
              "Access-Control-Allow-Origin": {
                schema: {
                  type: "string",
                },
                example: "*",
              },
            },
            content: {
              "application/json": {
                schema: {
                  $ref: "#/components/schemas/CueList",
                },
                examples: {
                  tempest: {
                    value: {
                      cues: [
                        {
                          cueId: "c-0017",
                          show: "the-tempest",
                          act: 1,
                          kind: "sound",
                          label: "Thunder",
                          seconds: 4.5,
                        },
                        {
                          cueId: "c-0018",
                          show: "the-tempest",
                          act: 1,
                          kind: "light",
                          label: "Flash",
                          note: "On the mast",
                        },
                      ],
                      nextToken: null,
                    },
                  },
                },
              },
            },
          },
          "400": {
            description: "Refused",
            content: {
              "application/json": {
                schema: {
                  $ref: "#/components/schemas/Error",
                },
                example: {
                  message: "Missing required request parameters: [show]",
                  requestId: "6f1a2b3c",
                },
              },
            },
          },
          "401": {
            description: "No token",
            content: {
              "application/json": {
                schema: {
                  $ref: "#/components/schemas/Error",
                },
                example: {
                  message: "Unauthorized",
                  requestId: "6f1a2b3c",
                },
              },
            },
          },
          "403": {
            description: "Not of the crew",
            content: {
              "application/json": {
                schema: {
                  $ref: "#/components/schemas/Error",
                },
                example: {
                  message: "User is not authorized to access this resource",
                  requestId: "6f1a2b3c",
                },
              },
            },
          },
        },
        "x-amazon-apigateway-integration": {
          type: "aws_proxy",
          httpMethod: "POST",
          uri: {
            "Fn::Sub": "arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${CuesFunction.Arn}:${!stageVariables.release}/invocations",
          },
          passthroughBehavior: "when_no_match",
          timeoutInMillis: 10000,
        },
      },
      post: {
        operationId: "createCue",
        summary: "Add a cue",
        tags: [
          "cues",
        ],
        security: [
          {
            crewAuthorizer: [],
          },
        ],
        "x-amazon-apigateway-request-validator": "all",
        requestBody: {
          required: true,
          content: {
            "application/json": {
              schema: {
                $ref: "#/components/schemas/NewCue",
              },
              examples: {
                thunder: {
                  value: {
                    show: "the-tempest",
                    act: 1,
                    kind: "sound",
                    label: "Thunder",
                    seconds: 4.5,
                  },
                },
              },
            },
          },
        },
        responses: {
          "201": {
            description: "Added",
            headers: {
              Location: {
                schema: {
                  type: "string",
                },
                example: "/v2/cues/c-0017",
              },
              "Access-Control-Allow-Origin": {
                schema: {
                  type: "string",
                },
                example: "*",
              },
            },
            content: {
              "application/json": {
                schema: {
                  $ref: "#/components/schemas/Cue",
                },
                examples: {
                  thunder: {
                    value: {
                      cueId: "c-0017",
                      show: "the-tempest",
                      act: 1,
                      kind: "sound",
                      label: "Thunder",
                      seconds: 4.5,
                    },
                  },
                },
              },
            },
            links: {
              read: {
                operationId: "getCue",
                parameters: {
                  cueId: "$response.body#/cueId",
                },
              },
            },
          },
          "400": {
            description: "Refused",
            content: {
              "application/json": {
                schema: {
                  $ref: "#/components/schemas/Error",
                },
                examples: {
                  badBody: {
                    value: {
                      message: "The body does not fit the contract",
                      requestId: "6f1a2b3c",
                    },
                  },
                },
              },
            },
          },
          "401": {
            description: "No token",
            content: {
              "application/json": {
                schema: {
                  $ref: "#/components/schemas/Error",
                },
                example: {
                  message: "Unauthorized",
                  requestId: "6f1a2b3c",
                },
              },
            },
          },
          "403": {
            description: "Not of the crew",
            content: {
              "application/json": {
                schema: {
                  $ref: "#/components/schemas/Error",
                },
                example: {
                  message: "User is not authorized to access this resource",
                  requestId: "6f1a2b3c",
                },
              },
            },
          },
        },
        "x-amazon-apigateway-integration": {
          type: "aws_proxy",
          httpMethod: "POST",
          uri: {
            "Fn::Sub": "arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${CuesFunction.Arn}:${!stageVariables.release}/invocations",
          },
          passthroughBehavior: "when_no_match",
          timeoutInMillis: 10000,
        },
      },
      options: {
        operationId: "preflightCues",
        summary: "Let pages of other origins in",
        responses: {
          "204": {
            description: "They may",
            headers: {
              "Access-Control-Allow-Origin": {
                schema: {
                  type: "string",
                },
                example: "*",
              },
              "Access-Control-Allow-Methods": {
                schema: {
                  type: "string",
                },
                example: "GET,POST,DELETE,OPTIONS",
              },
              "Access-Control-Allow-Headers": {
                schema: {
                  type: "string",
                },
                example: "Authorization,Content-Type",
              },
            },
          },
        },
        "x-amazon-apigateway-integration": {
          type: "mock",
          passthroughBehavior: "when_no_match",
          requestTemplates: {
            "application/json": "{\"statusCode\": 204}",
          },
          responses: {
            default: {
              statusCode: "204",
              responseParameters: {
                "method.response.header.Access-Control-Allow-Origin": "'*'",
                "method.response.header.Access-Control-Allow-Methods": "'GET,POST,DELETE,OPTIONS'",
                "method.response.header.Access-Control-Allow-Headers": "'Authorization,Content-Type'",
              },
            },
          },
        },
      },
    },
    "/cues/{cueId}": {
      get: {
        operationId: "getCue",
        summary: "Read a cue",
        tags: [
          "cues",
        ],
        security: [
          {
            crewAuthorizer: [],
          },
        ],
        parameters: [
          {
            $ref: "#/components/parameters/CueId",
          },
        ],
        responses: {
          "200": {
            description: "The cue",
            content: {
              "application/json": {
                schema: {
                  $ref: "#/components/schemas/Cue",
                },
                examples: {
                  thunder: {
                    value: {
                      cueId: "c-0017",
                      show: "the-tempest",
                      act: 1,
                      kind: "sound",
                      label: "Thunder",
                      seconds: 4.5,
                    },
                  },
                },
              },
            },
          },
          "400": {
            description: "Refused",
            content: {
              "application/json": {
                schema: {
                  $ref: "#/components/schemas/Error",
                },
                example: {
                  message: "Missing required request parameters: [show]",
                  requestId: "6f1a2b3c",
                },
              },
            },
          },
          "401": {
            description: "No token",
            content: {
              "application/json": {
                schema: {
                  $ref: "#/components/schemas/Error",
                },
                example: {
                  message: "Unauthorized",
                  requestId: "6f1a2b3c",
                },
              },
            },
          },
          "403": {
            description: "Not of the crew",
            content: {
              "application/json": {
                schema: {
                  $ref: "#/components/schemas/Error",
                },
                example: {
                  message: "User is not authorized to access this resource",
                  requestId: "6f1a2b3c",
                },
              },
            },
          },
          "404": {
            description: "No such cue",
            content: {
              "application/json": {
                schema: {
                  $ref: "#/components/schemas/Error",
                },
                example: {
                  message: "No such cue",
                  requestId: "6f1a2b3c",
                },
              },
            },
          },
        },
        "x-amazon-apigateway-integration": {
          type: "aws_proxy",
          httpMethod: "POST",
          uri: {
            "Fn::Sub": "arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${CuesFunction.Arn}:${!stageVariables.release}/invocations",
          },
          passthroughBehavior: "when_no_match",
          timeoutInMillis: 10000,
        },
      },
      delete: {
        operationId: "deleteCue",
        summary: "Strike a cue",
        description: "Straight to the table, without a function between",
        tags: [
          "cues",
        ],
        security: [
          {
            crewAuthorizer: [],
          },
        ],
        parameters: [
          {
            $ref: "#/components/parameters/CueId",
          },
        ],
        responses: {
          "204": {
            description: "Struck",
          },
          "400": {
            description: "Refused",
            content: {
              "application/json": {
                schema: {
                  $ref: "#/components/schemas/Error",
                },
                example: {
                  message: "Missing required request parameters: [show]",
                  requestId: "6f1a2b3c",
                },
              },
            },
          },
          "401": {
            description: "No token",
            content: {
              "application/json": {
                schema: {
                  $ref: "#/components/schemas/Error",
                },
                example: {
                  message: "Unauthorized",
                  requestId: "6f1a2b3c",
                },
              },
            },
          },
          "403": {
            description: "Not of the crew",
            content: {
              "application/json": {
                schema: {
                  $ref: "#/components/schemas/Error",
                },
                example: {
                  message: "User is not authorized to access this resource",
                  requestId: "6f1a2b3c",
                },
              },
            },
          },
          "404": {
            description: "No such cue",
            content: {
              "application/json": {
                schema: {
                  $ref: "#/components/schemas/Error",
                },
                example: {
                  message: "No such cue",
                  requestId: "6f1a2b3c",
                },
              },
            },
          },
        },
        "x-amazon-apigateway-integration": {
          type: "aws",
          httpMethod: "POST",
          uri: {
            "Fn::Sub": "arn:${AWS::Partition}:apigateway:${AWS::Region}:dynamodb:action/DeleteItem",
          },
          credentials: {
            "Fn::GetAtt": [
              "CuesTableRole",
              "Arn",
            ],
          },
          passthroughBehavior: "never",
          requestTemplates: {
            "application/json": {
              "Fn::Sub": "{\"TableName\":\"${CuesTable}\",\"Key\":{\"cueId\":{\"S\":\"$input.params('cueId')\"}},\"ConditionExpression\":\"attribute_exists(cueId)\"}",
            },
          },
          responses: {
            "200": {
              statusCode: "204",
              responseTemplates: {
                "application/json": "",
              },
            },
            "400": {
              statusCode: "404",
              responseTemplates: {
                "application/json": "{\"message\":\"No such cue\",\"requestId\":\"$context.requestId\"}",
              },
            },
          },
        },
      },
      options: {
        operationId: "preflightCue",
        summary: "Let pages of other origins in",
        parameters: [
          {
            $ref: "#/components/parameters/CueId",
          },
        ],
        responses: {
          "204": {
            description: "They may",
            headers: {
              "Access-Control-Allow-Origin": {
                schema: {
                  type: "string",
                },
                example: "*",
              },
              "Access-Control-Allow-Methods": {
                schema: {
                  type: "string",
                },
                example: "GET,POST,DELETE,OPTIONS",
              },
              "Access-Control-Allow-Headers": {
                schema: {
                  type: "string",
                },
                example: "Authorization,Content-Type",
              },
            },
          },
        },
        "x-amazon-apigateway-integration": {
          type: "mock",
          passthroughBehavior: "when_no_match",
          requestTemplates: {
            "application/json": "{\"statusCode\": 204}",
          },
          responses: {
            default: {
              statusCode: "204",
              responseParameters: {
                "method.response.header.Access-Control-Allow-Origin": "'*'",
                "method.response.header.Access-Control-Allow-Methods": "'GET,POST,DELETE,OPTIONS'",
                "method.response.header.Access-Control-Allow-Headers": "'Authorization,Content-Type'",
              },
            },
          },
        },
      },
    },
    "/calls": {
      get: {
        operationId: "listCalls",
        summary: "List who is called on a day",
        tags: [
          "calls",
        ],
        security: [
          {
            crewAuthorizer: [],
          },
        ],
        parameters: [
          {
            name: "day",
            in: "query",
            required: true,
            schema: {
              type: "string",
              format: "date",
            },
            example: "2027-03-14",
          },
        ],
        responses: {
          "200": {
            description: "The calls of the day",
            content: {
              "application/json": {
                schema: {
                  type: "array",
                  items: {
                    $ref: "#/components/schemas/Call",
                  },
                },
                examples: {
                  opening: {
                    value: [
                      {
                        person: "Bronwen Hughes",
                        role: "lighting",
                        at: "2027-03-14T14:00:00Z",
                      },
                      {
                        person: "Idris Rowlands",
                        role: "fly floor",
                        at: "2027-03-14T16:30:00Z",
                      },
                    ],
                  },
                },
              },
            },
          },
          "400": {
            description: "Refused",
            content: {
              "application/json": {
                schema: {
                  $ref: "#/components/schemas/Error",
                },
                example: {
                  message: "Missing required request parameters: [show]",
                  requestId: "6f1a2b3c",
                },
              },
            },
          },
          "401": {
            description: "No token",
            content: {
              "application/json": {
                schema: {
                  $ref: "#/components/schemas/Error",
                },
                example: {
                  message: "Unauthorized",
                  requestId: "6f1a2b3c",
                },
              },
            },
          },
          "403": {
            description: "Not of the crew",
            content: {
              "application/json": {
                schema: {
                  $ref: "#/components/schemas/Error",
                },
                example: {
                  message: "User is not authorized to access this resource",
                  requestId: "6f1a2b3c",
                },
              },
            },
          },
        },
        "x-amazon-apigateway-integration": {
          type: "aws",
          httpMethod: "POST",
          uri: {
            "Fn::Sub": "arn:${AWS::Partition}:apigateway:${AWS::Region}:dynamodb:action/Query",
          },
          credentials: {
            "Fn::GetAtt": [
              "CallsTableRole",
              "Arn",
            ],
          },
          passthroughBehavior: "never",
          requestTemplates: {
            "application/json": {
              "Fn::Sub": "{\n  \"TableName\": \"${CallsTable}\",\n  \"KeyConditionExpression\": \"#day = :day\",\n  \"ExpressionAttributeNames\": { \"#day\": \"day\" },\n  \"ExpressionAttributeValues\": { \":day\": { \"S\": \"$util.escapeJavaScript($input.params('day'))\" } }\n}\n",
            },
          },
          responses: {
            default: {
              statusCode: "200",
              responseTemplates: {
                "application/json": "[\n#foreach($call in $input.path('$.Items'))\n  {\"person\":\"$call.person.S\",\"role\":\"$call.role.S\",\"at\":\"$call.at.S\"}#if($foreach.hasNext),#end\n\n#end\n]\n",
              },
            },
          },
        },
      },
    },
    "/plans/{planId}": {
      get: {
        operationId: "downloadPlan",
        summary: "Download a drawing",
        tags: [
          "plans",
        ],
        security: [
          {
            crewAuthorizer: [],
          },
        ],
        parameters: [
          {
            $ref: "#/components/parameters/PlanId",
          },
        ],
        responses: {
          "200": {
            description: "The drawing",
            headers: {
              "Content-Disposition": {
                schema: {
                  type: "string",
                },
                example: "inline",
              },
            },
            content: {
              "image/png": {
                schema: {
                  type: "string",
                  format: "binary",
                },
              },
            },
          },
          "400": {
            description: "Refused",
            content: {
              "application/json": {
                schema: {
                  $ref: "#/components/schemas/Error",
                },
                example: {
                  message: "Missing required request parameters: [show]",
                  requestId: "6f1a2b3c",
                },
              },
            },
          },
          "401": {
            description: "No token",
            content: {
              "application/json": {
                schema: {
                  $ref: "#/components/schemas/Error",
                },
                example: {
                  message: "Unauthorized",
                  requestId: "6f1a2b3c",
                },
              },
            },
          },
          "403": {
            description: "Not of the crew",
            content: {
              "application/json": {
                schema: {
                  $ref: "#/components/schemas/Error",
                },
                example: {
                  message: "User is not authorized to access this resource",
                  requestId: "6f1a2b3c",
                },
              },
            },
          },
          "404": {
            description: "No such plan",
            content: {
              "application/json": {
                schema: {
                  $ref: "#/components/schemas/Error",
                },
                example: {
                  message: "No such plan",
                  requestId: "6f1a2b3c",
                },
              },
            },
          },
        },
        "x-amazon-apigateway-integration": {
          type: "http_proxy",
          httpMethod: "GET",
          uri: "https://${stageVariables.plansHost}/drawings/{planId}",
          requestParameters: {
            "integration.request.path.planId": "method.request.path.planId",
            "integration.request.header.X-Request-Id": "context.requestId",
          },
          cacheKeyParameters: [
            "method.request.path.planId",
          ],
          passthroughBehavior: "when_no_match",
        },
      },
      put: {
        operationId: "uploadPlan",
        summary: "Replace a drawing",
        tags: [
          "plans",
        ],
        security: [
          {
            drawingKey: [],
          },
        ],
        parameters: [
          {
            $ref: "#/components/parameters/PlanId",
          },
        ],
        requestBody: {
          required: true,
          content: {
            "image/png": {
              schema: {
                type: "string",
                format: "binary",
              },
            },
          },
        },
        responses: {
          "204": {
            description: "Replaced",
          },
          "400": {
            description: "Refused",
            content: {
              "application/json": {
                schema: {
                  $ref: "#/components/schemas/Error",
                },
                example: {
                  message: "Missing required request parameters: [show]",
                  requestId: "6f1a2b3c",
                },
              },
            },
          },
          "403": {
            description: "Not of the crew",
            content: {
              "application/json": {
                schema: {
                  $ref: "#/components/schemas/Error",
                },
                example: {
                  message: "User is not authorized to access this resource",
                  requestId: "6f1a2b3c",
                },
              },
            },
          },
          "404": {
            description: "No such plan",
            content: {
              "application/json": {
                schema: {
                  $ref: "#/components/schemas/Error",
                },
                example: {
                  message: "No such plan",
                  requestId: "6f1a2b3c",
                },
              },
            },
          },
          "502": {
            description: "The store of the drawings failed",
            content: {
              "application/json": {
                schema: {
                  $ref: "#/components/schemas/Error",
                },
                example: {
                  message: "The drawings are out of reach",
                  requestId: "6f1a2b3c",
                },
              },
            },
          },
        },
        "x-amazon-apigateway-integration": {
          type: "http",
          httpMethod: "PUT",
          uri: "https://${stageVariables.plansHost}/drawings/{planId}",
          requestParameters: {
            "integration.request.path.planId": "method.request.path.planId",
          },
          passthroughBehavior: "when_no_match",
          contentHandling: "CONVERT_TO_BINARY",
          responses: {
            "404": {
              statusCode: "404",
              responseTemplates: {
                "application/json": "{\"message\":\"No such plan\",\"requestId\":\"$context.requestId\"}",
              },
            },
            "2\\d{2}": {
              statusCode: "204",
            },
            default: {
              statusCode: "502",
              responseTemplates: {
                "application/json": "{\"message\":\"The drawings are out of reach\",\"requestId\":\"$context.requestId\"}",
              },
            },
          },
        },
      },
    },
    "/desk/{proxy+}": {
      "x-amazon-apigateway-any-method": {
        operationId: "passToDesk",
        summary: "Talk to the lighting desk",
        security: [
          {
            crewAuthorizer: [],
          },
        ],
        parameters: [
          {
            name: "proxy",
            in: "path",
            required: true,
            schema: {
              type: "string",
            },
            example: "channels/12",
          },
        ],
        responses: {
          "200": {
            description: "What the desk answers",
            content: {
              "application/json": {
                schema: {
                  $ref: "#/components/schemas/DeskAnswer",
                },
                example: {
                  channel: "12",
                  level: "full",
                },
              },
            },
          },
          "401": {
            description: "No token",
            content: {
              "application/json": {
                schema: {
                  $ref: "#/components/schemas/Error",
                },
                example: {
                  message: "Unauthorized",
                  requestId: "6f1a2b3c",
                },
              },
            },
          },
          "403": {
            description: "Not of the crew",
            content: {
              "application/json": {
                schema: {
                  $ref: "#/components/schemas/Error",
                },
                example: {
                  message: "User is not authorized to access this resource",
                  requestId: "6f1a2b3c",
                },
              },
            },
          },
          "404": {
            description: "Unknown to the desk",
            content: {
              "application/json": {
                schema: {
                  $ref: "#/components/schemas/Error",
                },
                example: {
                  message: "No such channel",
                  requestId: "6f1a2b3c",
                },
              },
            },
          },
        },
        "x-amazon-apigateway-integration": {
          type: "http_proxy",
          httpMethod: "ANY",
          uri: "http://desk.internal/{proxy}",
          connectionType: "VPC_LINK",
          connectionId: "${stageVariables.vpcLinkId}",
          requestParameters: {
            "integration.request.path.proxy": "method.request.path.proxy",
          },
          passthroughBehavior: "when_no_match",
        },
      },
    },
  },
  components: {
    securitySchemes: {
      crewAuthorizer: {
        type: "apiKey",
        name: "Authorization",
        in: "header",
        "x-amazon-apigateway-authtype": "custom",
        "x-amazon-apigateway-authorizer": {
          type: "token",
          identityValidationExpression: "^Bearer [-_.A-Za-z0-9]+$",
          authorizerResultTtlInSeconds: 300,
          authorizerUri: {
            "Fn::Sub": "arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${AuthorizerFunction.Arn}/invocations",
          },
        },
      },
      drawingKey: {
        type: "apiKey",
        name: "x-api-key",
        in: "header",
      },
    },
    parameters: {
      CueId: {
        name: "cueId",
        in: "path",
        required: true,
        schema: {
          type: "string",
          pattern: "^c-[0-9]{4}$",
        },
        examples: {
          thunder: {
            value: "c-0017",
          },
        },
      },
      PlanId: {
        name: "planId",
        in: "path",
        required: true,
        schema: {
          type: "string",
          pattern: "^[a-z0-9-]{1,60}$",
        },
        example: "ground-plan",
      },
    },
    schemas: {
      Health: {
        type: "object",
        required: [
          "status",
        ],
        properties: {
          status: {
            type: "string",
            enum: [
              "up",
              "closing",
            ],
          },
        },
      },
      NewCue: {
        type: "object",
        required: [
          "show",
          "act",
          "kind",
          "label",
        ],
        properties: {
          show: {
            type: "string",
            pattern: "^[a-z0-9-]{2,40}$",
          },
          act: {
            type: "integer",
            minimum: 1,
            maximum: 5,
          },
          kind: {
            type: "string",
            enum: [
              "light",
              "sound",
              "fly",
              "follow",
            ],
          },
          label: {
            type: "string",
            minLength: 1,
            maxLength: 60,
          },
          seconds: {
            type: "number",
            minimum: 0,
            maximum: 3600,
          },
          note: {
            type: "string",
            maxLength: 200,
            nullable: true,
          },
        },
      },
      Cue: {
        allOf: [
          {
            $ref: "#/components/schemas/NewCue",
          },
          {
            type: "object",
            required: [
              "cueId",
            ],
            properties: {
              cueId: {
                type: "string",
                pattern: "^c-[0-9]{4}$",
              },
            },
          },
        ],
      },
      CueList: {
        type: "object",
        required: [
          "cues",
        ],
        properties: {
          cues: {
            type: "array",
            items: {
              $ref: "#/components/schemas/Cue",
            },
          },
          nextToken: {
            type: "string",
            nullable: true,
          },
        },
      },
      Call: {
        type: "object",
        required: [
          "person",
          "role",
          "at",
        ],
        properties: {
          person: {
            type: "string",
          },
          role: {
            type: "string",
          },
          at: {
            type: "string",
            format: "date-time",
          },
        },
      },
      DeskAnswer: {
        type: "object",
        additionalProperties: {
          type: "string",
        },
      },
      Error: {
        type: "object",
        required: [
          "message",
        ],
        properties: {
          message: {
            type: "string",
          },
          requestId: {
            type: "string",
          },
        },
      },
    },
  },
};

// Made by rehearsal generate msw from ../../specs/box-office.yaml. Do not edit.
import type { RequestHandler } from 'msw';
import { type HandlerOptions, handlers as handlersOf } from 'rehearsal/msw';

/** MSW handlers for all operations of the document: `setupServer(...handlers())`. */
export function handlers(options: HandlerOptions = {}): readonly RequestHandler[] {
  return handlersOf(document, options);
}

const document: object = {
  openapi: "3.1.1",
  info: {
    title: "Box Office",
    summary: "Productions, seats, bookings and tickets of one theatre",
    description: "Find a production, hold seats for a performance, book them and print the tickets. Errors are problem documents ([RFC 9457](https://www.rfc-editor.org/rfc/rfc9457)).",
    version: "1.4.0",
    contact: {
      name: "Box office",
      email: "hello@box-office.example",
    },
    license: {
      name: "MIT",
      identifier: "MIT",
    },
  },
  servers: [
    {
      url: "https://{house}.box-office.example/v1",
      description: "The house's own server; a stage or a local mock takes its place in a rehearsal.",
      variables: {
        house: {
          default: "live",
          enum: [
            "live",
            "rehearsal",
          ],
        },
      },
    },
  ],
  tags: [
    {
      name: "productions",
      description: "What is on",
    },
    {
      name: "performances",
      description: "When it is on and which seats are left",
    },
    {
      name: "bookings",
      description: "Seats that belong to somebody",
    },
    {
      name: "house",
      description: "Signing in and figures for the house",
    },
  ],
  security: [
    {
      bearerAuth: [],
    },
  ],
  paths: {
    "/productions": {
      get: {
        operationId: "listProductions",
        summary: "List the productions of the season, page by page",
        tags: [
          "productions",
        ],
        security: [],
        parameters: [
          {
            name: "genre",
            in: "query",
            description: "Form style, exploded (the default of a query) - `genre=comedy&genre=drama`",
            schema: {
              type: "array",
              uniqueItems: true,
              items: {
                $ref: "#/components/schemas/Genre",
              },
            },
            example: [
              "comedy",
              "drama",
            ],
          },
          {
            name: "venues",
            in: "query",
            description: "Space delimited - `venues=main%20studio`",
            style: "spaceDelimited",
            explode: false,
            schema: {
              type: "array",
              maxItems: 3,
              items: {
                $ref: "#/components/schemas/Venue",
              },
            },
            example: [
              "main",
              "studio",
            ],
          },
          {
            name: "fields",
            in: "query",
            description: "Pipe delimited - `fields=id|title`",
            style: "pipeDelimited",
            explode: false,
            schema: {
              type: "array",
              minItems: 1,
              items: {
                type: "string",
                enum: [
                  "id",
                  "title",
                  "genre",
                  "venue",
                  "runsUntil",
                ],
              },
            },
            example: [
              "id",
              "title",
            ],
          },
          {
            name: "q",
            in: "query",
            description: "Words to look for. Reserved characters such as `/` and `?` arrive as they are.",
            allowReserved: true,
            schema: {
              type: "string",
              minLength: 2,
              maxLength: 60,
            },
            example: "earnest/wilde",
          },
          {
            $ref: "#/components/parameters/Cursor",
          },
          {
            $ref: "#/components/parameters/Limit",
          },
          {
            $ref: "#/components/parameters/IfNoneMatch",
          },
          {
            name: "recent",
            in: "cookie",
            description: "What this visitor looked at last; a cookie, form style, not exploded",
            style: "form",
            explode: false,
            schema: {
              type: "array",
              items: {
                $ref: "#/components/schemas/ProductionId",
              },
              maxItems: 5,
            },
            example: [
              "the-tempest",
              "uncle-vanya",
            ],
          },
        ],
        responses: {
          "200": {
            description: "One page of productions",
            headers: {
              ETag: {
                $ref: "#/components/headers/ETag",
              },
              Link: {
                $ref: "#/components/headers/Link",
              },
            },
            content: {
              "application/json": {
                schema: {
                  $ref: "#/components/schemas/ProductionPage",
                },
                examples: {
                  firstPage: {
                    summary: "There is more to come",
                    value: {
                      items: [
                        {
                          id: "the-tempest",
                          title: "The Tempest",
                          genre: "drama",
                          venue: "main",
                          runsUntil: "2027-03-27",
                        },
                        {
                          id: "uncle-vanya",
                          title: "Uncle Vanya",
                          genre: "drama",
                          venue: "studio",
                          runsUntil: null,
                        },
                      ],
                      next: "cGFnZTI",
                    },
                  },
                  lastPage: {
                    summary: "The last page has no next one",
                    value: {
                      items: [
                        {
                          id: "the-importance-of-being-earnest",
                          title: "The Importance of Being Earnest",
                          genre: "comedy",
                          venue: "main",
                          runsUntil: "2027-05-15",
                        },
                      ],
                      next: null,
                    },
                  },
                },
              },
            },
            links: {
              nextPage: {
                operationId: "listProductions",
                parameters: {
                  cursor: "$response.body#/next",
                },
              },
              firstProduction: {
                operationId: "getProduction",
                parameters: {
                  productionId: "$response.body#/items/0/id",
                },
              },
            },
          },
          "304": {
            $ref: "#/components/responses/NotModified",
          },
          "400": {
            $ref: "#/components/responses/BadRequest",
          },
        },
      },
    },
    "/productions/{productionId}": {
      parameters: [
        {
          $ref: "#/components/parameters/ProductionId",
        },
      ],
      get: {
        operationId: "getProduction",
        summary: "Read one production with its scenes",
        tags: [
          "productions",
        ],
        security: [],
        parameters: [
          {
            $ref: "#/components/parameters/IfNoneMatch",
          },
        ],
        responses: {
          "200": {
            description: "The production",
            headers: {
              ETag: {
                $ref: "#/components/headers/ETag",
              },
            },
            content: {
              "application/json": {
                schema: {
                  $ref: "#/components/schemas/ProductionDetail",
                },
                examples: {
                  tempest: {
                    value: {
                      id: "the-tempest",
                      title: "The Tempest",
                      genre: "drama",
                      venue: "main",
                      runsUntil: "2027-03-27",
                      minutes: 140,
                      scenes: [
                        {
                          title: "Act I",
                          scenes: [
                            {
                              title: "On a ship at sea",
                              cast: [
                                "Boatswain",
                                "Alonso",
                                "Antonio",
                              ],
                            },
                            {
                              title: "Before the cell of Prospero",
                              cast: [
                                "Prospero",
                                "Miranda",
                                "Ariel",
                                "Caliban",
                              ],
                            },
                          ],
                        },
                        {
                          title: "Epilogue",
                          cast: [
                            "Prospero",
                          ],
                          scenes: [],
                        },
                      ],
                    },
                  },
                },
              },
            },
          },
          "304": {
            $ref: "#/components/responses/NotModified",
          },
          "400": {
            $ref: "#/components/responses/BadRequest",
          },
          "404": {
            $ref: "#/components/responses/NotFound",
          },
        },
      },
    },
    "/productions/{productionId}/programme": {
      parameters: [
        {
          $ref: "#/components/parameters/ProductionId",
        },
      ],
      get: {
        operationId: "downloadProgramme",
        summary: "Download the printed programme",
        tags: [
          "productions",
        ],
        security: [],
        responses: {
          "200": {
            description: "The programme",
            headers: {
              "Content-Disposition": {
                required: true,
                schema: {
                  type: "string",
                },
                example: "attachment; filename=\"the-tempest.pdf\"",
              },
            },
            content: {
              "application/pdf": {},
            },
          },
          "400": {
            $ref: "#/components/responses/BadRequest",
          },
          "404": {
            $ref: "#/components/responses/NotFound",
          },
        },
      },
      head: {
        operationId: "checkProgramme",
        summary: "Ask whether there is a programme, without downloading it",
        tags: [
          "productions",
        ],
        security: [],
        responses: {
          "200": {
            description: "There is one",
            headers: {
              "Last-Modified": {
                schema: {
                  type: "string",
                },
                example: "Mon, 01 Mar 2027 09:00:00 GMT",
              },
            },
          },
          "400": {
            description: "No production is named like that",
          },
          "404": {
            description: "There is none",
          },
        },
      },
      put: {
        operationId: "uploadProgramme",
        summary: "Replace the programme",
        tags: [
          "productions",
        ],
        security: [
          {
            staffLogin: [
              "productions:write",
            ],
          },
        ],
        requestBody: {
          required: true,
          content: {
            "multipart/form-data": {
              schema: {
                type: "object",
                required: [
                  "programme",
                  "details",
                ],
                properties: {
                  programme: {
                    description: "The document",
                    contentMediaType: "application/pdf",
                  },
                  photos: {
                    type: "array",
                    maxItems: 4,
                    items: {
                      contentMediaType: "image/jpeg",
                    },
                  },
                  details: {
                    $ref: "#/components/schemas/ProgrammeDetails",
                  },
                },
              },
              encoding: {
                programme: {
                  contentType: "application/pdf",
                },
                photos: {
                  contentType: "image/jpeg",
                },
                details: {
                  contentType: "application/json",
                  headers: {
                    "Content-Language": {
                      schema: {
                        type: "string",
                        enum: [
                          "en",
                          "cy",
                        ],
                        default: "en",
                      },
                    },
                  },
                },
              },
              examples: {
                tempest: {
                  value: {
                    programme: "%PDF-1.4\n% The Tempest, sixteen pages\n%%EOF\n",
                    details: {
                      pages: 16,
                      printed: "2027-02-19",
                      price: {
                        amount: 4.5,
                        currency: "GBP",
                      },
                    },
                  },
                },
              },
            },
          },
        },
        responses: {
          "201": {
            description: "Stored",
            headers: {
              Location: {
                required: true,
                schema: {
                  type: "string",
                  format: "uri-reference",
                },
                example: "/v1/productions/the-tempest/programme",
              },
            },
            links: {
              download: {
                operationId: "downloadProgramme",
                parameters: {
                  productionId: "$request.path.productionId",
                },
              },
            },
          },
          "400": {
            $ref: "#/components/responses/BadRequest",
          },
          "401": {
            $ref: "#/components/responses/Unauthorized",
          },
          "403": {
            $ref: "#/components/responses/Forbidden",
          },
          "404": {
            $ref: "#/components/responses/NotFound",
          },
          "413": {
            description: "More than 10 MB",
            content: {
              "application/problem+json": {
                schema: {
                  $ref: "#/components/schemas/Problem",
                },
                example: {
                  type: "https://box-office.example/problems/too-large",
                  title: "Too large",
                  status: 413,
                  detail: "A programme may have 10 MB at most.",
                },
              },
            },
          },
          default: {
            $ref: "#/components/responses/Unexpected",
          },
        },
      },
    },
    "/performances": {
      get: {
        operationId: "listPerformances",
        summary: "Find performances by date, venue or distance",
        tags: [
          "performances",
        ],
        security: [],
        parameters: [
          {
            name: "filter",
            in: "query",
            description: "An object in square brackets - `filter[from]=2027-03-01&filter[venue]=main`",
            style: "deepObject",
            schema: {
              type: "object",
              additionalProperties: false,
              properties: {
                from: {
                  type: "string",
                  format: "date",
                },
                until: {
                  type: "string",
                  format: "date",
                },
                venue: {
                  $ref: "#/components/schemas/Venue",
                },
              },
            },
            example: {
              from: "2027-03-01",
              until: "2027-03-31",
              venue: "main",
            },
          },
          {
            name: "sort",
            in: "query",
            description: "Form style, not exploded - `sort=startsAt,-price`",
            explode: false,
            schema: {
              type: "array",
              items: {
                type: "string",
                enum: [
                  "startsAt",
                  "-startsAt",
                  "price",
                  "-price",
                ],
              },
              default: [
                "startsAt",
              ],
            },
            example: [
              "startsAt",
              "-price",
            ],
          },
          {
            name: "near",
            in: "query",
            description: "Not a style but a document - JSON, written as text",
            content: {
              "application/json": {
                schema: {
                  $ref: "#/components/schemas/Place",
                },
                example: {
                  at: [
                    51.4816,
                    -3.1791,
                  ],
                  withinKm: 25,
                },
              },
            },
          },
          {
            name: "Accept-Currency",
            in: "header",
            description: "A list in a header, simple style - `GBP,EUR`",
            schema: {
              type: "array",
              maxItems: 3,
              items: {
                type: "string",
                pattern: "^[A-Z]{3}$",
              },
            },
            example: [
              "GBP",
              "EUR",
            ],
          },
        ],
        responses: {
          "200": {
            description: "The performances found",
            content: {
              "application/json": {
                schema: {
                  type: "array",
                  items: {
                    $ref: "#/components/schemas/Performance",
                  },
                },
                examples: {
                  inMarch: {
                    value: [
                      {
                        id: 4203112,
                        productionId: "the-tempest",
                        startsAt: "2027-03-14T19:30:00Z",
                        venue: "main",
                        soldOut: false,
                        prices: {
                          stalls: {
                            amount: 42.5,
                            currency: "GBP",
                          },
                          gallery: {
                            amount: 18,
                            currency: "GBP",
                          },
                        },
                      },
                      {
                        id: 4203113,
                        productionId: "the-tempest",
                        startsAt: "2027-03-15T14:00:00Z",
                        venue: "main",
                        soldOut: true,
                        prices: {},
                      },
                    ],
                  },
                  nothing: {
                    summary: "Nothing found is an empty list and not an error",
                    value: [],
                  },
                },
              },
            },
          },
          "400": {
            $ref: "#/components/responses/BadRequest",
          },
        },
      },
    },
    "/performances/{performanceId}": {
      get: {
        operationId: "getPerformance",
        summary: "Read one performance; members see their own prices",
        tags: [
          "performances",
        ],
        security: [
          {},
          {
            bearerAuth: [],
          },
        ],
        parameters: [
          {
            $ref: "#/components/parameters/PerformanceId",
          },
        ],
        responses: {
          "200": {
            description: "The performance",
            content: {
              "application/json": {
                schema: {
                  $ref: "#/components/schemas/Performance",
                },
                examples: {
                  opening: {
                    value: {
                      id: 4203112,
                      productionId: "the-tempest",
                      startsAt: "2027-03-14T19:30:00Z",
                      venue: "main",
                      soldOut: false,
                      prices: {
                        stalls: {
                          amount: 42.5,
                          currency: "GBP",
                        },
                        gallery: {
                          amount: 18,
                          currency: "GBP",
                        },
                      },
                    },
                  },
                },
              },
            },
          },
          "400": {
            $ref: "#/components/responses/BadRequest",
          },
          "401": {
            $ref: "#/components/responses/Unauthorized",
          },
          "404": {
            $ref: "#/components/responses/NotFound",
          },
        },
      },
    },
    "/performances/{performanceId}/seats": {
      get: {
        operationId: "listSeats",
        summary: "Read the state of every seat",
        tags: [
          "performances",
        ],
        security: [],
        parameters: [
          {
            $ref: "#/components/parameters/PerformanceId",
          },
        ],
        responses: {
          "200": {
            description: "Seat to state; a map, since the seats differ from house to house",
            content: {
              "application/json": {
                schema: {
                  $ref: "#/components/schemas/SeatMap",
                },
                examples: {
                  opening: {
                    value: {
                      C12: "held",
                      C13: "free",
                      C14: "free",
                      D1: "sold",
                    },
                  },
                },
              },
            },
          },
          "400": {
            $ref: "#/components/responses/BadRequest",
          },
          "404": {
            $ref: "#/components/responses/NotFound",
          },
        },
      },
    },
    "/performances/{performanceId}/seats/{seat}": {
      put: {
        operationId: "holdSeat",
        summary: "Hold a seat for some minutes",
        tags: [
          "performances",
        ],
        security: [
          {
            bearerAuth: [],
          },
          {
            sessionCookie: [],
          },
        ],
        parameters: [
          {
            $ref: "#/components/parameters/PerformanceId",
          },
          {
            name: "seat",
            in: "path",
            required: true,
            description: "Matrix style, exploded object - `;row=C;number=12`",
            style: "matrix",
            explode: true,
            schema: {
              type: "object",
              required: [
                "row",
                "number",
              ],
              properties: {
                row: {
                  type: "string",
                  pattern: "^[A-Z]{1,2}$",
                },
                number: {
                  type: "integer",
                  minimum: 1,
                  maximum: 99,
                },
              },
            },
            example: {
              row: "C",
              number: 12,
            },
          },
        ],
        requestBody: {
          content: {
            "application/json": {
              schema: {
                type: "object",
                properties: {
                  minutes: {
                    type: "integer",
                    minimum: 1,
                    maximum: 30,
                    multipleOf: 5,
                    default: 10,
                  },
                },
              },
              examples: {
                quarterOfAnHour: {
                  value: {
                    minutes: 15,
                  },
                },
              },
            },
          },
        },
        responses: {
          "200": {
            description: "Held",
            content: {
              "application/json": {
                schema: {
                  type: "object",
                  required: [
                    "seat",
                    "until",
                  ],
                  properties: {
                    seat: {
                      $ref: "#/components/schemas/SeatCode",
                    },
                    until: {
                      type: "string",
                      format: "date-time",
                    },
                  },
                },
                examples: {
                  quarterOfAnHour: {
                    value: {
                      seat: "C12",
                      until: "2027-03-01T10:15:00Z",
                    },
                  },
                },
              },
            },
          },
          "400": {
            $ref: "#/components/responses/BadRequest",
          },
          "401": {
            $ref: "#/components/responses/Unauthorized",
          },
          "403": {
            $ref: "#/components/responses/Forbidden",
          },
          "404": {
            $ref: "#/components/responses/NotFound",
          },
          "409": {
            $ref: "#/components/responses/SeatTaken",
          },
        },
      },
    },
    "/performances/{performanceId}/sections/{section}": {
      get: {
        operationId: "getSection",
        summary: "Count the free seats of a part of the house",
        tags: [
          "performances",
        ],
        security: [],
        parameters: [
          {
            $ref: "#/components/parameters/PerformanceId",
          },
          {
            name: "section",
            in: "path",
            required: true,
            description: "Label style, exploded list, from the large to the small - `.stalls.left`",
            style: "label",
            explode: true,
            schema: {
              type: "array",
              minItems: 1,
              maxItems: 3,
              items: {
                type: "string",
                pattern: "^[a-z]+$",
              },
            },
            example: [
              "stalls",
              "left",
            ],
          },
        ],
        responses: {
          "200": {
            description: "The number, as plain text",
            content: {
              "text/plain": {
                schema: {
                  type: "string",
                  pattern: "^[0-9]+$",
                },
                example: "37",
              },
            },
          },
          "400": {
            $ref: "#/components/responses/BadRequest",
          },
          "404": {
            $ref: "#/components/responses/NotFound",
          },
        },
      },
    },
    "/performances/{performanceId}/seat-events": {
      get: {
        operationId: "streamSeatEvents",
        summary: "Follow the seats live",
        tags: [
          "performances",
        ],
        security: [
          {
            sessionCookie: [],
          },
        ],
        parameters: [
          {
            $ref: "#/components/parameters/PerformanceId",
          },
          {
            name: "Last-Event-ID",
            in: "header",
            schema: {
              type: "string",
              maxLength: 20,
            },
            example: "80",
          },
        ],
        responses: {
          "200": {
            description: "Server-sent events, one for each seat that changes",
            content: {
              "text/event-stream": {
                schema: {
                  type: "string",
                },
                examples: {
                  twoEvents: {
                    value: "id: 81\nevent: seat\ndata: {\"seat\":\"C12\",\"state\":\"held\"}\n\nid: 82\nevent: seat\ndata: {\"seat\":\"D1\",\"state\":\"sold\"}\n\n",
                  },
                },
              },
            },
          },
          "400": {
            $ref: "#/components/responses/BadRequest",
          },
          "401": {
            $ref: "#/components/responses/Unauthorized",
          },
          "403": {
            $ref: "#/components/responses/Forbidden",
          },
          "404": {
            $ref: "#/components/responses/NotFound",
          },
        },
      },
    },
    "/prices/{performanceIds}": {
      get: {
        operationId: "comparePrices",
        summary: "Compare the cheapest prices of several performances",
        tags: [
          "performances",
        ],
        security: [],
        parameters: [
          {
            name: "performanceIds",
            in: "path",
            required: true,
            description: "Simple style list - `4203112,4203113`",
            schema: {
              type: "array",
              minItems: 1,
              maxItems: 10,
              items: {
                $ref: "#/components/schemas/PerformanceId",
              },
            },
            example: [
              4203112,
              4203113,
            ],
          },
        ],
        responses: {
          "200": {
            description: "Performance to its cheapest price; null when it is sold out",
            content: {
              "application/json": {
                schema: {
                  type: "object",
                  additionalProperties: {
                    anyOf: [
                      {
                        $ref: "#/components/schemas/Money",
                      },
                      {
                        type: "null",
                      },
                    ],
                  },
                },
                example: {
                  "4203112": {
                    amount: 18,
                    currency: "GBP",
                  },
                  "4203113": null,
                },
              },
            },
          },
          "4XX": {
            $ref: "#/components/responses/Unexpected",
          },
        },
      },
    },
    "/bookings": {
      get: {
        operationId: "listBookings",
        summary: "List my bookings",
        tags: [
          "bookings",
        ],
        parameters: [
          {
            $ref: "#/components/parameters/Cursor",
          },
          {
            $ref: "#/components/parameters/Limit",
          },
          {
            name: "status",
            in: "query",
            schema: {
              $ref: "#/components/schemas/BookingStatus",
            },
            example: "paid",
          },
        ],
        responses: {
          "200": {
            description: "One page of bookings",
            headers: {
              Link: {
                $ref: "#/components/headers/Link",
              },
            },
            content: {
              "application/json": {
                schema: {
                  $ref: "#/components/schemas/BookingPage",
                },
                examples: {
                  lastPage: {
                    value: {
                      items: [
                        {
                          id: "7d3f1a52-5c0e-4a3b-9f46-2b1c8e0d6a11",
                          performanceId: 4203112,
                          status: "paid",
                        },
                        {
                          id: "b81e4c9a-0f27-4d6e-8a35-91d7c3f2e640",
                          performanceId: 4203113,
                          status: "held",
                        },
                      ],
                      next: null,
                    },
                  },
                },
              },
              "text/csv": {
                schema: {
                  type: "string",
                },
                example: "id,performanceId,status\n7d3f1a52-5c0e-4a3b-9f46-2b1c8e0d6a11,4203112,paid\nb81e4c9a-0f27-4d6e-8a35-91d7c3f2e640,4203113,held\n",
              },
            },
          },
          "400": {
            $ref: "#/components/responses/BadRequest",
          },
          "401": {
            $ref: "#/components/responses/Unauthorized",
          },
          "403": {
            $ref: "#/components/responses/Forbidden",
          },
        },
      },
      post: {
        operationId: "createBooking",
        summary: "Book seats",
        tags: [
          "bookings",
        ],
        security: [
          {
            bearerAuth: [],
          },
          {
            staffLogin: [
              "bookings:write",
            ],
          },
        ],
        parameters: [
          {
            name: "Idempotency-Key",
            in: "header",
            required: true,
            description: "Sent again with the same key, a request books nothing twice",
            schema: {
              type: "string",
              format: "uuid",
            },
            example: "0f8fad5b-d9cb-469f-a165-70867728950e",
          },
        ],
        requestBody: {
          required: true,
          content: {
            "application/json": {
              schema: {
                $ref: "#/components/schemas/Booking",
              },
              examples: {
                twoStalls: {
                  $ref: "#/components/examples/TwoStallsRequest",
                },
                schoolParty: {
                  $ref: "#/components/examples/SchoolPartyRequest",
                },
              },
            },
          },
        },
        responses: {
          "201": {
            description: "Booked",
            headers: {
              Location: {
                $ref: "#/components/headers/Location",
              },
              ETag: {
                $ref: "#/components/headers/ETag",
              },
            },
            content: {
              "application/json": {
                schema: {
                  $ref: "#/components/schemas/Booking",
                },
                examples: {
                  twoStalls: {
                    $ref: "#/components/examples/TwoStalls",
                  },
                  schoolParty: {
                    $ref: "#/components/examples/SchoolParty",
                  },
                },
              },
            },
            links: {
              read: {
                operationId: "getBooking",
                parameters: {
                  bookingId: "$response.body#/id",
                },
              },
              change: {
                operationId: "changeBooking",
                parameters: {
                  "path.bookingId": "$response.body#/id",
                  "header.If-Match": "$response.header.ETag",
                },
              },
              ticket: {
                operationRef: "#/paths/~1bookings~1{bookingId}~1tickets~1{ticketNumber}/get",
                parameters: {
                  bookingId: "$response.body#/id",
                  ticketNumber: "1",
                },
              },
              cancel: {
                operationId: "cancelBooking",
                parameters: {
                  bookingId: "$response.body#/id",
                },
              },
            },
          },
          "400": {
            $ref: "#/components/responses/BadRequest",
          },
          "401": {
            $ref: "#/components/responses/Unauthorized",
          },
          "403": {
            $ref: "#/components/responses/Forbidden",
          },
          "409": {
            $ref: "#/components/responses/SeatTaken",
          },
          "429": {
            $ref: "#/components/responses/TooMany",
          },
        },
        callbacks: {
          settled: {
            "{$request.body#/notifyUrl}": {
              post: {
                operationId: "bookingSettled",
                summary: "The payment of a booking has arrived",
                security: [],
                requestBody: {
                  required: true,
                  content: {
                    "application/json": {
                      schema: {
                        $ref: "#/components/schemas/BookingSummary",
                      },
                      example: {
                        id: "7d3f1a52-5c0e-4a3b-9f46-2b1c8e0d6a11",
                        performanceId: 4203112,
                        status: "paid",
                      },
                    },
                  },
                },
                responses: {
                  "204": {
                    description: "Understood",
                  },
                },
              },
            },
          },
        },
      },
    },
    "/bookings/{bookingId}": {
      parameters: [
        {
          $ref: "#/components/parameters/BookingId",
        },
      ],
      get: {
        operationId: "getBooking",
        summary: "Read a booking",
        tags: [
          "bookings",
        ],
        responses: {
          "200": {
            description: "The booking",
            headers: {
              ETag: {
                $ref: "#/components/headers/ETag",
              },
            },
            content: {
              "application/json": {
                schema: {
                  $ref: "#/components/schemas/Booking",
                },
                examples: {
                  twoStalls: {
                    $ref: "#/components/examples/TwoStalls",
                  },
                  schoolParty: {
                    $ref: "#/components/examples/SchoolParty",
                  },
                },
              },
            },
          },
          "400": {
            $ref: "#/components/responses/BadRequest",
          },
          "401": {
            $ref: "#/components/responses/Unauthorized",
          },
          "403": {
            $ref: "#/components/responses/Forbidden",
          },
          "404": {
            $ref: "#/components/responses/NotFound",
          },
        },
      },
      patch: {
        operationId: "changeBooking",
        summary: "Change the contact, the notes or the labels of a booking",
        tags: [
          "bookings",
        ],
        parameters: [
          {
            name: "If-Match",
            in: "header",
            required: true,
            description: "The ETag that was read, so that nobody's change is lost",
            schema: {
              type: "string",
              pattern: "^\"[^\"]{1,64}\"$",
            },
            example: "\"v1-7d3f\"",
          },
        ],
        requestBody: {
          required: true,
          content: {
            "application/merge-patch+json": {
              schema: {
                $ref: "#/components/schemas/BookingChange",
              },
              examples: {
                twoStalls: {
                  value: {
                    notes: null,
                    labels: {
                      source: "telephone",
                    },
                  },
                },
              },
            },
          },
        },
        responses: {
          "200": {
            description: "Changed",
            headers: {
              ETag: {
                $ref: "#/components/headers/ETag",
              },
            },
            content: {
              "application/json": {
                schema: {
                  $ref: "#/components/schemas/Booking",
                },
                examples: {
                  twoStalls: {
                    value: {
                      id: "7d3f1a52-5c0e-4a3b-9f46-2b1c8e0d6a11",
                      performanceId: 4203112,
                      seats: [
                        "C12",
                        "C13",
                      ],
                      contact: {
                        name: "Carys Morgan",
                        email: "carys.morgan@example.com",
                      },
                      notes: null,
                      labels: {
                        source: "telephone",
                      },
                      status: "paid",
                      total: {
                        amount: 85,
                        currency: "GBP",
                      },
                      ledgerNumber: 9007199254740993n,
                      createdAt: "2027-03-01T10:04:22Z",
                    },
                  },
                },
              },
            },
          },
          "400": {
            $ref: "#/components/responses/BadRequest",
          },
          "401": {
            $ref: "#/components/responses/Unauthorized",
          },
          "403": {
            $ref: "#/components/responses/Forbidden",
          },
          "404": {
            $ref: "#/components/responses/NotFound",
          },
          "412": {
            description: "Somebody else changed it first",
            content: {
              "application/problem+json": {
                schema: {
                  $ref: "#/components/schemas/Problem",
                },
                example: {
                  type: "https://box-office.example/problems/changed-meanwhile",
                  title: "Changed meanwhile",
                  status: 412,
                  detail: "The booking has been changed since it was read. Read it again.",
                },
              },
            },
          },
        },
      },
      delete: {
        operationId: "cancelBooking",
        summary: "Cancel a booking and free its seats",
        tags: [
          "bookings",
        ],
        responses: {
          "204": {
            description: "Cancelled",
          },
          "400": {
            $ref: "#/components/responses/BadRequest",
          },
          "401": {
            $ref: "#/components/responses/Unauthorized",
          },
          "403": {
            $ref: "#/components/responses/Forbidden",
          },
          "404": {
            $ref: "#/components/responses/NotFound",
          },
        },
      },
    },
    "/bookings/{bookingId}/tickets/{ticketNumber}": {
      get: {
        operationId: "downloadTicket",
        summary: "Download a ticket, to print or to show",
        tags: [
          "bookings",
        ],
        parameters: [
          {
            $ref: "#/components/parameters/BookingId",
          },
          {
            name: "ticketNumber",
            in: "path",
            required: true,
            schema: {
              type: "integer",
              minimum: 1,
              maximum: 12,
            },
            example: 1,
          },
        ],
        responses: {
          "200": {
            description: "The ticket, as `Accept` wants it",
            content: {
              "image/png": {},
              "application/pdf": {},
            },
          },
          "400": {
            $ref: "#/components/responses/BadRequest",
          },
          "401": {
            $ref: "#/components/responses/Unauthorized",
          },
          "403": {
            $ref: "#/components/responses/Forbidden",
          },
          "404": {
            $ref: "#/components/responses/NotFound",
          },
        },
      },
    },
    "/sessions": {
      post: {
        operationId: "signIn",
        summary: "Sign in with a form",
        tags: [
          "house",
        ],
        security: [],
        requestBody: {
          required: true,
          content: {
            "application/x-www-form-urlencoded": {
              schema: {
                type: "object",
                required: [
                  "email",
                  "password",
                ],
                properties: {
                  email: {
                    type: "string",
                    format: "email",
                  },
                  password: {
                    type: "string",
                    format: "password",
                    minLength: 8,
                    maxLength: 72,
                  },
                  interests: {
                    type: "array",
                    maxItems: 4,
                    items: {
                      $ref: "#/components/schemas/Genre",
                    },
                  },
                },
              },
              encoding: {
                interests: {
                  style: "form",
                  explode: false,
                },
              },
              examples: {
                member: {
                  value: {
                    email: "carys.morgan@example.com",
                    password: "not-a-real-one",
                    interests: [
                      "comedy",
                      "drama",
                    ],
                  },
                },
              },
            },
          },
        },
        responses: {
          "201": {
            description: "Signed in",
            headers: {
              "Set-Cookie": {
                schema: {
                  type: "string",
                },
                example: "session=3q2-7w; Path=/v1; HttpOnly; SameSite=Lax",
              },
            },
            content: {
              "application/json": {
                schema: {
                  type: "object",
                  required: [
                    "token",
                    "expiresIn",
                  ],
                  properties: {
                    token: {
                      type: "string",
                      minLength: 16,
                    },
                    expiresIn: {
                      type: "integer",
                      format: "int32",
                      exclusiveMinimum: 0,
                    },
                  },
                },
                examples: {
                  member: {
                    value: {
                      token: "rehearsal-token-of-no-worth",
                      expiresIn: 3600,
                    },
                  },
                },
              },
            },
          },
          "400": {
            $ref: "#/components/responses/BadRequest",
          },
          "401": {
            $ref: "#/components/responses/Unauthorized",
          },
          "429": {
            $ref: "#/components/responses/TooMany",
          },
        },
      },
    },
    "/takings": {
      get: {
        operationId: "reportTakings",
        summary: "Report the takings day by day",
        tags: [
          "house",
        ],
        security: [
          {
            partnerKey: [],
            staffLogin: [
              "takings:read",
            ],
          },
        ],
        parameters: [
          {
            name: "from",
            in: "query",
            required: true,
            schema: {
              type: "string",
              format: "date",
            },
            example: "2027-03-14",
          },
          {
            name: "until",
            in: "query",
            required: true,
            schema: {
              type: "string",
              format: "date",
            },
            example: "2027-03-15",
          },
        ],
        responses: {
          "200": {
            description: "One line for each day",
            content: {
              "text/csv": {
                schema: {
                  type: "string",
                },
                example: "day,seats,amount\n2027-03-14,412,15120.50\n2027-03-15,398,14890.00\n",
              },
              "application/x-ndjson": {
                schema: {
                  type: "string",
                },
                example: "{\"day\":\"2027-03-14\",\"seats\":412,\"amount\":15120.5}\n{\"day\":\"2027-03-15\",\"seats\":398,\"amount\":14890}\n",
              },
            },
          },
          "400": {
            $ref: "#/components/responses/BadRequest",
          },
          "401": {
            $ref: "#/components/responses/Unauthorized",
          },
          "403": {
            $ref: "#/components/responses/Forbidden",
          },
        },
      },
    },
    "/shows": {
      get: {
        operationId: "listShows",
        summary: "List titles; use listProductions",
        tags: [
          "productions",
        ],
        deprecated: true,
        security: [],
        responses: {
          "200": {
            description: "Titles only",
            headers: {
              Sunset: {
                schema: {
                  type: "string",
                },
                example: "Wed, 01 Sep 2027 00:00:00 GMT",
              },
            },
            content: {
              "application/json": {
                schema: {
                  type: "array",
                  items: {
                    type: "string",
                  },
                },
                example: [
                  "The Tempest",
                  "Uncle Vanya",
                  "The Importance of Being Earnest",
                ],
              },
            },
          },
        },
      },
    },
  },
  webhooks: {
    performanceCancelled: {
      post: {
        operationId: "performanceCancelled",
        summary: "A performance will not take place",
        tags: [
          "performances",
        ],
        security: [],
        parameters: [
          {
            name: "X-Signature",
            in: "header",
            required: true,
            description: "HMAC-SHA256 of the body, in hexadecimal digits",
            schema: {
              type: "string",
              pattern: "^[0-9a-f]{64}$",
            },
            example: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
          },
        ],
        requestBody: {
          required: true,
          content: {
            "application/json": {
              schema: {
                type: "object",
                required: [
                  "performanceId",
                  "reason",
                ],
                properties: {
                  performanceId: {
                    $ref: "#/components/schemas/PerformanceId",
                  },
                  reason: {
                    type: "string",
                    enum: [
                      "illness",
                      "weather",
                      "technical",
                      "other",
                    ],
                    default: "other",
                  },
                },
              },
              example: {
                performanceId: 4203113,
                reason: "technical",
              },
            },
          },
        },
        responses: {
          "204": {
            description: "Understood",
          },
        },
      },
    },
  },
  components: {
    securitySchemes: {
      bearerAuth: {
        type: "http",
        scheme: "bearer",
        bearerFormat: "JWT",
        description: "The token of `signIn`",
      },
      sessionCookie: {
        type: "apiKey",
        in: "cookie",
        name: "session",
        description: "The cookie of `signIn`",
      },
      partnerKey: {
        type: "apiKey",
        in: "header",
        name: "X-Api-Key",
      },
      staffLogin: {
        type: "oauth2",
        flows: {
          authorizationCode: {
            authorizationUrl: "https://login.box-office.example/authorize",
            tokenUrl: "https://login.box-office.example/token",
            scopes: {
              "productions:write": "Change productions",
              "bookings:write": "Book for others",
              "takings:read": "Read the takings",
            },
          },
          clientCredentials: {
            tokenUrl: "https://login.box-office.example/token",
            scopes: {
              "productions:write": "Change productions",
              "bookings:write": "Book for others",
              "takings:read": "Read the takings",
            },
          },
        },
      },
    },
    parameters: {
      ProductionId: {
        name: "productionId",
        in: "path",
        required: true,
        schema: {
          $ref: "#/components/schemas/ProductionId",
        },
        examples: {
          tempest: {
            value: "the-tempest",
          },
        },
      },
      PerformanceId: {
        name: "performanceId",
        in: "path",
        required: true,
        schema: {
          $ref: "#/components/schemas/PerformanceId",
        },
        examples: {
          opening: {
            value: 4203112,
          },
        },
      },
      BookingId: {
        name: "bookingId",
        in: "path",
        required: true,
        schema: {
          type: "string",
          format: "uuid",
        },
        examples: {
          twoStalls: {
            value: "7d3f1a52-5c0e-4a3b-9f46-2b1c8e0d6a11",
          },
          schoolParty: {
            value: "b81e4c9a-0f27-4d6e-8a35-91d7c3f2e640",
          },
        },
      },
      Cursor: {
        name: "cursor",
        in: "query",
        description: "The `next` of the page before",
        schema: {
          type: "string",
          pattern: "^[A-Za-z0-9_-]{1,64}$",
        },
        examples: {
          lastPage: {
            value: "cGFnZTI",
          },
        },
      },
      Limit: {
        name: "limit",
        in: "query",
        schema: {
          type: "integer",
          format: "int32",
          minimum: 1,
          maximum: 100,
          default: 20,
        },
        example: 20,
      },
      IfNoneMatch: {
        name: "If-None-Match",
        in: "header",
        schema: {
          type: "string",
        },
        example: "\"season-2026\"",
      },
    },
    headers: {
      Location: {
        required: true,
        description: "Where it can be read",
        schema: {
          type: "string",
          format: "uri-reference",
        },
        example: "/v1/bookings/7d3f1a52-5c0e-4a3b-9f46-2b1c8e0d6a11",
      },
      ETag: {
        required: true,
        schema: {
          type: "string",
          pattern: "^(W/)?\"[^\"]*\"$",
        },
        example: "\"v1-7d3f\"",
      },
      Link: {
        schema: {
          type: "string",
        },
        example: "</v1/productions?cursor=cGFnZTI>; rel=\"next\"",
      },
    },
    responses: {
      NotModified: {
        description: "You have it already",
        headers: {
          ETag: {
            $ref: "#/components/headers/ETag",
          },
        },
      },
      BadRequest: {
        description: "The request breaks the contract",
        content: {
          "application/problem+json": {
            schema: {
              $ref: "#/components/schemas/Problem",
            },
            examples: {
              badRequest: {
                value: {
                  type: "https://box-office.example/problems/bad-request",
                  title: "Bad request",
                  status: 400,
                  detail: "One member of the request is not as it should be.",
                  errors: [
                    {
                      pointer: "/seats/0",
                      detail: "A seat is a row and a number, such as C12.",
                    },
                  ],
                },
              },
            },
          },
        },
      },
      Unauthorized: {
        description: "Credentials are missing or worn out",
        headers: {
          "WWW-Authenticate": {
            schema: {
              type: "string",
            },
            example: "Bearer realm=\"box-office\"",
          },
        },
        content: {
          "application/problem+json": {
            schema: {
              $ref: "#/components/schemas/Problem",
            },
            examples: {
              unauthorized: {
                value: {
                  type: "https://box-office.example/problems/unauthorized",
                  title: "Unauthorized",
                  status: 401,
                  detail: "Sign in first.",
                },
              },
            },
          },
        },
      },
      Forbidden: {
        description: "The credentials do not reach this far",
        content: {
          "application/problem+json": {
            schema: {
              $ref: "#/components/schemas/Problem",
            },
            examples: {
              forbidden: {
                value: {
                  type: "https://box-office.example/problems/forbidden",
                  title: "Forbidden",
                  status: 403,
                  detail: "This account may not do that.",
                },
              },
            },
          },
        },
      },
      NotFound: {
        description: "There is no such thing",
        content: {
          "application/problem+json": {
            schema: {
              $ref: "#/components/schemas/Problem",
            },
            examples: {
              notFound: {
                value: {
                  type: "https://box-office.example/problems/not-found",
                  title: "Not found",
                  status: 404,
                  detail: "Nothing goes by that name.",
                },
              },
            },
          },
        },
      },
      SeatTaken: {
        description: "Somebody was faster",
        content: {
          "application/problem+json": {
            schema: {
              $ref: "#/components/schemas/Problem",
            },
            examples: {
              seatTaken: {
                value: {
                  type: "https://box-office.example/problems/seat-taken",
                  title: "Seat taken",
                  status: 409,
                  detail: "Seat D1 has been sold.",
                  errors: [
                    {
                      pointer: "/seats/0",
                      detail: "D1 is sold.",
                    },
                  ],
                },
              },
            },
          },
        },
      },
      TooMany: {
        description: "Too many requests",
        headers: {
          "Retry-After": {
            required: true,
            schema: {
              type: "integer",
              minimum: 1,
            },
            example: 30,
          },
        },
        content: {
          "application/problem+json": {
            schema: {
              $ref: "#/components/schemas/Problem",
            },
            examples: {
              tooMany: {
                value: {
                  type: "https://box-office.example/problems/too-many",
                  title: "Too many requests",
                  status: 429,
                  detail: "Try again in half a minute.",
                },
              },
            },
          },
        },
      },
      Unexpected: {
        description: "Anything else that went wrong",
        content: {
          "application/problem+json": {
            schema: {
              $ref: "#/components/schemas/Problem",
            },
          },
        },
      },
    },
    examples: {
      TwoStallsRequest: {
        summary: "Two seats, paid by card",
        value: {
          performanceId: 4203112,
          seats: [
            "C12",
            "C13",
          ],
          contact: {
            name: "Carys Morgan",
            email: "carys.morgan@example.com",
            phone: "+442920180000",
          },
          notes: "One of us is hard of hearing.",
          labels: {
            source: "web",
          },
          payment: {
            method: "card",
            token: "tok_4f9Lq2Zx",
          },
          notifyUrl: "https://carys.example.com/tickets",
        },
      },
      TwoStalls: {
        summary: "Two seats, paid by card",
        value: {
          id: "7d3f1a52-5c0e-4a3b-9f46-2b1c8e0d6a11",
          performanceId: 4203112,
          seats: [
            "C12",
            "C13",
          ],
          contact: {
            name: "Carys Morgan",
            email: "carys.morgan@example.com",
            phone: "+442920180000",
          },
          notes: "One of us is hard of hearing.",
          labels: {
            source: "web",
          },
          status: "paid",
          total: {
            amount: 85,
            currency: "GBP",
          },
          ledgerNumber: 9007199254740993n,
          createdAt: "2027-03-01T10:04:22Z",
        },
      },
      SchoolPartyRequest: {
        summary: "A school, by invoice",
        value: {
          performanceId: 4203113,
          seats: [
            "F1",
            "F2",
            "F3",
            "F4",
          ],
          contact: {
            name: "Ysgol Glan Morfa",
            email: "office@glan-morfa.example",
            phone: null,
          },
          payment: {
            method: "invoice",
            organisation: "Ysgol Glan Morfa",
            country: "GB",
            vatNumber: "GB123456789",
          },
        },
      },
      SchoolParty: {
        summary: "A school, by invoice",
        value: {
          id: "b81e4c9a-0f27-4d6e-8a35-91d7c3f2e640",
          performanceId: 4203113,
          seats: [
            "F1",
            "F2",
            "F3",
            "F4",
          ],
          contact: {
            name: "Ysgol Glan Morfa",
            email: "office@glan-morfa.example",
            phone: null,
          },
          status: "held",
          total: {
            amount: 170,
            currency: "GBP",
          },
          ledgerNumber: 9007199254740995n,
          createdAt: "2027-03-02T08:30:00Z",
          heldUntil: "2027-03-09T08:30:00Z",
        },
      },
    },
    schemas: {
      ProductionId: {
        type: "string",
        maxLength: 60,
        pattern: "^[a-z0-9]+(-[a-z0-9]+)*$",
        examples: [
          "the-tempest",
        ],
      },
      PerformanceId: {
        type: "integer",
        format: "int64",
        minimum: 1,
        examples: [
          4203112,
        ],
      },
      SeatCode: {
        type: "string",
        pattern: "^[A-Z]{1,2}[1-9][0-9]?$",
        examples: [
          "C12",
        ],
      },
      SeatState: {
        type: "string",
        enum: [
          "free",
          "held",
          "sold",
        ],
      },
      Genre: {
        type: "string",
        enum: [
          "comedy",
          "drama",
          "musical",
          "dance",
        ],
      },
      Venue: {
        type: "string",
        enum: [
          "main",
          "studio",
          "courtyard",
        ],
      },
      BookingStatus: {
        type: "string",
        enum: [
          "held",
          "paid",
          "cancelled",
        ],
      },
      Money: {
        type: "object",
        required: [
          "amount",
          "currency",
        ],
        properties: {
          amount: {
            type: "number",
            minimum: 0,
            multipleOf: 0.01,
          },
          currency: {
            const: "GBP",
          },
        },
      },
      Place: {
        type: "object",
        required: [
          "at",
        ],
        properties: {
          at: {
            description: "Latitude and longitude; a tuple",
            type: "array",
            prefixItems: [
              {
                type: "number",
                minimum: -90,
                maximum: 90,
              },
              {
                type: "number",
                minimum: -180,
                maximum: 180,
              },
            ],
            items: false,
            minItems: 2,
          },
          withinKm: {
            type: "number",
            exclusiveMinimum: 0,
            maximum: 200,
            default: 10,
          },
        },
      },
      Production: {
        type: "object",
        required: [
          "id",
          "title",
          "genre",
          "venue",
        ],
        properties: {
          id: {
            $ref: "#/components/schemas/ProductionId",
          },
          title: {
            type: "string",
            minLength: 1,
            maxLength: 120,
            examples: [
              "The Tempest",
            ],
          },
          genre: {
            $ref: "#/components/schemas/Genre",
          },
          venue: {
            $ref: "#/components/schemas/Venue",
          },
          runsUntil: {
            type: [
              "string",
              "null",
            ],
            format: "date",
            description: "Null while nobody knows",
          },
        },
      },
      ProductionDetail: {
        allOf: [
          {
            $ref: "#/components/schemas/Production",
          },
          {
            type: "object",
            required: [
              "minutes",
              "scenes",
            ],
            properties: {
              minutes: {
                type: "integer",
                minimum: 1,
                maximum: 600,
              },
              scenes: {
                type: "array",
                items: {
                  $ref: "#/components/schemas/Scene",
                },
              },
            },
          },
        ],
        unevaluatedProperties: false,
      },
      Scene: {
        description: "A scene has scenes of its own - recursion without an end in the schema",
        type: "object",
        required: [
          "title",
        ],
        properties: {
          title: {
            type: "string",
            minLength: 1,
            examples: [
              "Before the cell of Prospero",
            ],
          },
          cast: {
            type: "array",
            items: {
              type: "string",
              examples: [
                "Prospero",
              ],
            },
          },
          scenes: {
            type: "array",
            maxItems: 20,
            items: {
              $ref: "#/components/schemas/Scene",
            },
          },
        },
      },
      ProductionPage: {
        type: "object",
        required: [
          "items",
          "next",
        ],
        properties: {
          items: {
            type: "array",
            items: {
              $ref: "#/components/schemas/Production",
            },
          },
          next: {
            $ref: "#/components/schemas/NextCursor",
          },
        },
      },
      NextCursor: {
        type: [
          "string",
          "null",
        ],
        description: "Null on the last page",
      },
      Performance: {
        type: "object",
        required: [
          "id",
          "productionId",
          "startsAt",
          "venue",
          "prices",
        ],
        properties: {
          id: {
            $ref: "#/components/schemas/PerformanceId",
          },
          productionId: {
            $ref: "#/components/schemas/ProductionId",
          },
          startsAt: {
            type: "string",
            format: "date-time",
          },
          venue: {
            $ref: "#/components/schemas/Venue",
          },
          soldOut: {
            type: "boolean",
            default: false,
          },
          prices: {
            type: "object",
            additionalProperties: {
              $ref: "#/components/schemas/Money",
            },
          },
        },
      },
      SeatMap: {
        type: "object",
        propertyNames: {
          $ref: "#/components/schemas/SeatCode",
        },
        additionalProperties: {
          $ref: "#/components/schemas/SeatState",
        },
      },
      ProgrammeDetails: {
        type: "object",
        required: [
          "pages",
        ],
        properties: {
          pages: {
            type: "integer",
            minimum: 4,
            maximum: 96,
            multipleOf: 4,
          },
          printed: {
            type: "string",
            format: "date",
          },
          price: {
            $ref: "#/components/schemas/Money",
          },
        },
      },
      Contact: {
        type: "object",
        required: [
          "name",
          "email",
        ],
        properties: {
          name: {
            type: "string",
            minLength: 2,
            maxLength: 80,
            not: {
              enum: [
                "House",
                "Staff",
              ],
            },
            examples: [
              "Carys Morgan",
            ],
          },
          email: {
            type: "string",
            format: "email",
          },
          phone: {
            type: [
              "string",
              "null",
            ],
            pattern: "^\\+[1-9][0-9]{6,14}$",
            examples: [
              "+442920180000",
            ],
          },
        },
      },
      Booking: {
        type: "object",
        required: [
          "id",
          "performanceId",
          "seats",
          "contact",
          "payment",
          "status",
          "total",
          "createdAt",
        ],
        properties: {
          id: {
            type: "string",
            format: "uuid",
            readOnly: true,
          },
          performanceId: {
            $ref: "#/components/schemas/PerformanceId",
          },
          seats: {
            type: "array",
            minItems: 1,
            maxItems: 12,
            uniqueItems: true,
            items: {
              $ref: "#/components/schemas/SeatCode",
            },
          },
          contact: {
            $ref: "#/components/schemas/Contact",
          },
          notes: {
            type: [
              "string",
              "null",
            ],
            maxLength: 280,
          },
          labels: {
            $ref: "#/components/schemas/Labels",
          },
          payment: {
            $ref: "#/components/schemas/PaymentMethod",
            writeOnly: true,
          },
          notifyUrl: {
            type: "string",
            format: "uri",
            writeOnly: true,
            examples: [
              "https://carys.example.com/tickets",
            ],
          },
          status: {
            $ref: "#/components/schemas/BookingStatus",
            readOnly: true,
          },
          total: {
            $ref: "#/components/schemas/Money",
            readOnly: true,
          },
          ledgerNumber: {
            type: "integer",
            format: "int64",
            minimum: 1,
            readOnly: true,
            examples: [
              9007199254740993n,
            ],
          },
          createdAt: {
            type: "string",
            format: "date-time",
            readOnly: true,
          },
          heldUntil: {
            type: [
              "string",
              "null",
            ],
            format: "date-time",
            readOnly: true,
          },
        },
      },
      BookingSummary: {
        type: "object",
        required: [
          "id",
          "performanceId",
          "status",
        ],
        properties: {
          id: {
            type: "string",
            format: "uuid",
          },
          performanceId: {
            $ref: "#/components/schemas/PerformanceId",
          },
          status: {
            $ref: "#/components/schemas/BookingStatus",
          },
        },
      },
      BookingPage: {
        type: "object",
        required: [
          "items",
          "next",
        ],
        properties: {
          items: {
            type: "array",
            items: {
              $ref: "#/components/schemas/BookingSummary",
            },
          },
          next: {
            $ref: "#/components/schemas/NextCursor",
          },
        },
      },
      BookingChange: {
        type: "object",
        minProperties: 1,
        additionalProperties: false,
        properties: {
          contact: {
            $ref: "#/components/schemas/Contact",
          },
          notes: {
            type: [
              "string",
              "null",
            ],
            maxLength: 280,
          },
          labels: {
            $ref: "#/components/schemas/Labels",
          },
        },
      },
      Labels: {
        description: "The caller's own words",
        type: "object",
        maxProperties: 10,
        additionalProperties: {
          type: "string",
          maxLength: 40,
        },
      },
      PaymentMethod: {
        oneOf: [
          {
            $ref: "#/components/schemas/CardPayment",
          },
          {
            $ref: "#/components/schemas/VoucherPayment",
          },
          {
            $ref: "#/components/schemas/InvoicePayment",
          },
        ],
        discriminator: {
          propertyName: "method",
          mapping: {
            card: "#/components/schemas/CardPayment",
            voucher: "VoucherPayment",
            invoice: "#/components/schemas/InvoicePayment",
          },
        },
      },
      CardPayment: {
        type: "object",
        required: [
          "method",
          "token",
        ],
        properties: {
          method: {
            const: "card",
          },
          token: {
            type: "string",
            pattern: "^tok_[A-Za-z0-9]{8,32}$",
            examples: [
              "tok_4f9Lq2Zx",
            ],
          },
        },
      },
      VoucherPayment: {
        type: "object",
        required: [
          "method",
          "codes",
        ],
        properties: {
          method: {
            const: "voucher",
          },
          codes: {
            type: "array",
            minItems: 1,
            maxItems: 5,
            items: {
              type: "string",
              minLength: 6,
              maxLength: 12,
              examples: [
                "APPLAUSE",
              ],
            },
          },
        },
      },
      InvoicePayment: {
        type: "object",
        required: [
          "method",
          "organisation",
          "country",
        ],
        properties: {
          method: {
            const: "invoice",
          },
          organisation: {
            type: "string",
            minLength: 2,
            maxLength: 80,
            examples: [
              "Ysgol Glan Morfa",
            ],
          },
          country: {
            type: "string",
            enum: [
              "GB",
              "IE",
            ],
          },
          vatNumber: {
            type: "string",
            pattern: "^(GB|IE)[0-9A-Z]{7,9}$",
            examples: [
              "GB123456789",
            ],
          },
        },
        if: {
          properties: {
            country: {
              const: "GB",
            },
          },
          required: [
            "country",
          ],
        },
        then: {
          required: [
            "vatNumber",
          ],
        },
      },
      Problem: {
        description: "An error as RFC 9457 has it",
        type: "object",
        required: [
          "type",
          "title",
          "status",
          "detail",
        ],
        properties: {
          type: {
            type: "string",
            format: "uri-reference",
            default: "about:blank",
          },
          title: {
            type: "string",
            examples: [
              "Bad request",
            ],
          },
          status: {
            type: "integer",
            minimum: 400,
            maximum: 599,
            examples: [
              400,
            ],
          },
          detail: {
            type: "string",
            examples: [
              "One member of the request is not as it should be.",
            ],
          },
          errors: {
            description: "Each thing that was wrong, and where",
            type: "array",
            items: {
              type: "object",
              required: [
                "detail",
              ],
              properties: {
                pointer: {
                  type: "string",
                  description: "Into the body",
                  examples: [
                    "/seats/0",
                  ],
                },
                parameter: {
                  type: "string",
                  description: "The name of a parameter",
                },
                detail: {
                  type: "string",
                },
              },
            },
          },
        },
      },
    },
  },
};

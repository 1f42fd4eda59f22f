/** Faults that no failure tells, each with the reason. They are not counted among the others. */

export interface UnseenFault {
  readonly what: string;
  readonly because: string;
}

export const UNSEEN: readonly UnseenFault[] = [
  {
    what: 'The connection is closed without an answer',
    because:
      'nobody knows whether the server or the way to it broke: the case counts as unanswered, the verdict is inconclusive, the exit code 3',
  },
  {
    what: 'A picture that is no picture, though its media type says so',
    because: 'a document has no words for what is inside a file, and servers under test often send stand-ins',
  },
  {
    what: '401 without WWW-Authenticate where the document does not name it',
    because:
      'HTTP asks for it, but the document promises nothing, and many leave it out on purpose: it is a warning. Where the document names it, it is an error',
  },
  {
    what: 'HEAD is refused where GET is answered, and not documented',
    because: 'many servers answer no HEAD, and their documents promise none',
  },
  {
    what: 'One value among the many that a pattern allows is refused, such as a PIN with a leading zero',
    because: 'no rule of the document says that it is special',
  },
  {
    what: 'A property that no schema names is refused where the schema is open',
    because: 'strict servers are common, and a client that sends it asks for nothing documented',
  },
  {
    what: 'A Location without the base path',
    because: 'a server behind a gateway or proxy does not know the prefix under which it is reached',
  },
  {
    what: 'A job that was taken with 202 is not known afterwards',
    because:
      '202 promises nothing yet (RFC 9110, 15.3.3), so the steps behind it are left out and counted as asynchronous',
  },
];

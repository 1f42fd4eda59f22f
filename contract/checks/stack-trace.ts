/** Does an error show what the server is made of? */
import { type Exchange, hasNoBody } from '../exchange.ts';
import { answerSource } from './answer-source.ts';
import type { Check, Finding } from './check.ts';
import { isWhole } from './read-body.ts';

export const stackTrace: Check = {
  name: 'stack-trace',
  title: 'Errors show no stack trace',
  severity: 'error',
  appliesTo: 'answers of status 400 and above',
  description:
    'Two lines or more of a stack trace of Node.js, Java, .NET, Python, Ruby, PHP or Go tell an attacker where to look, and a client nothing. Successes are left alone, since there are APIs whose subject stack traces are.',
  specification: 'https://www.rfc-editor.org/rfc/rfc9457#section-5',
  samples: {
    passing: {
      operation: 'responses: { "400": { description: Wrong } }',
      expectation: 'refused',
      status: 400,
      headers: { 'Content-Type': 'text/plain' },
      body: 'The name is missing.',
    },
    failing: {
      operation: 'responses: { "400": { description: Wrong } }',
      expectation: 'refused',
      status: 400,
      headers: { 'Content-Type': 'text/plain' },
      body: 'TypeError: name\n    at read (/srv/pets.js:42:11)\n    at next (/srv/router.js:28:10)',
    },
  },
  check,
};

/** Line breaks may be those of a text in JSON, or tags of a page. */
const BREAK = /\r?\n|(?:\\r)?\\n|<br ?\/?>/;
const GAP = /^(?:[ \t]|\\t|&nbsp;)+/;

/** What a line of a trace looks like. Two in a row make one. */
const FRAMES: readonly RegExp[] = [
  // Node.js: at read (/srv/pets.js:42:11)
  /^at .{0,300}?:\d+:\d+\)?/,
  // Java and its kin: at com.example.Pets.read(Pets.java:7)
  /^at [\w.$<>/]{1,300}\((?:[\w$]+\.(?:java|kt|scala|groovy)(?::\d+)?|Native Method|Unknown Source)\)/,
  // .NET: at Pets.Read(String name) in C:\Pets.cs:line 7
  /^at [^(]{1,300}\([^)]{0,300}\) in .{1,300}?:line \d+/,
  // PHP: #0 /srv/pets.php(7): read()
  /^#\d+ (?:\/|[A-Z]:).{1,300}?\(\d+\): /,
  // Ruby: from /srv/pets.rb:7:in
  /^(?:from )?\/[^\s:]{1,300}\.rb:\d+:in /,
];
/** Python and Go announce theirs. */
const HEAD = /^(?:.{0,100}Traceback \(most recent call last\)|goroutine \d+ \[running\]:)/;

/** A trace stands at the beginning of an error, if anywhere. */
const LOOKED_AT = 20_000;
const LONGEST_LINE = 1000;
const LONGEST_SHOWN = 120;

function check(exchange: Exchange): readonly Finding[] {
  const { body, status } = exchange.response;
  if (status < 400 || body.length < 30 || hasNoBody(exchange) || !isWhole(exchange.response)) return [];
  const frame = firstFrame(new TextDecoder().decode(body.subarray(0, LOOKED_AT)));
  if (frame === undefined) return [];
  const shown = frame.length > LONGEST_SHOWN ? `${frame.slice(0, LONGEST_SHOWN)}…` : frame;
  return [
    {
      received: `a stack trace: ${shown}`,
      documented: 'an error that says what is wrong with the request',
      source: answerSource(exchange),
    },
  ];
}

function firstFrame(text: string): string | undefined {
  let before: RegExp | undefined;
  let first = '';
  for (const part of text.split(BREAK)) {
    const line = part.slice(0, LONGEST_LINE).replace(GAP, '');
    if (HEAD.test(line)) return line;
    const frame = FRAMES.find(pattern => pattern.test(line));
    if (frame !== undefined && frame === before) return first;
    before = frame;
    first = line;
  }
  return undefined;
}

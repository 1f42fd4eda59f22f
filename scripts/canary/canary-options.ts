/** The options of `rehearsal canary`. Those of cases and connections mean what they mean to `rehearsal test`. */
import type { Command } from 'commander';
import { defineCheckOptions } from '../check-options.ts';
import { defineSpecOptions } from '../read-specs.ts';

export function defineCanaryOptions(command: Command): void {
  defineRampOptions(command);
  defineJudgeOptions(command);
  defineCaseOptions(command);
  defineCheckOptions(command);
  defineSpecOptions(command);
}

function defineRampOptions(command: Command): void {
  command
    .option(
      '--steps <percentages>',
      'run: what the canary gets of the requests, one after another (default: 5,25,50)',
    )
    .option('--then <what>', 'run: promote after the last step, or hold (default: promote)')
    .option('--afresh', 'run: forget a run that was cut off, and take the stage as it is')
    .option('--take-over', 'also a stage that somebody else is at work on')
    .option('--no-lock', 'neither ask nor say who is at work on the stage')
    .option(
      '--on-transition <command or URL>',
      'what is told of each turn, and may stop it; give it again for more',
      collect,
    )
    .option('--json', 'status: a line of JSON for each document');
}

function defineJudgeOptions(command: Command): void {
  command
    .option('--alpha <number>', 'how often a healthy canary may be rolled back (default: 0.05)')
    .option('--margin <number>', 'how much more of its answers may fail, as a share of all (default: 0.01)')
    .option('--slowdown <number>', 'how much longer its answers may take: 0.1 is a tenth (default: 0.1)')
    .option('--no-latency', 'do not judge how long its answers take')
    .option(
      '--min-answers <number>',
      'judged answers of each operation and side before a promotion (default: 5)',
    )
    .option('--max-requests <number>', 'send no more than so many for each look (default: 50000)')
    .option('--max-minutes <number>', 'look no longer than that at each step (default: 10)')
    .option('--no-cases', 'send none, and judge by the requests of others in the access log')
    .option('--no-log', 'do not read the access log of the stage')
    .option(
      '--reporter <name=file>',
      'also tell it this way: json, html, markdown, github; the file - is standard output, and {percent} in its name the step',
      collect,
    );
}

function defineCaseOptions(command: Command): void {
  command
    .option(
      '--spec <document...>',
      'the documents whose stages are meant (default: all of the configuration)',
    )
    .option(
      '-H, --header <line>',
      "a header for every request, as 'Name: value'; give it again for more",
      collect,
    )
    .option(
      '--operation <name>',
      "only this operation, as 'GET /pets' or by operationId; give it again for more",
      collect,
    )
    .option('--tag <name>', 'only operations with this tag; give it again for more', collect)
    .option('--exclude <name>', 'leave out this operation, tag or check; give it again for more', collect)
    .option(
      '--stage-kind <kind>',
      'what answers: server, apigateway or apigateway-mock (default: as the stage is configured)',
    )
    .option('--depth <depth>', 'which cases: examples, standard or deep (default: standard)')
    .option('--no-sequences', 'send no sequences of requests that build on each other')
    .option('--safe', 'send only GET, HEAD and OPTIONS')
    .option('--allow-writes', 'send everything to a stage marked as production too')
    .option('--seed <number>', 'vary the sampled values and the order of cases (default: 0)')
    .option('--max-cases <number>', 'at most so many cases for each operation')
    .option('--baseline <file>', 'accept the breaks listed in this file, each until its day')
    .option('--concurrency <number>', 'requests under way at once (default: 16)')
    .option('--timeout <seconds>', 'wait no longer for an answer (default: 30)')
    .option('--rate <number>', 'send at most so many requests a second')
    .option('--ca <file>', 'trust also the certificates in this file, PEM')
    .option('--cert <file>', "the client's own certificate, PEM")
    .option('--key <file>', 'its key, PEM; REHEARSAL_KEY_PASSPHRASE unlocks it')
    .option('--insecure', 'take any certificate of the server; not on stages of production');
}

function collect(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), value];
}

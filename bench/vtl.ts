/**
 * How fast are mapping templates rendered, beside velocityjs? Each template is read once on each side, then rendered
 * over and over, in turns; only templates that both render alike are asked, and that they do is checked. Both join
 * their pieces with `+=`; what it costs to send the text is the same for both and left out.
 *
 *   npm run bench -- vtl path/to/node_modules/velocityjs
 */
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { compileTemplate } from '../gateway/vtl/template.ts';
import { toValue } from '../gateway/vtl/values.ts';
import { median, table } from './report.ts';

const READINGS = 7;
/** Renders between two looks at the clock, and the time that one reading takes. */
const BATCH = 200;
const MILLISECONDS = 250;

const [rival] = process.argv.slice(2);
if (rival === undefined) {
  process.stderr.write('npm run bench -- vtl PATH, where PATH is the folder of velocityjs\n');
  process.exit(2);
}

interface Rival {
  readonly parse: (text: string) => unknown;
  readonly Compile: new (tree: unknown) => { readonly render: (data: object) => string };
}

const { parse, Compile } = createRequire(import.meta.url)(resolve(rival)) as Rival;

const DATA = {
  pet: { id: 7, name: 'Rex', owner: { name: 'Ann', city: 'Oslo' }, tags: ['small', 'brown', 'loud'] },
  orders: Array.from({ length: 20 }, (_, index) => ({ id: index, item: `item ${index}`, count: index % 5 })),
  status: 'sold',
  stage: 'prod',
  open: true,
};

/** What mapping templates do, from a body that is filled in to lists in lists. */
const TEMPLATES: Readonly<Record<string, string>> = {
  'a body filled in':
    '{\n  "id": "$pet.id",\n  "name": "$pet.name",\n  "owner": { "name": "$pet.owner.name", "city": "$pet.owner.city" },\n  "status": "$status",\n  "stage": "$stage"\n}',
  'a status chosen':
    '#if($status == "sold" && $open)\n{ "statusCode": 200 }\n#elseif($status == "gone")\n{ "statusCode": 410 }\n#else\n{ "statusCode": 500 }\n#end',
  'values set':
    '#set($count = 1)#set($more = $count + 2)#set($name = "$pet.name, $pet.owner.city")\n{ "count": $more, "name": "$name" }',
  'a list':
    '[#foreach($order in $orders)\n  { "id": $order.id, "item": "$order.item", "count": $order.count }#if($foreach.hasNext),#end\n#end]',
  'a list chosen from':
    '[#foreach($order in $orders)#if($order.count > 2)\n  { "id": $order.id }#if($foreach.hasNext),#end#end\n#end]',
  'lists in lists':
    '#foreach($order in $orders)#foreach($tag in $pet.tags)${order.item}: $tag#if($foreach.hasNext), #end#end;\n#end',
  'a macro':
    '#macro(field $key $value)"$key": "$value"#end\n{ #field("id" $pet.id), #field("name" $pet.name), #field("city" $pet.owner.city) }',
};

/** Renders per CPU second. */
function rate(render: () => string): number {
  let count = 0;
  let length = 0;
  const before = process.cpuUsage();
  const start = performance.now();
  do {
    for (let index = 0; index < BATCH; index += 1) length += render().length;
    count += BATCH;
  } while (performance.now() - start < MILLISECONDS);
  const { user, system } = process.cpuUsage(before);
  if (length === 0) throw new Error('nothing was rendered');
  return count / ((user + system) / 1e6);
}

const variables = new Map(Object.entries(DATA).map(([name, data]) => [name, toValue(data)]));
const rows: string[][] = [];
const ratios: number[] = [];
for (const [name, text] of Object.entries(TEMPLATES)) {
  const template = compileTemplate(text);
  const tree = parse(text);
  const ours = (): string => template.render(variables);
  const theirs = (): string => new Compile(tree).render(DATA);
  if (ours() !== theirs()) throw new Error(`${name}:\n${ours()}\nand\n${theirs()}`);
  rate(ours);
  rate(theirs);
  const readings = Array.from({ length: READINGS }, () => [rate(ours), rate(theirs)] as const);
  const [our, their] = [median(readings.map(([one]) => one)), median(readings.map(([, one]) => one))];
  ratios.push(our / their);
  rows.push([
    name,
    Math.round(our).toLocaleString('en'),
    Math.round(their).toLocaleString('en'),
    (our / their).toFixed(1),
  ]);
}
const mean = Math.exp(ratios.reduce((sum, ratio) => sum + Math.log(ratio), 0) / ratios.length);
rows.push(['geometric mean', '', '', mean.toFixed(1)]);
process.stdout.write(
  table(['template', 'ours, renders per CPU second', 'velocityjs', 'ratio (target 10)'], rows),
);

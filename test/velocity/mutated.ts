/** Written templates with characters taken away, doubled and put in: what people send when they mistype. */
import { type Draw, drawing, pick } from './draw.ts';
import { writtenTemplates } from './templates.ts';

const SIGNS = [
  ...'$#{}()[]"\'\\!., \n-=1x:@_|&<',
  '#end',
  '$s',
  '$none',
  '##',
  '*#',
  '#*',
  '${',
  '#{',
  '..',
  '#if($s)',
  '"$s"',
];

/** Longer ones break too soon to be of interest, and these would ask for files or for all memory. */
const isFit = (template: string): boolean =>
  template.length < 150 && template.isWellFormed() && !/parse|include|\$long/.test(template);

/** `count` templates of a seed. */
export function mutatedTemplates(seed: number, count: number): readonly string[] {
  const draw = drawing(seed);
  const templates = writtenTemplates()
    .map(({ template }) => template)
    .filter(isFit);
  return Array.from({ length: count }, () => {
    let template = pick(draw, templates);
    for (let times = 1 + draw(3); times > 0; times -= 1) template = mutated(draw, template);
    return isFit(template) ? template : '';
  });
}

function mutated(draw: Draw, template: string): string {
  const at = draw(template.length + 1);
  switch (draw(3)) {
    case 0:
      return template.slice(0, at) + template.slice(at + 1);
    case 1:
      return template.slice(0, at) + pick(draw, SIGNS) + template.slice(at);
    default:
      return template.slice(0, at) + template.slice(at, at + 1) + template.slice(at);
  }
}

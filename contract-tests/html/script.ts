/** What moves in the report: filters and copy buttons. Without it everything can still be read. */

export const SCRIPT = `
'use strict';
const all = selector => [...document.querySelectorAll(selector)];
const search = document.getElementById('search');
const check = document.getElementById('check');
const severity = document.getElementById('severity');
const count = document.getElementById('count');
const failures = all('.failure').map(element => ({
    element,
    head: element.closest('.card').querySelector('h3').textContent.toLowerCase(),
    // What is folded is read when somebody looks for words for the first time.
    get text() {
      const text = element.textContent.toLowerCase();
      Object.defineProperty(this, 'text', { value: text });
      return text;
    },
  }));
function filter() {
  const words = search.value.toLowerCase().split(/\\s+/).filter(Boolean);
  let shown = 0;
  for (const failure of failures) {
    const { element, head } = failure;
    const fits =
      (check.value === '' || element.dataset.check === check.value) &&
      (severity.value === '' || element.dataset.severity === severity.value) &&
      words.every(word => head.includes(word) || failure.text.includes(word));
    element.hidden = !fits;
    if (fits) shown += 1;
  }
  for (const card of all('.card.operation')) card.hidden = card.querySelector('.failure:not([hidden])') === null;
  count.textContent = shown === failures.length ? '' : shown + ' of ' + failures.length + ' shown';
}
if (search !== null) {
  document.querySelector('.filters').hidden = false;
  for (const control of [search, check, severity]) control.addEventListener('input', filter);
  filter();
}
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement('textarea');
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand('copy');
    area.remove();
    return done;
  }
}
for (const button of all('button.copy')) {
  button.hidden = false;
  const label = button.textContent;
  button.addEventListener('click', async () => {
    button.textContent = (await copy(button.parentElement.querySelector('pre').textContent)) ? 'Copied' : 'Not copied';
    setTimeout(() => { button.textContent = label; }, 1500);
  });
}
`;

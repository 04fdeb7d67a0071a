// Title, table, legend and foot for the versions that are shown.

const LEAST_ROW_KM2 = 0.05;

class PastWords {
  constructor(past, panel, map) {
    Object.assign(this, { past, panel, map });
    this.standing = panel.querySelector('table') || panel.querySelector('.notice');
    this.foot = document.querySelector('.foot p');
    this.credits = this.foot.textContent;
  }

  show() {
    const { past } = this;
    const said = past.say();
    document.title = said.title;
    document.querySelector('.head h1').textContent = said.title;
    document.querySelector('.head p').textContent = said.subtitle;
    this.foot.textContent = this.credits.replace(past.first.version, () => past.data.words.version);
    const entry = this.panel.querySelector('li[data-layers="gained"] span:not(.swatch)');
    if (entry) entry.textContent = `Newly held since ${said.since}`;
    this.legend();
    this.table(said);
  }

  legend() {
    const { shapes } = this.past.data;
    for (const item of this.panel.querySelectorAll('li[data-layers]')) {
      const names = item.dataset.layers.split(' ');
      const moves = names.some((name) => this.past.block.layers.includes(name));
      if (moves) item.hidden = !names.some((name) => shapes[name]);
    }
  }

  table({ rows, total, since, day }) {
    const { units } = this.past.block;
    const seen = rows.filter(({ gained, lost }) => gained + lost >= LEAST_ROW_KM2);
    const shown = seen.length ? changeTable(seen, total, units, `${since} to ${day}`) : noChange();
    this.standing.replaceWith(shown);
    this.standing = shown;
    rowButtons(this.panel, this.map, Object.fromEntries(seen.map(({ unit }) => [unit, units[unit][1]])));
  }
}

function noChange() {
  return make('p', 'notice', { textContent: 'No ground changed hands between the versions shown.' });
}

function changeTable(rows, total, units, caption) {
  const table = make('table');
  table.createCaption().textContent = caption;
  const head = table.createTHead().insertRow();
  for (const text of ['km²', 'newly held', 'no longer held']) {
    head.append(make('th', '', { scope: 'col', textContent: text }));
  }
  const body = table.createTBody();
  for (const row of rows) tableRow(body, units[row.unit][0], row).dataset.unit = row.unit;
  tableRow(table.createTFoot(), 'All', total);
  return table;
}

function tableRow(part, name, { gained, lost }) {
  const row = part.insertRow();
  row.append(
    make('th', '', { scope: 'row', textContent: name }),
    make('td', 'gained', { textContent: saySigned(gained) }),
    make('td', 'lost', { textContent: saySigned(-lost) }),
  );
  return row;
}

// The legend with a line for all that any version may bring; those that the first has not are hidden.
function wholeLegend(list, { legend }) {
  let before = null;
  for (const [swatch, words, layers] of [...legend].reverse()) {
    const known = list.querySelector(`.swatch-${swatch}`);
    const item = known ? known.closest('li') : make('li', '', { hidden: true });
    if (!known) {
      item.append(make('span', `swatch swatch-${swatch}`), make('span', '', { textContent: words }));
      list.insertBefore(item, before || list.querySelector('.absent'));
    }
    item.dataset.layers = layers.join(' ');
    before = item;
  }
  const note = list.querySelector('.absent');
  if (note) note.hidden = legend.some(([swatch]) => swatch === 'contested');
}

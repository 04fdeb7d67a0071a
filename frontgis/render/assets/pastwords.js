// Title, table, legend and foot for the versions that are shown.

const LEAST_ROW_KM2 = 0.05;

class PastWords {
  constructor(past, panel, map) {
    Object.assign(this, { past, panel, map });
    this.standing = panel.querySelector(':scope > table') || panel.querySelector(':scope > .notice');
    this.foot = document.querySelector('.foot p');
    this.credits = this.foot.textContent;
  }

  show() {
    const { past } = this;
    const said = past.say();
    document.title = said.title;
    document.querySelector('.head h1').textContent = unbroken(said.title);
    document.querySelector('.head p').textContent = said.subtitle;
    this.foot.textContent = this.credits.replace(past.first.version, () => past.data.words.version);
    const entry = this.panel.querySelector('li[data-layers="gained"] span:not(.swatch)');
    if (entry) entry.textContent = `Newly held since ${said.since}`;
    this.legend();
    this.table(said);
    storyTables(this.panel, past.data);
  }

  legend() {
    const { shapes } = this.past.data;
    const asked = this.panel.querySelectorAll('.swatch-place + span');
    this.past.standing().forEach(({ name, said }, place) => {
      if (asked[place]) asked[place].textContent = `${name}: ${sayInside(said)}`;
    });
    for (const item of this.panel.querySelectorAll('li[data-layers]')) {
      const names = item.dataset.layers.split(' ');
      const moves = names.some((name) => this.past.block.layers.includes(name));
      if (moves) item.hidden = !names.some((name) => shapes[name]);
    }
  }

  table({ rows, total, across, since, day }) {
    const { units, place, incursion } = this.past.block;
    const seen = rows.filter(({ gained, lost }) => gained + lost >= LEAST_ROW_KM2);
    const moved = [across.gained, across.lost].some((km2) => sayKm2(km2) !== '0');
    const feet = [...(seen.length ? [['All', total]] : []), ...(moved ? [[incursion, across, 'incursion']] : [])];
    const caption = `${since} to ${day}${place ? `, ${place}` : ''}`;
    const shown = feet.length ? changeTable(seen, feet, units, caption) : noChange(place);
    this.standing.replaceWith(shown);
    this.standing = shown;
    rowButtons(this.panel, this.map, Object.fromEntries(seen.map(({ unit }) => [unit, units[unit][1]])));
  }
}

function noChange(place) {
  const where = place ? ` in ${place}` : '';
  return make('p', 'notice', { textContent: `No ground changed hands between the versions shown${where}.` });
}

function changeTable(rows, feet, units, caption) {
  const table = make('table');
  table.createCaption().textContent = caption;
  const head = table.createTHead().insertRow();
  for (const text of ['km²', 'newly held', 'no longer held']) {
    head.append(make('th', '', { scope: 'col', textContent: text }));
  }
  const body = table.createTBody();
  for (const row of rows) tableRow(body, units[row.unit][0], row).dataset.unit = row.unit;
  const foot = table.createTFoot();
  for (const [name, sums, kind] of feet) tableRow(foot, name, sums, kind);
  return table;
}

function tableRow(part, name, { gained, lost }, kind = '') {
  const row = part.insertRow();
  row.className = kind;
  row.append(
    make('th', '', { scope: 'row', textContent: name }),
    make('td', kind ? '' : 'gained', { textContent: saySigned(gained) }),
    make('td', kind ? '' : 'lost', { textContent: saySigned(-lost) }),
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

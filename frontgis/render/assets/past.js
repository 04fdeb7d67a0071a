// Joins map, axis, table and words: whatever versions A and B are chosen, all of them say the same.

class Past {
  constructor(data, panel) {
    this.data = data;
    this.block = data.history;
    this.timeline = data.timeline;
    this.network = new Network(this.timeline, data.origin);
    this.first = { a: this.block.a, b: this.block.b, shapes: data.shapes };
    this.panel = panel;
    this.a = this.block.a;
    this.b = this.block.b;
  }

  // The data's shapes become those of version `b` and the change since `a`.
  set(a, b) {
    [this.a, this.b] = [a, b];
    const known = a === this.first.a && b === this.first.b;
    const moving = known ? this.first.shapes : shapesOf(this.network, this.block, a, b);
    const shapes = { ...this.first.shapes };
    for (const name of this.block.layers) delete shapes[name];
    for (const name of this.block.layers) if (moving[name]) shapes[name] = moving[name];
    this.data.shapes = shapes;
  }

  get atFirst() {
    return this.a === this.first.a && this.b === this.first.b;
  }

  say() {
    const { timeline, block } = this;
    const rows = timeline.change(this.a, this.b, block.mine);
    const total = { gained: 0, lost: 0 };
    for (const row of rows) for (const way of ['gained', 'lost']) total[way] += row[way];
    const [before, after] = [timeline.days[this.a], timeline.days[this.b]];
    const words = {
      day: sayDay(after),
      before: sayDay(before),
      gained: saySigned(total.gained),
      lost: saySigned(-total.lost),
      net: saySigned(total.gained - total.lost),
      span: sayDays(after - before),
    };
    return { rows, total, title: fillIn(block.title, words), subtitle: this.subtitle(before, after) };
  }

  subtitle(before, after) {
    const drawn = `Control as ${this.block.drawnBy} draws it on ${sayDay(after)}`;
    if (this.a === this.b) return `${drawn}; one version, so no change is shown`;
    return `${drawn}, compared directly with ${sayDay(before, !sameYear(before, after))}`;
  }
}

function showWords(past, map) {
  const said = past.say();
  document.title = said.title;
  document.querySelector('.head h1').textContent = said.title;
  document.querySelector('.head p').textContent = said.subtitle;
  showTable(past, said, map);
}

function showTable(past, { rows, total }, map) {
  const { timeline, block, panel } = past;
  const seen = rows.filter(({ gained, lost }) => gained + lost >= 0.05);
  const [before, after] = [timeline.days[past.a], timeline.days[past.b]];
  const table = make('table');
  line(table, 'caption', `${sayDay(before, !sameYear(before, after))} to ${sayDay(after)}`);
  const head = table.createTHead().insertRow();
  for (const text of ['km²', 'newly held', 'no longer held']) {
    head.append(make('th', '', { scope: 'col', textContent: text }));
  }
  const body = table.createTBody();
  for (const row of seen) tableRow(body, block.units[row.unit][0], row).dataset.unit = row.unit;
  tableRow(table.createTFoot(), 'All', total);
  const empty = make('p', 'notice', { textContent: 'No ground changed hands between the versions shown.' });
  past.standing.replaceWith((past.standing = seen.length ? table : empty));
  rowButtons(panel, map, Object.fromEntries(seen.map(({ unit }) => [unit, block.units[unit][1]])));
}

function tableRow(part, name, { gained, lost }) {
  const row = part.insertRow();
  row.append(make('th', '', { scope: 'row', textContent: name }));
  row.append(make('td', 'gained', { textContent: saySigned(gained) }));
  row.append(make('td', 'lost', { textContent: saySigned(-lost) }));
  return row;
}

function startPast(map, painter, layer, panel) {
  const section = document.getElementById('frontgis-time');
  const { data } = painter;
  if (!section || !panel || !data.timeline) return;
  const past = new Past(data, panel);
  past.standing = panel.querySelector('table') || panel.querySelector('.notice');
  const axis = new Axis(section, data.timeline, data.timeline.steps(data.history.mine), (a, b) => {
    past.set(a, b);
    axis.show(a, b);
    layer.step();
    showWords(past, map);
  });
  axis.show(past.a, past.b);
  window.frontgis.past = { past, axis, painter };
}

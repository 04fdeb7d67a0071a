// What was reported at places: small open symbols over the map, each with what it rests on.
// A mark is [lon, lat, reports]; a report is [what, when, evidence, rest, first day, last day or null].

const REACH = 11;

function outline(symbol, x, y, radius) {
  const path = new Path2D();
  if (symbol === 'ring') {
    path.arc(x, y, radius + 1, 0, 2 * Math.PI);
    return path;
  }
  const [corners, first] = symbol === 'triangle' ? [3, -Math.PI / 2] : [4, -Math.PI / 4];
  for (let i = 0; i < corners; i++) {
    const angle = first + (2 * Math.PI * i) / corners;
    path.lineTo(x + radius * Math.cos(angle), y + radius * Math.sin(angle));
  }
  path.closePath();
  return path;
}

// The first and the last day that a story speaks of on the day of the version that is shown.
function storySpan(data, story) {
  const day = data.timeline && data.version !== undefined ? data.timeline.days[data.version] : story.day;
  const last = Math.min(day, story.until);
  return [last - story.back, last];
}

function marksOn(data, story) {
  const [first, last] = storySpan(data, story);
  const speaks = ([, , , , begun, over]) => begun <= last && (over === null || first <= over);
  return story.marks
    .map(([lon, lat, told]) => [lon, lat, told.filter(speaks)])
    .filter(([, , told]) => told.length);
}

function shownStories(painter) {
  return Object.entries(painter.data.stories)
    .filter(([name]) => !painter.hidden.has(name))
    .map(([, story]) => ({ symbol: story.symbol, marks: marksOn(painter.data, story) }));
}

function paintStories(context, view, painter) {
  const { origin } = painter.data;
  const radius = view.zoom < 7 ? 3.5 : 5.5;
  context.save();
  context.setTransform(view.ratio, 0, 0, view.ratio, 0, 0);
  for (const { symbol, marks } of shownStories(painter)) {
    for (const [lon, lat] of marks) {
      const [x, y] = mercator(lon, lat);
      const path = outline(symbol, ...labelPoint({ x: x - origin[0], y: y - origin[1] }, view), radius);
      for (const [colour, width] of [[painter.theme.casing, 4], [painter.theme.ink, 1.6]]) {
        context.strokeStyle = colour;
        context.lineWidth = width;
        context.stroke(path);
      }
    }
  }
  context.restore();
}

function marksAt(map, painter, latlng) {
  const at = map.latLngToContainerPoint(latlng);
  return shownStories(painter)
    .flatMap(({ marks }) => marks)
    .filter(([lon, lat]) => map.latLngToContainerPoint([lat, lon]).distanceTo(at) <= REACH);
}

function tellMark(parent, [, , told], most = told.length) {
  for (const [what, when, evidence, rest] of told.slice(0, most)) {
    const entry = make('div', 'told');
    line(entry, 'strong', what);
    line(entry, 'span', `${when}, evidence ${evidence}`);
    line(entry, 'small', rest);
    parent.append(entry);
  }
  if (told.length > most) line(parent, 'small', `and ${told.length - most} more`);
}

// A pointer over a symbol brings up what it says; a click says it with the ground.
function markTips(map, painter) {
  const tip = L.tooltip({ direction: 'top', offset: [0, -8], className: 'frontgis-told' });
  map.on('mousemove', ({ latlng }) => {
    const [mark] = marksAt(map, painter, latlng);
    if (!mark || !window.matchMedia('(hover: hover)').matches) {
      tip.remove();
      return;
    }
    const at = L.latLng(mark[1], mark[0]);
    if (map.hasLayer(tip) && at.equals(tip.getLatLng())) return;
    const content = make('div', 'ground');
    tellMark(content, mark, 2);
    tip.setLatLng(at).setContent(content).addTo(map);
  });
  map.on('mouseout movestart', () => tip.remove());
}

// The tables beside the map, for the version that is shown.
function storyTables(panel, data) {
  for (const box of panel.querySelectorAll('.story')) {
    const story = data.stories[box.dataset.story];
    const [first, last] = storySpan(data, story);
    const told = marksOn(data, story).flatMap(([, , reports]) => reports);
    box.hidden = !told.length;
    panel.querySelector(`li[data-layers="${box.dataset.story}"]`).hidden = !told.length;
    const title = fillIn(story.title, { first: sayDay(first, !sameYear(first, last)), last: sayDay(last) });
    box.setAttribute('aria-label', title);
    box.querySelector('caption').textContent = title;
    box.querySelector('tbody').replaceChildren(...told.flatMap(storyRows));
  }
}

function storyRows([what, when, evidence, rest]) {
  const [head, more] = [make('tr'), make('tr', 'rest')];
  head.append(
    make('th', '', { scope: 'row', textContent: what }),
    make('td', '', { textContent: `${when}, ${evidence}` }),
  );
  more.append(make('td', '', { colSpan: 2, textContent: rest }));
  return [head, more];
}

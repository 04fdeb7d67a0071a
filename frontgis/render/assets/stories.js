// What was reported at places: small open symbols over the map, each with what it rests on.

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

function shownStories(painter) {
  return Object.entries(painter.data.stories)
    .filter(([name]) => !painter.hidden.has(name))
    .map(([, story]) => story);
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
  for (const [what, when, rest] of told.slice(0, most)) {
    const entry = document.createElement('div');
    entry.className = 'told';
    line(entry, 'strong', what);
    line(entry, 'span', when);
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
    if (tip.mark === mark && map.hasLayer(tip)) return;
    const content = document.createElement('div');
    content.className = 'ground';
    tellMark(content, mark, 2);
    tip.mark = mark;
    tip.setLatLng([mark[1], mark[0]]).setContent(content).addTo(map);
  });
  map.on('mouseout movestart', () => tip.remove());
}

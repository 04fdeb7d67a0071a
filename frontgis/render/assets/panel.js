// Everything round the map: layer switches, the table's rows, what a click on the ground says, the address.

const REACH = 9;

function legendSwitches(list, painter, redraw) {
  for (const item of list.querySelectorAll('li[data-layers]')) {
    const label = document.createElement('label');
    const box = document.createElement('input');
    box.type = 'checkbox';
    box.checked = true;
    label.append(box, ...item.childNodes);
    item.append(label);
    box.addEventListener('change', () => {
      for (const name of item.dataset.layers.split(' ')) painter.hidden[box.checked ? 'delete' : 'add'](name);
      redraw();
    });
  }
}

// A row's name becomes a button that takes the map to its unit.
function rowButtons(panel, map, units) {
  for (const row of panel.querySelectorAll('tr[data-unit]')) {
    const box = units[row.dataset.unit];
    if (!box) continue;
    const head = row.querySelector('th');
    const button = document.createElement('button');
    button.type = 'button';
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener('click', () => {
      map.fitBounds([[box[1], box[0]], [box[3], box[2]]], { maxZoom: 10, animate: !stillness() });
    });
  }
}

function stillness() {
  return window.matchMedia('(prefers-reduced-motion: reduce)').matches;
}

function statusAt(painter, lat, lon) {
  const { data, context } = painter;
  const [x, y] = mercator(lon, lat);
  const inside = (name) => {
    const shape = data.shapes[name];
    return shape && context.isPointInPath(shape.path(12), x - data.origin[0], y - data.origin[1], 'evenodd');
  };
  context.save();
  context.setTransform(1, 0, 0, 1, 0, 0);
  const change = ['gained', 'lost'].find(inside);
  const status = Object.keys(data.statuses).find(inside);
  const dry = !inside('sea') && !inside('water');
  context.restore();
  return { change, status, dry };
}

function line(parent, tag, text) {
  const element = document.createElement(tag);
  element.textContent = text;
  parent.append(element);
}

// The place whose mark was hit, give or take a finger.
function placeAt(map, labels, latlng) {
  const [x, y] = mercator(latlng.lng, latlng.lat);
  const reach = REACH / 2 ** map.getZoom();
  const away = (label) => Math.hypot(label.x - x, label.y - y);
  const near = shownLabels(labels, map.getZoom()).filter((label) => label.dot && away(label) < reach);
  return near.sort((one, other) => away(one) - away(other))[0];
}

function groundPopup(map, painter) {
  const { words, statuses, labels, origin } = painter.data;
  const marks = labels.map((label) => ({ ...label, x: label.x + origin[0], y: label.y + origin[1] }));
  map.on('click', ({ latlng }) => {
    const { change, status, dry } = statusAt(painter, latlng.lat, latlng.lng);
    const place = placeAt(map, marks, latlng);
    if (!status && !dry && !place) return;
    const content = document.createElement('div');
    content.className = 'ground';
    const ground = status ? statuses[status] : words.unmapped;
    line(content, 'strong', place ? place.text : ground);
    if (place) line(content, 'p', place.standing);
    if (change) line(content, 'p', words[change]);
    line(content, 'p', words.version);
    line(content, 'p', `${latlng.lat.toFixed(3)}° N, ${latlng.lng.toFixed(3)}° E`);
    L.popup({ maxWidth: 240, closeButton: true }).setLatLng(latlng).setContent(content).openOn(map);
  });
}

// The view in the address, so that a link shows what its sender saw.
function addressView(map) {
  const match = /(?:^|[#&])map=([\d.]+)\/(-?[\d.]+)\/(-?[\d.]+)/.exec(window.location.hash);
  if (match) map.setView([Number(match[2]), Number(match[3])], Number(match[1]), { animate: false });
  map.on('moveend', () => {
    const { lat, lng } = map.getCenter();
    const view = `#map=${Number(map.getZoom().toFixed(2))}/${lat.toFixed(4)}/${lng.toFixed(4)}`;
    window.history.replaceState(null, '', view);
  });
  return Boolean(match);
}

// Where no page stands round the map (in a notebook), the map itself says what it shows and whose it is.
function creditNote(map, words) {
  const note = L.control({ position: 'bottomright' });
  note.onAdd = () => {
    const element = L.DomUtil.create('p', 'frontgis-credit');
    element.textContent = words.credit;
    return element;
  };
  note.addTo(map);
}

// Closer than the source draws, the map says so.
function finerNote(map, words) {
  const note = L.control({ position: 'topright' });
  note.onAdd = () => {
    const element = L.DomUtil.create('p', 'frontgis-finer');
    element.textContent = words.finer;
    return element;
  };
  const show = () => (map.getZoom() >= 11 ? note.addTo(map) : note.remove());
  map.on('zoomend', show);
  show();
}

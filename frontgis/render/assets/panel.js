// Everything round the map: layer switches, the table's rows, what a click on the ground says, the address.

function legendSwitches(list, painter, redraw) {
  for (const item of list.querySelectorAll('li[data-layers]')) {
    const label = document.createElement('label');
    const box = document.createElement('input');
    box.type = 'checkbox';
    box.checked = !item.dataset.layers.split(' ').some((name) => painter.hidden.has(name));
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
function placeAt(map, labels, origin, latlng) {
  const at = map.latLngToContainerPoint(latlng);
  const near = shownLabels(labels, map.getZoom())
    .filter(({ dot }) => dot)
    .map((label) => {
      const [lon, lat] = unmercator(label.x + origin[0], label.y + origin[1]);
      return { ...label, lon, lat, away: map.latLngToContainerPoint([lat, lon]).distanceTo(at) };
    })
    .filter(({ away }) => away <= REACH);
  return near.sort((one, other) => one.away - other.away)[0];
}

// Whose a place is, and by what evidence where that is graded.
function standingOf(data, words, grades) {
  const grade = data.grades[grades][data.version || 0];
  return grade ? `${words}, ${data.evidence[grade] || grade}` : words;
}

function groundPopup(map, painter) {
  map.on('click', ({ latlng }) => {
    const { data } = painter;
    const { words, statuses } = data;
    const place = placeAt(map, data.labels, data.origin, latlng);
    const { lat, lng } = place ? { lat: place.lat, lng: place.lon } : latlng;
    const { change, status, dry } = statusAt(painter, lat, lng);
    const marks = marksAt(map, painter, latlng);
    if (!status && !dry && !marks.length && !place) return;
    const content = document.createElement('div');
    content.className = 'ground';
    for (const mark of marks) tellMark(content, mark);
    const ground = status ? statuses[status] : words.unmapped;
    line(content, 'strong', place ? place.text : ground);
    if (place) line(content, 'p', standingOf(data, ground, place.grades));
    if (change) line(content, 'p', words[change]);
    for (const text of painter.told ? painter.told(lng, lat) : []) line(content, 'p', text);
    line(content, 'p', words.version);
    if (!place) line(content, 'p', `${latlng.lat.toFixed(3)}° N, ${latlng.lng.toFixed(3)}° E`);
    L.popup({ maxWidth: 250, maxHeight: 300, closeButton: true }).setLatLng(latlng).setContent(content).openOn(map);
  });
}

// What the address says after its mark, key by key, so that a link shows what its sender saw.
function address() {
  return new Map(window.location.hash.slice(1).split('&').map((part) => part.split('=')).filter(([, value]) => value));
}

function writeAddress(changes) {
  const parts = address();
  for (const [key, value] of Object.entries(changes)) parts.set(key, value);
  window.history.replaceState(null, '', `#${[...parts].map((part) => part.join('=')).join('&')}`);
}

function addressView(map) {
  const match = /^([\d.]+)\/(-?[\d.]+)\/(-?[\d.]+)$/.exec(address().get('map') || '');
  if (match) map.setView([Number(match[2]), Number(match[3])], Number(match[1]), { animate: false });
  map.on('moveend', () => {
    const { lat, lng } = map.getCenter();
    writeAddress({ map: `${Number(map.getZoom().toFixed(2))}/${lat.toFixed(4)}/${lng.toFixed(4)}` });
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
